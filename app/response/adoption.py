"""When a unit's own start meets another one: what joins what, and two records of one step become one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.base.instants import from_wire
from app.response.lifecycle import CLOSED_STATES, is_declared_running

# Longer than any shift: a start in the evening and one after midnight are the same downtime.
NEIGHBOURS_WITHIN = timedelta(hours=14)
LONGEST_HEAD_START = timedelta(hours=24)

Record = Mapping[str, Any]


def started_at(*, said: datetime | None, occurred_at: datetime) -> datetime:
    """When a unit began: when its nurse opened the card, or earlier if she says so (a day at most)."""
    if said is None or said >= occurred_at:
        return occurred_at
    return max(said, occurred_at - LONGEST_HEAD_START)


def belongs_to(run: Record, incident: Record) -> bool:
    """Whether a unit's own start is part of a declared incident: the same plan, real, and the unit is in it.

    An incident that has ended takes in what was begun before its end: the phone was only late.
    """
    if incident["plan"] != run["plan"] or incident["kind"] != "real" or run["unit"] not in incident["units"]:
        return False
    if is_declared_running(incident["state"]):
        return True
    ended_at = incident["ts"]
    before = run["started_at"] >= incident["td"] - LONGEST_HEAD_START
    return incident["state"] == "closed" and ended_at is not None and before and run["started_at"] <= ended_at


def are_neighbours(run: Record, other: Record) -> bool:
    """Whether two own starts of one unit are probably one downtime, split by a shift, midnight or a wrong clock."""
    same = (run["unit"], run["plan"]) == (other["unit"], other["plan"]) and run["id"] != other["id"]
    return same and abs(run["started_at"] - other["started_at"]) <= NEIGHBOURS_WITHIN


def merged(local: Record, target: Record, *, may_confirm: Set[str] | None) -> dict[str, Any]:
    """The fields of a task after another record of the same step joined it.

    The signs of both are told again in the order in which the server heard them, so that the first sets the state and
    everybody stays on record. `may_confirm` are the people whose second signature counts (None: everybody's).
    """
    due = min((task["due_at"] for task in (local, target) if task["due_at"] is not None), default=None)
    signs = sorted([*target["signs"], *local["signs"]], key=lambda sign: sign["received_at"])
    told = _tell_again(signs, two_person=target["two_person"], may_confirm=may_confirm)
    first, second = (local, target) if _sets_state(local, told) else (target, local)
    return {
        "due_at": due,
        "held": target.get("held") if local.get("held") else None,
        "signs": told.signs,
        "state": told.state,
        "by": told.by,
        "by_name": told.by_name,
        "at": told.at,
        "captured": {**second["captured"], **first["captured"]} if told.state != "open" else {},
        "note": first["note"] or second["note"],
        "reason": first["reason"] or second["reason"],
    }


def _sets_state(task: Record, told: _Told) -> bool:
    return told.by is not None and (task["by"], task["at"]) == (told.by, told.at)


@dataclass
class _Told:
    """A task's story so far."""

    signs: list[dict[str, Any]]
    signers: list[str]
    state: str = "open"
    by: str | None = None
    by_name: str | None = None
    at: datetime | None = None


def _tell_again(signs: Sequence[dict[str, Any]], *, two_person: bool, may_confirm: Set[str] | None) -> _Told:
    told = _Told([], [])
    for sign in signs:
        state = _state_after(sign, told, two_person=two_person, may_confirm=may_confirm)
        told.signs.append({**sign, "st": "superseded" if state is None else "ok"})
        if state is None:
            continue
        told.state = state
        opened = state == "open"
        told.by, told.by_name = (None, None) if opened else (sign["by"], sign["by_name"])
        told.at = None if opened else from_wire(sign["at"])
        if opened:
            told.signers = []
        elif sign["what"] in ("complete", "confirm"):
            told.signers.append(sign["by"])
    return told


def _state_after(sign: Mapping[str, Any], told: _Told, *, two_person: bool, may_confirm: Set[str] | None) -> str | None:
    """The state after a sign; None when somebody was first. Whether a signer had the role was checked when it came."""
    what = sign["what"]
    if what == "reopen":
        return None if told.state == "open" else "open"
    if told.state in CLOSED_STATES or (what == "block" and told.state == "blocked"):
        return None
    if what in ("skip", "block"):
        return "skipped" if what == "skip" else "blocked"
    if not two_person:
        return "done"
    if not told.signers:
        return "half"
    counts = sign["by"] not in told.signers and (may_confirm is None or sign["by"] in may_confirm)
    return "done" if counts else None
