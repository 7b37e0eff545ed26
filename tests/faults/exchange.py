"""One request on its way through the fault proxy: its bytes, the server's answer, and what a fault may do with them."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
CHUNK_BYTES = 65_536


@dataclass(frozen=True)
class Message:
    """A request or an answer: first line, the other header lines, body."""

    first: bytes
    headers: tuple[bytes, ...]
    body: bytes

    @property
    def path(self) -> str:
        """What a request asks for."""
        return self.first.split(b" ")[1].decode()

    @property
    def is_upgrade(self) -> bool:
        """Whether a websocket is wanted."""
        return any(line.lower().startswith(b"upgrade:") for line in self.headers)

    def with_body(self, body: bytes) -> Message:
        """The same with another body, whole of its kind."""
        kept = self.without(b"content-length").headers
        return Message(self.first, (*kept, f"Content-Length: {len(body)}".encode()), body)

    def without(self, name: bytes) -> Message:
        """The same without a header."""
        kept = [line for line in self.headers if not line.lower().startswith(name + b":")]
        return Message(self.first, tuple(kept), self.body)

    def to_bytes(self, *, closing: bool = True) -> bytes:
        """As it goes over the wire; `closing` makes it the only message of its connection."""
        lines = [line for line in self.headers if not (closing and line.lower().startswith(b"connection:"))]
        return b"\r\n".join([self.first, *lines, *([b"Connection: close"] if closing else []), b"", self.body])


def message_of(head: bytes, body: bytes = b"") -> Message:
    """Read the head of a message."""
    first, *headers = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    return Message(first, tuple(headers), body)


def body_length(message: Message) -> int:
    """How many bytes the head announces."""
    for line in message.headers:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def answer(status: str, body: str, *, kind: str = "text/html", **headers: str) -> bytes:
    """An answer that somebody else gives in the server's place."""
    named = {"Content-Type": kind, "Content-Length": str(len(body.encode())), **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "Connection: close", "", body]).encode()


def break_off(writer: asyncio.StreamWriter) -> None:
    """Reset a connection: the other side learns that it is broken, not that it has ended."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    writer.transport.abort()


class Exchange:
    """A request that has arrived at the proxy. A fault decides what becomes of it."""

    def __init__(
        self,
        request: Message,
        phone: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        *,
        server_port: int,
        passable: asyncio.Event,
    ) -> None:
        self.request = request
        self._reader, self._writer = phone
        self._server_port, self._passable = server_port, passable

    async def pass_on(self) -> None:
        """What a good network does."""
        if self.request.is_upgrade:
            await self._tunnel()
        else:
            await self.say((await self.ask_server()).to_bytes())

    async def ask_server(self) -> Message:
        """Have the server act on the request; its whole answer. ConnectionError when it is gone or dies over it."""
        reader, writer = await asyncio.open_connection(LOOPBACK, self._server_port)
        try:
            writer.write(self.request.to_bytes())
            data = await reader.read()
        finally:
            writer.close()
        head, found, body = data.partition(b"\r\n\r\n")
        if not found:
            raise ConnectionResetError("the server died over it")
        return message_of(head, body)

    async def say(self, data: bytes) -> None:
        """Give bytes to the phone."""
        self._writer.write(data)
        await self._writer.drain()

    def reset(self) -> None:
        """Break the phone's connection without a word."""
        break_off(self._writer)

    async def hang(self) -> None:
        """Say nothing more until the phone gives up."""
        with contextlib.suppress(ConnectionError):
            while await self._reader.read(CHUNK_BYTES):
                pass

    async def _tunnel(self) -> None:
        """A websocket: bytes both ways, which wait while the network is held."""
        reader, writer = await asyncio.open_connection(LOOPBACK, self._server_port)
        writer.write(self.request.to_bytes(closing=False))
        ways = [
            asyncio.ensure_future(self._pump(self._reader, writer)),
            asyncio.ensure_future(self._pump(reader, self._writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK_BYTES):
            await self._passable.wait()
            writer.write(data)
            await writer.drain()
