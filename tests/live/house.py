"""A broadcasting manager with phones at the ends of real sockets, all in one process and without a web server."""

from __future__ import annotations

import json
import socket
from types import SimpleNamespace
from typing import Any

import engineio.socket
import gevent
import gevent.socket
import socketio
from engineio.packet import MESSAGE, Packet

from app.base import clock
from app.bench.wire import take_frame
from app.live.fanout import FanoutManager
from app.live.frames import text_frame
from app.live.outlet import Outlet, ReadyText

SMALL_BUFFER_BYTES = 4_608
HEAR_SECONDS = 5.0


class Phone:
    """One connection: the server's side with its writer as Engine.IO has it, and the phone's end."""

    def __init__(self, server: Any, eio_sid: str, *, has_outlet: bool) -> None:
        near, self._far = gevent.socket.socketpair()
        near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER_BYTES)
        self._far.setblocking(False)
        self._data = bytearray()
        self.eio_sid = eio_sid
        self.outlet = Outlet(near)
        self.engine = engineio.socket.Socket(server.eio, eio_sid)
        server.eio.sockets[eio_sid] = self.engine
        server.environ[eio_sid] = {"wsgi.websocket": SimpleNamespace(outlet=self.outlet) if has_outlet else None}
        self._writer = gevent.spawn(self._write_forever)

    def _write_forever(self) -> None:
        while packets := self.engine.poll():
            for packet in packets:
                text = packet.encode()
                if isinstance(text, ReadyText):
                    self.outlet.write_queued(text.frame)
                else:
                    self.outlet.write(text_frame(text))

    def say(self, text: str) -> None:
        """Something for this phone alone, through its queue."""
        self.engine.send(Packet(MESSAGE, text))

    def hear(self) -> list[Any]:
        """What has come and was not heard yet: the first argument of each event, and other messages as text."""
        until = clock.ticks() + HEAR_SECONDS
        while clock.ticks() < until:
            try:
                self._data += self._far.recv(65_536)
            except BlockingIOError:
                if not self.engine.queue.unfinished_tasks and not self.outlet._writing:
                    break
                gevent.sleep(0.001)
        heard = []
        while (frame := take_frame(self._data)) is not None:
            kind, _, event = frame[1].decode().partition("[")
            heard.append(json.loads(f"[{event}")[1] if event else kind)
        assert not self._data, "a frame came in part"
        return heard

    def close(self) -> None:
        """The writer ends and the sockets close."""
        self._writer.kill()
        self._far.close()
        self.outlet._sock.close()


class House:
    """A Socket.IO server whose manager broadcasts to phones."""

    def __init__(self) -> None:
        self.manager = FanoutManager()
        self.server = socketio.Server(async_mode="gevent", client_manager=self.manager, namespaces="*")
        self.phones: list[Phone] = []

    def connect(self, *, has_outlet: bool = True) -> Phone:
        """One more phone, in no namespace yet."""
        self.phones.append(Phone(self.server, f"e{len(self.phones)}", has_outlet=has_outlet))
        return self.phones[-1]

    def join(self, phone: Phone, namespace: str = "/") -> str:
        """A phone becomes a client of a namespace; its sid."""
        return str(self.manager.connect(self.manager.pre_connect(phone.eio_sid, namespace), namespace))

    def tell(self, room: Any, value: Any, namespace: str = "/", event: str = "d") -> None:
        """Broadcast to a room."""
        self.manager.emit(event, value, namespace, room=room)

    def close(self) -> None:
        """All phones are gone."""
        for phone in self.phones:
            phone.close()
