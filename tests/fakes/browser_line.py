"""The browser's side of a push service: the websocket on which Firefox registers and hears what came for it.

Written from what Firefox says and expects (subprotocol `push-notification`): hello, register, unregister, notification,
ack, and `{}` as a ping. One browser at a time.
"""

from __future__ import annotations

import base64
import json
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Ping, Request, TextMessage

from tests.fakes.push_service import PushService

SUBPROTOCOL = "push-notification"
SHOWN = 100  # the code of an ack for what the browser could decrypt and hand to its service worker


@dataclass
class BrowserLine:
    """`acks` are the codes that the browser gave for what it got; `channels` what it has registered."""

    service: PushService
    port: int = 0
    channels: dict[str, str] = field(default_factory=dict)
    acks: list[int] = field(default_factory=list)
    _raw: socket.socket | None = None
    _frames: WSConnection = field(default_factory=lambda: WSConnection(ConnectionType.SERVER))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/"

    def serve(self, raw: socket.socket) -> None:
        """Talk with one browser until it hangs up."""
        self._raw, self._frames = raw, WSConnection(ConnectionType.SERVER)
        with suppress(OSError):
            while data := raw.recv(65536):
                self._frames.receive_data(data)
                for event in self._frames.events():
                    self._answer(event)

    def _answer(self, event: Any) -> None:
        match event:
            case Request():
                self._send(AcceptConnection(subprotocol=SUBPROTOCOL))
            case Ping() | CloseConnection():
                self._send(event.response())
            case TextMessage():
                said = json.loads(event.data)
                answer = self._reply(said.pop("messageType", "ping"), said)
                if answer is not None:
                    self._say(answer)

    def _reply(self, kind: str, said: dict[str, Any]) -> dict[str, Any] | None:
        if kind == "ping":
            return {}
        if kind == "hello":
            return {"messageType": kind, "uaid": uuid.uuid4().hex, "status": 200, "use_webpush": True, "broadcasts": {}}
        if kind == "register":
            return {"messageType": kind, "status": 200, **self._register(said["channelID"], said["key"])}
        if kind == "unregister":
            self.service.lines.pop(self.channels.pop(said["channelID"], ""), None)
            return {"messageType": kind, "status": 200, "channelID": said["channelID"]}
        if kind == "ack":
            self.acks += [update["code"] for update in said["updates"]]
        return None

    def _register(self, channel: str, key: str) -> dict[str, str]:
        """A new address; whoever sends there must prove to hold the key that the page named."""
        name = uuid.uuid4().hex
        self.channels[channel] = name
        self.service.server_key = key.rstrip("=")
        self.service.lines[name] = lambda body: self._notify(channel, body)
        return {"channelID": channel, "pushEndpoint": self.service.endpoint(name)}

    def _notify(self, channel: str, body: bytes) -> None:
        data = base64.urlsafe_b64encode(body).rstrip(b"=").decode()
        told = {"messageType": "notification", "channelID": channel, "version": uuid.uuid4().hex}
        self._say({**told, "data": data, "headers": {"encoding": "aes128gcm"}})

    def _say(self, message: dict[str, Any]) -> None:
        self._send(TextMessage(data=json.dumps(message)))

    def _send(self, event: Any) -> None:
        with self._lock:
            assert self._raw is not None
            self._raw.sendall(self._frames.send(event))


@contextmanager
def browser_line(service: PushService) -> Iterator[BrowserLine]:
    """A line that a browser can call; what is posted to its addresses at the service goes down it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = BrowserLine(service, port=server.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(server, line), daemon=True)
        thread.start()
        try:
            yield line
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _serve(server: socket.socket, line: BrowserLine) -> None:
    while True:
        try:
            raw, _address = server.accept()
        except OSError:
            return
        with raw:
            line.serve(raw)
