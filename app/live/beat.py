"""What the server processes of one house tell each other every few seconds, by the database: whom each of them hears.

A phone's socket is open in one process, its requests come to any. Without this, each would take the phones of the
others for silent. A process alone writes nothing.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from app.base import clock
from app.base.db import db
from app.base.ids import uuid7
from app.base.unit_of_work import write
from app.live import presence
from app.live.line import Line
from app.live.models import Process
from app.live.presence import Heard

BEAT_SECONDS = 5.0
# Three beats missed, and the machines' clocks a little apart: it is gone, and so are its sockets.
GONE_AFTER = timedelta(seconds=20)
# Longer than anybody asks back in memory; what is older stands in the database.
TOLD_FOR = timedelta(minutes=20)
FORGOTTEN_AFTER = timedelta(hours=1)


class Beat:
    """This process among those of the house."""

    def __init__(self, line: Line, *, port: int) -> None:
        self._line = line
        self._id = uuid7()
        self._name = f"{socket.gethostname()[:60]}:{port}"
        self._started_at = clock.now()

    def turn(self) -> None:
        """Tell what is heard here, and learn what is heard elsewhere. Nothing where there is no line to others."""
        if self._line.up is None:
            return
        self._tell()
        query = select(Process.seen_at, Process.contacts).where(Process.id != self._id)
        told = [(seen_at, contacts) for seen_at, contacts in db.session.execute(query)]
        db.session.rollback()
        presence.heard_elsewhere(*_merged(told, now=clock.now()))

    def end(self) -> None:
        """Take leave: the others need not wait to know that these sockets are closed."""
        if self._line.up is not None:
            with write() as work:
                work.session.execute(delete(Process).where(Process.id == self._id))

    def _tell(self) -> None:
        people, devices = presence.heard_here(clock.now() - TOLD_FOR)
        values: dict[str, Any] = {
            "seen_at": clock.now(),
            "line_lost_at": None if self._line.up else self._line.since,
            "sockets": presence.sockets_here(),
            "contacts": _as_text(people, devices),
        }
        with write() as work:
            mine = update(Process).where(Process.id == self._id).values(**values)
            if work.session.execute(mine).rowcount == 0:  # type: ignore[attr-defined]
                first = {"id": self._id, "name": f"{self._name}/{os.getpid()}", "started_at": self._started_at}
                work.session.execute(insert(Process), [{**first, **values}])
            work.session.execute(delete(Process).where(Process.seen_at < work.now - FORGOTTEN_AFTER))


def line_lost_since() -> datetime | None:
    """Since when some process of the house does not hear the others; None when all do, or there is one alone."""
    query = select(func.min(Process.line_lost_at)).where(Process.seen_at > clock.now() - GONE_AFTER)
    found: datetime | None = db.session.execute(query).scalar()
    return found


def _as_text(people: Mapping[str, Heard], devices: Mapping[str, datetime]) -> str:
    told = {user: [one.connected, _ms(one.last_heard_at)] for user, one in people.items()}
    body = {"people": told, "devices": {device: _ms(at) for device, at in devices.items()}}
    return json.dumps(body, separators=(",", ":"))


def _merged(told: Iterable[tuple[datetime, str]], *, now: datetime) -> tuple[dict[str, Heard], dict[str, datetime]]:
    """What several processes hear, as one. Of one that is gone no socket counts, but when it heard somebody does."""
    people: dict[str, Heard] = {}
    devices: dict[str, datetime] = {}
    for seen_at, contacts in told:
        body = json.loads(contacts)
        is_gone = now - seen_at > GONE_AFTER
        for user, (connected, last_ms) in body["people"].items():
            known = people.get(user, Heard(0, None))
            instants = [at for at in (known.last_heard_at, _instant(last_ms)) if at is not None]
            people[user] = Heard(known.connected + (0 if is_gone else connected), max(instants, default=None))
        for device, ms in body["devices"].items():
            devices[device] = max(_instant(ms) or seen_at, devices.get(device, seen_at - TOLD_FOR))
    return people, devices


def _ms(instant: datetime | None) -> int | None:
    return None if instant is None else round(instant.timestamp() * 1000)


def _instant(ms: int | None) -> datetime | None:
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC)
