"""HTTP callers in one epoll loop: a few connections work through many requests, each timed from its first byte out."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from app.base import clock


@dataclass(frozen=True)
class Call:
    """One request, ready to send; `kind` names what it is in the timings; `then` gives the request that follows."""

    kind: str
    data: bytes
    then: Callable[[int, bytes], Call | None] | None = None


@dataclass
class Timings:
    """Seconds of every call by its kind, and answers that were not 2xx."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    elapsed: float = 0.0

    def note(self, kind: str, seconds: float, status: int) -> None:
        """Keep one answer."""
        self.seconds.setdefault(kind, []).append(seconds)
        if status >= 300:
            self.refused[f"{kind} {status}"] = self.refused.get(f"{kind} {status}", 0) + 1


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """The bytes of a request that keeps its connection."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body or method == "POST":
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class _Connection:
    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.data = bytearray()
        self.call: Call | None = None
        self.sent_at = 0.0

    def send(self, call: Call) -> None:
        self.call, self.sent_at = call, clock.ticks()
        self.sock.sendall(call.data)

    def take_answer(self) -> tuple[int, bytes] | None:
        """The status and body of a whole answer; None when more must come."""
        head, found, rest = self.data.partition(b"\r\n\r\n")
        if not found:
            return None
        status, length = int(head[9:12]), 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if len(rest) < length:
            return None
        self.data = bytearray(rest[length:])
        return status, bytes(rest[:length])


def call_all(port: int, calls: Iterable[Call], *, connections: int, seconds: float) -> Timings:
    """Work through the calls, `connections` at a time. TimeoutError when it takes longer than `seconds`."""
    timings, began = Timings(), clock.ticks()
    waiting, epoll, open_calls = iter(calls), select.epoll(), {}
    for _ in range(connections):
        connection = _Connection(port)
        if not _next(connection, waiting):
            connection.sock.close()
            break
        open_calls[connection.sock.fileno()] = connection
        epoll.register(connection.sock, select.EPOLLIN)
    while open_calls:
        if clock.ticks() - began > seconds:
            raise TimeoutError(f"{len(open_calls)} calls were not answered in {seconds} s")
        for number, _what in epoll.poll(1.0):
            if not _advance(open_calls[number], waiting, timings):
                open_calls.pop(number).sock.close()
    epoll.close()
    timings.elapsed = clock.ticks() - began
    return timings


def _next(connection: _Connection, waiting: Iterator[Call]) -> bool:
    call = next(waiting, None)
    if call is not None:
        connection.send(call)
    return call is not None


def _advance(connection: _Connection, waiting: Iterator[Call], timings: Timings) -> bool:
    data = connection.sock.recv(262_144)
    if not data:
        raise ConnectionError("the server hung up")
    connection.data += data
    answer, call = connection.take_answer(), connection.call
    if answer is None or call is None:
        return True
    timings.note(call.kind, clock.ticks() - connection.sent_at, answer[0])
    following = call.then(*answer) if call.then is not None else None
    if following is not None:
        connection.send(following)
        return True
    return _next(connection, waiting)
