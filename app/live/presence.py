"""Which devices are heard: open sockets, and when a person's device last asked or sent something.

Held in memory, as a connected phone must cost no database work; the sweep in `response` turns it into rows. What other
processes of the house hear comes in by `beat`, a few seconds late.
"""

from __future__ import annotations

from collections.abc import Mapping
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
_elsewhere: dict[str, Heard] = {}
_devices_elsewhere: dict[str, datetime] = {}


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
    now = clock.now()
    _last[user] = now
    if device:
        _last_of_device[device] = now


def devices_heard() -> dict[str, datetime]:
    """When each device was last heard; one with an open socket is heard now."""
    return _latest_of(_devices_elsewhere, _devices_heard_here())


def contact_of(user: str) -> Heard:
    """What is known of a person's contact."""
    here, there = _contact_here(user), _elsewhere.get(user)
    if there is None:
        return here
    instants = [one for one in (here.last_heard_at, there.last_heard_at) if one is not None]
    return Heard(here.connected + there.connected, max(instants, default=None))


def heard_here(since: datetime) -> tuple[dict[str, Heard], dict[str, datetime]]:
    """What this process has heard since an instant, by person and by device: for the other processes."""
    people = {user: _contact_here(user) for user in {*_open, *_last}}
    recent = {user: one for user, one in people.items() if one.connected or (one.last_heard_at or since) > since}
    return recent, {device: at for device, at in _devices_heard_here().items() if at > since}


def heard_elsewhere(people: Mapping[str, Heard], devices: Mapping[str, datetime]) -> None:
    """What the other processes hear, in the place of what was known of it."""
    _elsewhere.clear()
    _elsewhere.update(people)
    _devices_elsewhere.clear()
    _devices_elsewhere.update(devices)


def sockets_here() -> int:
    """How many sockets are open in this process."""
    return len(_sockets)


def _contact_here(user: str) -> Heard:
    return Heard(len(_open.get(user, ())), _last.get(user))


def _devices_heard_here() -> dict[str, datetime]:
    now = clock.now()
    return {**_last_of_device, **{device: now for _user, device in _sockets.values()}}


def _latest_of(one: Mapping[str, datetime], other: Mapping[str, datetime]) -> dict[str, datetime]:
    return {**one, **{key: max(at, one.get(key, at)) for key, at in other.items()}}


def forget() -> None:
    """Start with nothing known (between tests)."""
    for store in (_sockets, _open, _last, _last_of_device, _elsewhere, _devices_elsewhere):
        store.clear()
