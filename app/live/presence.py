"""Which devices this process hears: open sockets, and when a person's device last asked or sent something.

Held in memory, as a connected phone must cost no database work; the sweep in `response` turns it into rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.base import clock


@dataclass(frozen=True)
class Heard:
    """A person's contact: sockets open now and the last instant anything of theirs was heard."""

    connected: int
    last_heard_at: datetime | None


_sockets: dict[str, tuple[str, str]] = {}
_open: dict[str, set[str]] = {}
_last: dict[str, datetime] = {}
_last_of_device: dict[str, datetime] = {}


def connected(sid: str, user: str, device: str) -> None:
    """A socket of a person's device is open."""
    _sockets[sid] = (user, device)
    _open.setdefault(user, set()).add(sid)
    heard(user, device)


def disconnected(sid: str) -> None:
    """A socket is gone; unknown ones are ignored."""
    user, device = _sockets.pop(sid, ("", ""))
    if user:
        _open.get(user, set()).discard(sid)
        heard(user, device)


def heard(user: str, device: str | None = None) -> None:
    """A person's device asked or sent something just now."""
    _last[user] = clock.now()
    if device:
        _last_of_device[device] = clock.now()


def devices_heard() -> dict[str, datetime]:
    """When each device was last heard; one with an open socket is heard now."""
    now = clock.now()
    return {**_last_of_device, **{device: now for _user, device in _sockets.values()}}


def contact_of(user: str) -> Heard:
    """What is known of a person's contact."""
    return Heard(len(_open.get(user, ())), _last.get(user))


def forget() -> None:
    """Start with nothing known (between tests)."""
    for store in (_sockets, _open, _last, _last_of_device):
        store.clear()
