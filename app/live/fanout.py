"""Broadcasts that are encoded and framed once and written straight to every client that keeps up.

Stock Flask-SocketIO gives each client a queue entry, a wake-up of its writer and a frame of its own. Everything that
this path cannot carry (callbacks, binary data, clients without an outlet) goes the stock way.
"""

from __future__ import annotations

from typing import Any

import gevent
from gevent.lock import RLock
from socketio.packet import EVENT

from app.base import clock
from app.base.beside import STAND_BACK_SECONDS
from app.live.manager import IndexedManager
from app.live.outlet import FramePacket

NEWS = "d"
LOOK_AT_CLOCK_EVERY = 64
PAUSE_EVERY_SECONDS = 0.02


class FanoutManager(IndexedManager):
    """A manager whose broadcasts take the short way. The event `d` is news that a later pull can replace."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn = RLock()

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
            paused_at = clock.ticks()
            for turn, (sid, eio_sid) in enumerate(self.get_participants(namespace, room)):
                if turn % LOOK_AT_CLOCK_EVERY == 0 and clock.ticks() - paused_at > PAUSE_EVERY_SECONDS:
                    # requests and pings of others must not wait for the last of ten thousand
                    gevent.sleep(STAND_BACK_SECONDS)
                    paused_at = clock.ticks()
                outlet = self.outlets.get(eio_sid)
                if outlet is not None:
                    outlet.offer(packet, repair)
                elif self.is_connected(sid, namespace):
                    self.server._send_eio_packet(eio_sid, packet)
