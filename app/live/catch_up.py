"""News while Redis is away: every process reads from the database which scopes have moved on, and tells its phones.

Rows are not sent along: a phone that is behind asks for them, spread over a moment. The first look after Redis was
lost or found tells every scope as it stands, as nobody knows which message was the last that came through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from app.base.db import db
from app.live.hints import room_of
from app.live.line import Line
from app.live.models import Scope

LOOK_EVERY_SECONDS = 3.0

Send = Callable[[str, dict[str, Any]], None]


class CatchUp:
    """The looks of one process. `rooms` names the rooms that somebody is in; `send` reaches this process's sockets."""

    def __init__(self, line: Line, *, rooms: Callable[[], Iterable[str]], send: Send) -> None:
        self._line, self._rooms, self._send = line, rooms, send
        self._told: dict[str, int] | None = None
        self._is_due = False
        line.on_change = self._changed

    def _changed(self) -> None:
        self._told, self._is_due = None, True

    def turn(self) -> None:
        """Look, if there is anything to make up for. Nothing while Redis works, and where there is none."""
        if self._line.up is not False and not self._is_due:
            return
        self._is_due = False
        heads = {one.id: int(one.seq) for one in db.session.execute(select(Scope.id, Scope.seq))}
        db.session.rollback()
        before, self._told = self._told, heads
        rooms = set(self._rooms())
        for scope, seq in heads.items():
            if room_of(scope) in rooms and (before is None or before.get(scope) != seq):
                self._send(room_of(scope), {"s": scope, "from": seq, "to": seq})
