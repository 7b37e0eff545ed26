"""Who is in which room, kept so that leaving costs the rooms of the one who leaves, not all rooms of the house.

The stock manager scans every room at each disconnect, and every client is a room of its own: when the Wi-Fi of a
hospital restarts, ten thousand clients would hold the event loop for seconds.
"""

from __future__ import annotations

from typing import Any

from socketio import Manager

from app.live.later import later
from app.live.outlet import PATIENCE_SECONDS, Outlet


class IndexedManager(Manager):  # type: ignore[misc]
    """A manager that also knows the rooms of each client, and the outlet of its connection (by Engine.IO id)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rooms_of: dict[tuple[str, str], dict[Any, None]] = {}
        self.outlets: dict[str, Outlet] = {}

    def pre_connect(self, eio_sid: str, namespace: str) -> Any:
        """Take note of the outlet of a new client."""
        outlet = getattr(self.server.environ[eio_sid].get("wsgi.websocket"), "outlet", None)
        if outlet is not None:
            self.outlets[eio_sid] = outlet
        return super().pre_connect(eio_sid, namespace)

    def connect(self, sid: str, namespace: str) -> Any:
        """A client was let in: its connection may stay."""
        outlet = self.outlets.get(self.eio_sid_from_sid(sid, namespace))
        if outlet is not None:
            outlet.joined = True
        return super().connect(sid, namespace)

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        """Put a client into a room."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._rooms_of.setdefault((namespace, sid), {})[room] = None

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> None:
        """Take a client out of a room."""
        super().basic_leave_room(sid, namespace, room)
        held = self._rooms_of.get((namespace, sid))
        if held is not None:
            held.pop(room, None)
            if not held:
                del self._rooms_of[namespace, sid]

    def basic_disconnect(self, sid: str, namespace: str, **_kwargs: Any) -> None:
        """Take a client out of all its rooms and forget it.

        A connection that is left without any client is cut after a while, if it stays open.
        """
        eio_sid = self.eio_sid_from_sid(sid, namespace)
        if not any(self.sid_from_eio_sid(eio_sid, other) for other in self.rooms if other != namespace):
            self._forget_outlet(eio_sid)
        for room in list(self._rooms_of.get((namespace, sid), ())):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            waiting = pending.get(namespace)
            if waiting is not None and sid in waiting:
                waiting.remove(sid)
                if not waiting:
                    del pending[namespace]

    def _forget_outlet(self, eio_sid: str) -> None:
        outlet = self.outlets.pop(eio_sid, None)
        if outlet is not None:
            outlet.joined = False
            outlet.shut()
            later(PATIENCE_SECONDS, outlet.end_unless_joined)

    def get_rooms(self, sid: str, namespace: str) -> list[Any]:
        """The rooms of a client, its own included."""
        return [room for room in self._rooms_of.get((namespace, sid), ()) if room is not None]
