"""A small proxy on loopback between phones and the server; what it does to their requests is switched at run time."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.faults.exchange import LOOPBACK, Exchange, Message, body_length, break_off, message_of
from tests.faults.network import Fault

PORTS = range(21_800, 22_190)
HEAD_BYTES = 65_536


@dataclass
class Rule:
    """A fault in force: for paths that begin so, for so many requests (None: until it is cleared)."""

    fault: Fault
    path: str
    left: int | None


class FaultProxy:
    """HTTP and websockets pass through it. One thread with a loop of its own; every connection is one request."""

    def __init__(self, server_port: int, certificate: ssl.SSLContext | None = None) -> None:
        self.server_port = server_port
        self.port = 0
        self.seen: list[Message] = []
        self._certificate = certificate
        self._rule: Rule | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    @property
    def address(self) -> str:
        """What a phone takes for the server."""
        return f"http{'s' if self._certificate else ''}://{LOOPBACK}:{self.port}"

    def start(self) -> FaultProxy:
        """Begin to listen."""
        self._thread.start()
        assert self._ready.wait(10), "the proxy did not start"
        return self

    def close(self) -> None:
        """Break every connection and end."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(10)
        assert not self._thread.is_alive(), "the proxy did not end"

    def set(self, fault: Fault, *, path: str = "/", times: int | None = None) -> None:
        """From now on this happens to requests whose path begins so. Without `times` open websockets are held too."""
        self._rule = Rule(fault, path, times)
        self._hold(is_held=times is None and "/socket.io/".startswith(path))

    def clear(self) -> None:
        """The network is good again; what was held goes on."""
        self._rule = None
        self._hold(is_held=False)

    def cut(self) -> None:
        """Break every open connection."""
        self._loop.call_soon_threadsafe(self._cut)

    def asked(self, path: str) -> list[Message]:
        """The requests for a path, in order; also those that the server never saw."""
        return [one for one in self.seen if one.path == path]

    def send_again(self, request: Message) -> bytes:
        """A copy of an old request arrives now; the server's answer, which goes to nobody."""
        with socket.create_connection((LOOPBACK, self.server_port), timeout=10) as again:
            again.sendall(request.to_bytes())
            return b"".join(iter(lambda: again.recv(65_536), b""))

    def _hold(self, *, is_held: bool) -> None:
        self._loop.call_soon_threadsafe(self._passable.clear if is_held else self._passable.set)

    def _cut(self) -> None:
        for connection in self._connections:
            connection.cancel()

    async def _serve(self) -> None:
        self._loop, self._ended, self._passable = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
        self._passable.set()
        server = await self._listen()
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._ended.wait()
        server.close()
        while self._connections:
            self._cut()
            await asyncio.wait(self._connections)

    async def _listen(self) -> asyncio.Server:
        for port in random.sample(PORTS, len(PORTS)):
            with contextlib.suppress(OSError):
                return await asyncio.start_server(self._meet, LOOPBACK, port, limit=HEAD_BYTES, ssl=self._certificate)
        raise RuntimeError("no port is free")

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._one_request(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            break_off(writer)
        finally:
            self._connections.discard(task)
            writer.close()

    async def _one_request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = message_of(await reader.readuntil(b"\r\n\r\n"))
        body = await reader.readexactly(body_length(request))
        request = Message(request.first, request.headers, body)
        self.seen.append(request)
        exchange = Exchange(request, (reader, writer), server_port=self.server_port, passable=self._passable)
        fault = self._fault_for(request.path)
        await (fault(exchange) if fault is not None else exchange.pass_on())

    def _fault_for(self, path: str) -> Fault | None:
        rule = self._rule
        if rule is None or not path.startswith(rule.path) or rule.left == 0:
            return None
        if rule.left is not None:
            rule.left -= 1
        return rule.fault


@contextmanager
def proxy_to(server_port: int, *, certificate: ssl.SSLContext | None = None) -> Iterator[FaultProxy]:
    """A proxy before a server, until the block ends."""
    proxy = FaultProxy(server_port, certificate).start()
    try:
        yield proxy
    finally:
        proxy.close()
