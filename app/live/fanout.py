"""Broadcasts that are encoded and framed once and written straight to every client that keeps up.

Stock Flask-SocketIO gives each client a queue entry, a wake-up of its writer and a frame of its own. Everything that
this path cannot carry (callbacks, binary data, clients without an outlet) goes the stock way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import gevent
from gevent.lock import RLock
from socketio.packet import EVENT

from app.base import clock
from app.base.beside import STAND_BACK_SECONDS
from app.live.manager import IndexedManager
from app.live.outlet import FramePacket, Outlet, OutletQueue, offer_to_all

T = TypeVar("T")

NEWS = "d"
LOOK_AT_CLOCK_EVERY = 64
PAUSE_EVERY_SECONDS = 0.02
REMEMBERED_FROM = 32  # members; to find fewer costs less than to keep them a second time for every person's own room


@dataclass(frozen=True)
class Members:
    """Whom a broadcast to one room goes to, by sid: outlets, and the Engine.IO ids of the clients that have none."""

    outlets: dict[str, Outlet] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    def add(self, sid: str, eio_sid: str, outlet: Outlet | None) -> None:
        """One more, or one who is there already."""
        if outlet is None:
            self.others[sid] = eio_sid
        else:
            self.outlets[sid] = outlet

    def remove(self, sid: str) -> bool:
        """One fewer, or one who never was there; whether anybody is left."""
        self.outlets.pop(sid, None)
        self.others.pop(sid, None)
        return bool(self.outlets or self.others)


class FanoutManager(IndexedManager):
    """A manager whose broadcasts take the short way. The event `d` is news that a later pull can replace."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn = RLock()
        self._members: dict[tuple[str, Any], Members] = {}

    def set_server(self, server: Any) -> None:
        """From now on each client's queue tells its outlet when something waits."""
        super().set_server(server)
        server.eio.create_queue = OutletQueue

    def pre_connect(self, eio_sid: str, namespace: str) -> Any:
        """Let broadcasts leave by the outlet of a new client."""
        sid = super().pre_connect(eio_sid, namespace)
        outlet = self.outlets.get(eio_sid)
        if outlet is not None:
            outlet.open(self.server.eio.sockets[eio_sid].queue)
        return sid

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        """Put a client into a room."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        known = self._members.get((namespace, room))
        if known is not None:
            eio_sid = self.rooms[namespace][room][sid]
            known.add(sid, eio_sid, self.outlets.get(eio_sid))

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> None:
        """Take a client out of a room."""
        super().basic_leave_room(sid, namespace, room)
        known = self._members.get((namespace, room))
        if known is not None and not known.remove(sid):
            del self._members[namespace, room]

    def emit(self, event: str, data: Any, namespace: str, room: Any = None, skip_sid: Any = None,
             callback: Any = None, to: Any = None, **kwargs: Any) -> None:  # fmt: skip
        """Send an event to a room (None: to all)."""
        room = to or room
        text = None if callback or skip_sid else self._encoded(event, data, namespace)
        if text is None:
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, **kwargs)
        elif namespace in self.rooms:
            self._broadcast(namespace, room, FramePacket(text), self._repair(event, data, namespace))

    def _encoded(self, event: str, data: Any, namespace: str) -> str | None:
        values = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        encoded = self.server.packet_class(EVENT, namespace=namespace, data=[event, *values]).encode()
        return encoded if isinstance(encoded, str) else None

    def _repair(self, event: str, data: Any, namespace: str) -> FramePacket | None:
        if event != NEWS or not isinstance(data, dict):
            return None
        bare = {name: value for name, value in data.items() if name != "rows"}
        text = self._encoded(event, bare, namespace)
        return None if text is None else FramePacket(text)

    def _broadcast(self, namespace: str, room: Any, packet: FramePacket, repair: FramePacket | None) -> None:
        with self._turn:  # one broadcast after the other, so that every client hears them in their order
            members = self._members_of(namespace, room)
            for outlets in _some_at_a_time(list(members.outlets.values())):
                offer_to_all(outlets, packet, repair)
            for others in _some_at_a_time(list(members.others.items())):
                for sid, eio_sid in others:
                    if self.is_connected(sid, namespace):
                        self.server._send_eio_packet(eio_sid, packet)

    def _members_of(self, namespace: str, room: Any) -> Members:
        """Who is in a room (or in one of several); of a large room it is remembered, and kept right as they change."""
        is_one_room = isinstance(room, str) or not hasattr(room, "__len__")
        known = self._members.get((namespace, room)) if is_one_room else None
        if known is not None:
            return known
        found = Members()
        for sid, eio_sid in self.get_participants(namespace, room):
            found.add(sid, eio_sid, self.outlets.get(eio_sid))
        if is_one_room and len(found.outlets) >= REMEMBERED_FROM:
            self._members[namespace, room] = found
        return found


def _some_at_a_time(everybody: list[T]) -> Iterator[list[T]]:
    """Some after others, with pauses: requests and pings must not wait for the last of ten thousand."""
    resumed_at = clock.ticks()
    for first in range(0, len(everybody), LOOK_AT_CLOCK_EVERY):
        if clock.ticks() - resumed_at > PAUSE_EVERY_SECONDS:
            gevent.sleep(STAND_BACK_SECONDS)
            resumed_at = clock.ticks()
        yield everybody[first : first + LOOK_AT_CLOCK_EVERY]
