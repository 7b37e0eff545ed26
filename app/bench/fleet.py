"""Thousands of websocket clients in one process: one epoll loop, raw sockets, so that the clients cost little."""

from __future__ import annotations

import errno
import select
import socket
from collections.abc import Callable
from contextlib import suppress

from app.base import clock
from app.bench.wire import PING_PACKET, BadFrame, client_frame, handshake, take_frame

PONG = client_frame("3")
JOIN = client_frame("40")
OPENING_AT_ONCE = 100
READ_BYTES = 65_536


class Client:
    """One websocket. `state` goes connecting, upgrading, joining, joined, closed; `refused` is the HTTP status."""

    __slots__ = ("data", "last_at", "messages", "reading", "refused", "sock", "state", "turn")

    def __init__(self, turn: int, receive_bytes: int = 0) -> None:
        self.turn = turn
        self.sock = socket.socket()
        if receive_bytes:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.sock.setblocking(False)
        self.state = "connecting"
        self.data = bytearray()
        self.messages = 0
        self.last_at = 0.0
        self.reading = True
        self.refused = 0


class Fleet:
    """Clients of one server. `path_of(turn)` is asked when a client connects, as tickets are short-lived.

    `on_message(client, payload)` hears every message after the join; without it they are only counted.
    """

    def __init__(
        self,
        address: tuple[str, int],
        path_of: Callable[[int], str],
        on_message: Callable[[Client, bytes], None] | None = None,
        *,
        receive_bytes: int = 0,
    ) -> None:
        self._receive_bytes = receive_bytes
        self._address = address
        self._path_of = path_of
        self._on_message = on_message
        self._epoll = select.epoll()
        self.clients: dict[int, Client] = {}
        self.received = 0
        self.joined = 0
        self.turned_away: list[int] = []
        self.errors: list[str] = []
        self._joins = True
        self._begun = 0

    def open(self, count: int, *, seconds: float, at_once: int = OPENING_AT_ONCE, join: bool = True) -> int:
        """Connect `count` more clients, some at a time; how many are joined (or, without `join`, open)."""
        wanted = "joined" if join else "joining"
        self._joins = join
        fresh: list[Client] = []
        until = clock.ticks() + seconds
        while clock.ticks() < until:
            opening = sum(1 for one in fresh[-2 * at_once :] if one.state in ("connecting", "upgrading"))
            for _ in range(min(at_once - opening, count - len(fresh))):
                fresh.append(self.begin())
            self.poll(0.05)
            if len(fresh) == count and all(one.state in (wanted, "closed") for one in fresh):
                break
        return sum(1 for one in fresh if one.state == wanted)

    def begin(self) -> Client:
        """One more client begins to connect."""
        self._begun += 1
        client = Client(self._begun, self._receive_bytes)
        result = client.sock.connect_ex(self._address)
        if result not in (0, errno.EINPROGRESS):
            self.errors.append(f"connect: {errno.errorcode.get(result, result)}")
            client.state = "closed"
            return client
        self.clients[client.sock.fileno()] = client
        self._epoll.register(client.sock.fileno(), select.EPOLLOUT)
        return client

    def poll(self, seconds: float) -> None:
        """Serve whatever comes within `seconds` (at least one round)."""
        for number, _what in self._epoll.poll(seconds, 4096):
            client = self.clients[number]
            if client.state == "connecting":
                self._upgrade(client)
            else:
                self._read(client)

    def poll_until(self, reached: Callable[[], bool], *, seconds: float) -> bool:
        """Serve until something is reached; False when it was not in time."""
        until = clock.ticks() + seconds
        while not reached():
            if clock.ticks() > until:
                return False
            self.poll(min(0.05, seconds))
        return True

    def _upgrade(self, client: Client) -> None:
        host = f"{self._address[0]}:{self._address[1]}"
        try:
            client.sock.send(handshake(host, self._path_of(client.turn)))
        except OSError as error:
            self._close(client, f"upgrade: {error}")
            return
        client.state = "upgrading"
        self._epoll.modify(client.sock.fileno(), select.EPOLLIN)

    def _read(self, client: Client) -> None:
        try:
            data = client.sock.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError as error:
            self._close(client, f"read: {error}")
            return
        if not data:
            self._close(client, "")
            return
        if client.state == "joined" and not client.data and self._on_message is None and _is_one_event(data):
            client.messages += 1  # the short way: nearly every read of a broadcast is one whole frame
            client.last_at = clock.ticks()
            self.received += 1
            return
        client.data += data
        if client.state == "upgrading" and not self._upgraded(client):
            return
        self._frames(client)

    def _upgraded(self, client: Client) -> bool:
        head, found, rest = bytes(client.data).partition(b"\r\n\r\n")
        if not found:
            return False
        protocol, _, after = head.partition(b" ")
        if protocol != b"HTTP/1.1":
            raise BadFrame(f"the answer begins with {head[:20]!r}")
        status = int(after[:3])
        if status != 101:
            client.refused = status
            self.turned_away.append(status)
            self._close(client, "")
            return False
        client.data = bytearray(rest)
        client.state = "joining"
        return True

    def _frames(self, client: Client) -> None:
        while client.state != "closed" and (frame := take_frame(client.data)) is not None:
            opcode, payload = frame
            if opcode == 8:
                self._close(client, "")
            elif opcode == 1:
                self._packet(client, payload)

    def _packet(self, client: Client, payload: bytes) -> None:
        kind = payload[:1].decode()
        if kind == PING_PACKET:
            self._send(client, PONG)
        elif kind == "0" and self._joins:
            self._send(client, JOIN)
        elif payload.startswith(b"40") and client.state == "joining":
            client.state = "joined"
            self.joined += 1
        elif payload.startswith(b"42"):
            client.messages += 1
            client.last_at = clock.ticks()
            self.received += 1
            if self._on_message is not None:
                self._on_message(client, payload)

    def _send(self, client: Client, frame: bytes) -> None:
        with suppress(OSError):
            client.sock.send(frame)

    def stall(self, client: Client) -> None:
        """The client stops reading, as a phone does that goes to sleep."""
        client.reading = False
        self._epoll.modify(client.sock.fileno(), 0)

    def resume(self, client: Client) -> None:
        """It reads again."""
        client.reading = True
        self._epoll.modify(client.sock.fileno(), select.EPOLLIN)

    def _close(self, client: Client, why: str) -> None:
        if why:
            self.errors.append(why)
        if client.state == "closed":
            return
        self.joined -= client.state == "joined"
        client.state = "closed"
        self._epoll.unregister(client.sock.fileno())
        self.clients.pop(client.sock.fileno(), None)
        client.sock.close()

    def drop(self, client: Client) -> None:
        """The client is gone without a word."""
        self._close(client, "")

    def close(self) -> None:
        """All clients hang up."""
        for client in list(self.clients.values()):
            self._close(client, "")
        self._epoll.close()


def _is_one_event(data: bytes) -> bool:
    """Whether these bytes are one whole short or medium frame with a Socket.IO event in it."""
    if data[0] != 0x81 or len(data) < 6:
        return False
    if data[1] < 126:
        return len(data) == 2 + data[1] and data[2:4] == b"42"
    return data[1] == 126 and len(data) == 4 + int.from_bytes(data[2:4], "big") and data[4:6] == b"42"
