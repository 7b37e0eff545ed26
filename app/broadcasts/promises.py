"""What an incident has promised to say next, and how well it kept its word. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.response.lifecycle import is_declared_running

FIRST_UPDATE = timedelta(minutes=15)  # owed without a promise


@dataclass(frozen=True)
class Owed:
    """The update that comes next: its number, and when it was promised (None: nothing is promised)."""

    no: int
    due_at: datetime | None


@dataclass(frozen=True)
class Punctuality:
    """How many updates were promised, how many came in time, and how late the promised ones were in seconds."""

    promised: int
    kept: int
    mean_late_s: int
    worst_late_s: int


def owed(incident: Mapping[str, Any], broadcasts: Sequence[Mapping[str, Any]]) -> Owed:
    """What the incident owes, from its broadcasts (newest first). The first one is owed without a promise."""
    no = max((broadcast["no"] for broadcast in broadcasts), default=0) + 1
    if not is_declared_running(incident["state"]):
        return Owed(no, None)
    if not broadcasts:
        return Owed(no, incident["td"] + FIRST_UPDATE)
    standing = (one["next_update_at"] for one in broadcasts if one["state"] == "current" and one["next_update_at"])
    return Owed(no, next(standing, None))


def punctuality(broadcasts: Sequence[Mapping[str, Any]]) -> Punctuality:
    """How well the promises were kept by the updates that answered one."""
    late = [
        max(0.0, (one["at"] - one["promised_at"]).total_seconds())
        for one in broadcasts
        if one["promised_at"] is not None
    ]
    if not late:
        return Punctuality(0, 0, 0, 0)
    return Punctuality(len(late), late.count(0.0), round(sum(late) / len(late)), round(max(late)))


def next_word(
    due_at: datetime | None,
    *,
    reminded_at: datetime | None,
    nagged_at: datetime | None,
    now: datetime,
    remind: timedelta,
    nag: timedelta,
) -> str | None:
    """What the lead hears now: `remind` once before it is due, `nag` when it is overdue and again after `nag`."""
    if due_at is None:
        return None
    if now > due_at:
        return "nag" if nagged_at is None or now - nagged_at >= nag else None
    return "remind" if reminded_at is None and now >= due_at - remind else None
