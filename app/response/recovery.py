"""Recovery as ordered work: when a unit is confirmed, how much is audited, who signs, who stands down. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.response.voices import VOICES

COMMANDER = "incident-commander"
RECOVERING_STATES = ("restored", "all_clear")


def is_confirmed(checks: Mapping[str, Mapping[str, Any]], wanted: Collection[str]) -> bool:
    """Whether a unit has made every check and all of them work."""
    return all(key in checks and checks[key]["works"] for key in wanted)


def sample_size(total: int, *, percent: int, at_least: int, at_most: int) -> int:
    """How many of `total` paper entries are compared with the system; never more than there are."""
    share = -(-total * percent // 100)
    return min(total, max(at_least, min(share, at_most)))


def firsts(before: Mapping[str, int], counts: Mapping[str, int]) -> dict[str, int]:
    """The most that was ever on paper, by kind: what the rest is measured by."""
    return {kind: max(before.get(kind, 0), counts.get(kind, 0)) for kind in sorted({*before, *counts})}


def all_signed(said: Mapping[str, Any]) -> bool:
    """Whether both voices have signed the all-clear."""
    return all(said.get(voice) for voice in VOICES)


def fault_of_stand_down(open_safety: int, *, roles: Collection[str], override: str) -> tuple[str, str] | None:
    """(code, sentence) of why it cannot be stood down, or None. The commander may go on with a reason."""
    if open_safety == 0:
        return None
    if not override:
        words = "1 safety step is open." if open_safety == 1 else f"{open_safety} safety steps are open."
        return "safety_open", f"{words} The incident commander may stand down with a reason."
    if COMMANDER not in roles:
        return "not_allowed", "Only the incident commander stands down while safety steps are open."
    return None


def unconfirmed(units: Sequence[str], confirmed: Collection[str]) -> list[str]:
    """The units of an incident that have not confirmed yet."""
    return [unit for unit in units if unit not in confirmed]
