"""The signed status of a site: what a phone must know, small enough for a QR code, with the time until it counts. Pure.

Everybody with a role may read it, whichever their unit: only updates to all are in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.base.instants import to_wire

PURPOSE = "status"
CLOCKS = ("T0", "TD", "TR", "TA")
INCIDENTS_AT_MOST = 4


def status_text(
    site: Mapping[str, Any],
    incidents: Sequence[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]],
    *,
    epoch: str,
    at: datetime,
    until: datetime,
) -> str:
    """The text that is signed: JSON without spaces (docs/protocol.md, section 9).

    `incidents` are those in force with their updates, newest first; real ones come before exercises.
    """
    in_order = sorted(incidents, key=lambda one: one[0]["kind"] != "real")
    body = {
        "v": 1,
        "site": site["id"],
        "name": site["name"],
        "epoch": epoch,
        "at": to_wire(at),
        "until": to_wire(until),
        "incidents": [incident_part(*one) for one in in_order[:INCIDENTS_AT_MOST]],
        "more": max(0, len(in_order) - INCIDENTS_AT_MOST),
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def incident_part(incident: Mapping[str, Any], updates: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One incident; what the newest update says takes the place of what the plan says."""
    current = [one for one in updates if one["state"] == "current" and one["units"] is None and one["roles"] is None]
    newest = current[0] if current else None
    works = next((lines for one in current if (lines := lines_of(one["works"]))), lines_of(incident["works"]))
    says_what_to_do = newest is not None and bool(lines_of(newest["do_now"]))
    return {
        **{name: incident[name] for name in ("id", "no", "title", "kind", "state", "level", "services")},
        "clocks": {name: to_wire(incident[name.lower()]) for name in CLOCKS if incident[name.lower()] is not None},
        "do_now": "" if says_what_to_do else incident["do_now"],
        "works": works,
        "update": None if newest is None else _update(newest),
    }


def _update(update: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "no": update["no"],
        "headline": update["headline"],
        "do_now": lines_of(update["do_now"]),
        "at": to_wire(update["at"]),
        "next_update_at": to_wire(update["next_update_at"]),
    }


def lines_of(value: Any) -> list[str]:
    """Text or list, as lines that say something."""
    lines = value if isinstance(value, list) else str(value or "").split("\n")
    return [line.strip() for line in lines if line.strip()]
