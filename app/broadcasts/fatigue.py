"""Whether a new update still alerts a person aloud. After an acknowledgement only what concerns that person. Pure.

The phone decides by the same rule (static/js/lib/fatigue.js); tests/contracts/fatigue.json keeps the two together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

TURNS = ("restored", "all_clear", "closed")


def alert_reason(
    broadcast: Mapping[str, Any], *, acked: Collection[Mapping[str, Any]], person: str, units: Collection[str],
    roles: Collection[str],
) -> str | None:  # fmt: skip
    """Why this update alerts the person (a `broadcast` row's body), or None when it only shows.

    `acked` are the bodies of the incident's updates that the person has acknowledged; `units` and `roles` are theirs.
    """
    if broadcast["nothing_new"]:
        return None
    if not acked:
        return "first"
    if broadcast["relation"] in ("corrects", "cancels") and broadcast["refers_to"] in {one["no"] for one in acked}:
        return "takes_back"
    if (broadcast["level"] or 0) > max(one["level"] or 0 for one in acked):
        return "raised"
    if broadcast["stage"] in TURNS and broadcast["stage"] not in {one["stage"] for one in acked}:
        return "turn"
    return "named" if _names(broadcast["audience"], person, units, roles) else None


def _names(audience: Mapping[str, Any], person: str, units: Collection[str], roles: Collection[str]) -> bool:
    named_units, named_roles = audience["units"], audience["roles"]
    if person in (audience["people"] or ()):
        return True
    if named_units is None and named_roles is None:
        return False
    in_units = named_units is None or not set(units).isdisjoint(named_units)
    return in_units and (named_roles is None or not set(roles).isdisjoint(named_roles))
