"""Hints: after a commit the rooms of the changed scopes hear that there is news, with small changes inline.

A hint may be lost, doubled or reordered; the cursor repairs. They are gathered for a moment, so that a storm of
changes in one scope becomes a few messages.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

EVENT = "d"
MAX_INLINE_BYTES = 4096


@dataclass(frozen=True)
class Delta:
    """Rows (as JSON text) that moved a scope from cursor `from_seq` to `to_seq`; None: too many to send along."""

    scope: str
    from_seq: int
    to_seq: int
    rows: list[str] | None


_pending: dict[str, list[Delta]] = {}
_is_scheduled = False
_lock = threading.Lock()
_schedule: Callable[[Callable[[], None]], None] | None = None
_send: Callable[[str, str, dict[str, Any]], None] | None = None


def connect(
    *, schedule: Callable[[Callable[[], None]], None] | None, send: Callable[[str, str, dict[str, Any]], None] | None
) -> None:
    """Tell this module how to run something a moment later and how to send; None for both: nobody listens."""
    global _schedule, _send
    _schedule, _send = schedule, send


def announce(deltas: Iterable[Delta]) -> None:
    """Take note of committed changes; the hints go out together a moment later."""
    global _is_scheduled
    if _send is None or _schedule is None:
        return
    with _lock:
        for delta in deltas:
            _pending.setdefault(delta.scope, []).append(delta)
        start = bool(_pending) and not _is_scheduled
        _is_scheduled = _is_scheduled or start
    if not start:
        return
    try:
        _schedule(flush)
    except BaseException:
        _is_scheduled = False  # the next news tries again, and takes this along
        raise


def flush() -> None:
    """Send what has gathered."""
    global _is_scheduled
    with _lock:
        _is_scheduled = False
        gathered = dict(_pending)
        _pending.clear()
    for scope, deltas in gathered.items():
        if _send is not None:
            _send(room_of(scope), EVENT, hint_of(scope, deltas))


def hint_of(scope: str, deltas: list[Delta]) -> dict[str, Any]:
    """One hint for the gathered changes of a scope: with rows when they join without a gap and are small."""
    ordered = sorted(deltas, key=lambda delta: delta.from_seq)
    hint: dict[str, Any] = {"s": scope, "from": ordered[0].from_seq, "to": max(delta.to_seq for delta in ordered)}
    joined = all(delta.rows is not None for delta in ordered)
    joined = joined and all(a.to_seq == b.from_seq for a, b in pairwise(ordered))
    rows = [row for delta in ordered for row in delta.rows or ()]
    if joined and sum(len(row.encode()) for row in rows) <= MAX_INLINE_BYTES:
        hint["rows"] = _newest([json.loads(row) for row in rows])
    return hint


def _newest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    latest = {row["id"]: row for row in rows}
    return sorted(latest.values(), key=lambda row: int(row["seq"]))


def room_of(scope: str) -> str:
    """The websocket room of a scope: command scopes of a site share one, so that a new incident needs no new rooms."""
    if scope.count(":") == 2 and scope.endswith(":command"):
        return "command"
    return scope
