"""The gevent web server: tickets are checked before a websocket is opened."""

from __future__ import annotations

import socket
from typing import Any

import gevent
from flask import Flask
from gevent.pywsgi import WSGIServer
from geventwebsocket.handler import WebSocketHandler
from geventwebsocket.websocket import Stream

from app.live.gate import AcceptGate
from app.live.later import later
from app.live.outlet import PATIENCE_SECONDS, FramedWebSocket
from app.live.sockets import PATH, begin_to_listen, claims_of
from app.live.watchdog import LoopWatch

NO_TICKET = b'{"code":"ticket","msg":"This connection needs a fresh ticket. Boot again."}'
# A small answer leaves in one piece with its head; of a large one the copy would cost more than the second write.
JOINED_AT_MOST = 16_384
CROWDED = b'{"code":"try_later","msg":"Many phones come back at once. This one is let in a little later."}'


class TicketedHandler(WebSocketHandler):  # type: ignore[misc]
    """Refuses a handshake without a valid ticket while it still is plain HTTP, so that no dead socket stays open."""

    def run_application(self) -> Any:
        """Answer 503 to a handshake too many, 401 to a bad one, else go on; if the loop is behind, it goes first."""
        self.server.watch.stand_back()
        environ = self.environ
        if environ.get("PATH_INFO", "").startswith(PATH):
            wait_seconds = self.server.gate.wait_seconds()
            if wait_seconds:
                return self._refuse("503 Service Unavailable", CROWDED, ("Retry-After", str(wait_seconds)))
            claims = claims_of(environ, self.server.tickets)
            if claims is None:
                return self._refuse("401 Unauthorized", NO_TICKET)
            environ["wardlight.claims"] = claims
        return super().run_application()

    def upgrade_connection(self) -> Any:
        """Open the websocket; its bytes leave through an outlet, so that a broadcast may use it too."""
        refusal = super().upgrade_connection()
        if refusal is None:
            stock: Any = self.environ["wsgi.websocket"]
            stock.raw_write = _write_nothing  # it says goodbye when it is thrown away
            self.websocket = FramedWebSocket(self.environ, Stream(self), self)
            self.environ["wsgi.websocket"] = self.websocket
        return refusal

    def run_websocket(self) -> None:
        """Serve the websocket to its end; one that never becomes a client is ended after a while."""
        outlet = self.websocket.outlet
        later(PATIENCE_SECONDS, outlet.end_unless_joined)
        try:
            super().run_websocket()
        finally:
            outlet.closed = True

    def _write_with_headers(self, data: Any) -> None:
        if len(data) > JOINED_AT_MOST:
            super()._write_with_headers(data)
            return
        pieces: list[bytes] = []
        self._sendall = pieces.append
        try:
            super()._write_with_headers(data)
        finally:
            del self._sendall
        self._sendall(b"".join(pieces))

    def _refuse(self, status: str, body: bytes, *more: tuple[str, str]) -> None:
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("Connection", "close")]
        self.close_connection = True
        self.start_response(status, [*headers, *more])
        self.result = [body]
        self.process_result()

    def log_request(self) -> None:
        """Nothing: request lines would carry tickets into the log."""


def _write_nothing(_data: bytes) -> None:
    """Where the bytes of a websocket go that was never used."""


class PromptServer(WSGIServer):  # type: ignore[misc]
    """Sends what it has at once: otherwise the system keeps a second small packet back until the phone has confirmed
    the first, which phones delay by 40 ms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.watch = LoopWatch()
        self._watching: gevent.Greenlet | None = None

    def start(self) -> None:
        """Listen, and watch the loop from now on."""
        super().start()
        self._watching = gevent.spawn(self.watch.run)

    def stop(self, *args: Any, **kwargs: Any) -> None:
        """Stop listening and watching."""
        if self._watching is not None:
            self._watching.kill()
            self.watch.looked_at = None
        super().stop(*args, **kwargs)

    def handle(self, sock: Any, address: Any) -> None:
        """Serve one accepted connection."""
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().handle(sock, address)


def make_server(app: Flask, *, host: str, port: int) -> WSGIServer:
    """A server ready to `serve_forever()`; the port is bound at once, so that a taken port fails here."""
    server = PromptServer((host, port), app, handler_class=TicketedHandler, log=None)
    server.tickets = app.extensions["tickets"]
    server.gate = AcceptGate(app.extensions["settings"].accept_per_second)
    server.start()
    begin_to_listen()
    return server
