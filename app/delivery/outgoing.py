"""Requests to the outside: pooled, without redirects, with a hard end, and only as much of the answer as is needed."""

from __future__ import annotations

import contextlib
import http.client
import select
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from gevent import monkey

from app.base import clock
from app.delivery.origins import origin_of

ANSWER_BYTES = 4096
IDLE_PER_ORIGIN = 200
IDLE_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.25
# The system's own: nothing is waited for, and gevent's would let all others run first, for each request.
POLL = monkey.get_original("select", "poll")


class NoContact(Exception):
    """Nobody answered in time, or what answered spoke no HTTP."""


@dataclass(frozen=True)
class Reply:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def retry_after(self) -> timedelta | None:
        """How long it asks to wait, if it does."""
        text = self.headers.get("retry-after", "").strip()
        if text.isdigit():
            return timedelta(seconds=min(int(text), 86_400))
        try:
            return max(timedelta(0), parsedate_to_datetime(text) - clock.now())
        except (ValueError, TypeError):
            return None


class _Whole(http.client.HTTPConnection):
    """Sends head and body together: one packet and one system call for a push instead of two."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pieces: list[bytes] = []

    def send(self, data: Any) -> None:
        """Keep it until all of the request is there."""
        self._pieces.append(data)

    def flush(self) -> None:
        """Connect if need be, and send."""
        pieces, self._pieces = self._pieces, []
        super().send(b"".join(pieces))


class _WholeTls(_Whole, http.client.HTTPSConnection):
    """The same over TLS."""


class Outgoing:
    """A pool of connections, to be shared by threads. Certificates are checked; nothing is followed anywhere else."""

    def __init__(self, *, deadline_seconds: float) -> None:
        self._deadline_seconds = deadline_seconds
        self._tls = ssl.create_default_context()
        self._idle: dict[str, deque[tuple[float, _Whole]]] = {}
        self._busy: dict[_Whole, float] = {}
        self._lock = threading.Lock()
        self._reaper: threading.Thread | None = None

    def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """One request, one answer. NoContact when it does not come before the deadline."""
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with self._connection(url) as connection:
            try:
                connection.request(method, target, body=body or None, headers=dict(headers))
                connection.flush()
                answer = connection.getresponse()
                text = answer.read(ANSWER_BYTES)
            except (OSError, http.client.HTTPException, ValueError) as error:
                connection.close()
                raise NoContact(type(error).__name__) from error
            if answer.will_close or not answer.isclosed():
                connection.close()
            return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)

    def reaches(self, origin: str) -> bool:
        """Whether a connection to an origin comes about, with a certificate that is right."""
        try:
            with self._connection(origin, fresh=True) as connection:
                connection.connect()
                connection.close()
        except (OSError, NoContact):
            return False
        return True

    def close(self) -> None:
        """Let go of all connections."""
        with self._lock:
            for line in self._idle.values():
                for _since, connection in line:
                    connection.close()
            self._idle.clear()

    @contextlib.contextmanager
    def _connection(self, url: str, *, fresh: bool = False) -> Iterator[_Whole]:
        origin = origin_of(url)
        if not origin:
            raise NoContact("address")
        connection = (None if fresh else self._take(origin)) or self._make(origin)
        with self._lock:
            self._busy[connection] = clock.ticks() + self._deadline_seconds
        self._watch()
        try:
            yield connection
        finally:
            with self._lock:
                self._busy.pop(connection, None)
                line = self._idle.setdefault(origin, deque())
                if connection.sock is not None and len(line) < IDLE_PER_ORIGIN:
                    line.append((clock.ticks(), connection))
                else:
                    connection.close()

    def _take(self, origin: str) -> _Whole | None:
        """A connection that the other side has not closed meanwhile."""
        with self._lock:
            line = self._idle.get(origin, deque())
            while line:
                since, connection = line.pop()
                if clock.ticks() - since < IDLE_SECONDS and _is_open(connection):
                    return connection
                connection.close()
        return None

    def _make(self, origin: str) -> _Whole:
        parts = urlsplit(origin)
        if parts.scheme == "https":
            return _WholeTls(str(parts.hostname), parts.port, timeout=self._deadline_seconds, context=self._tls)
        return _Whole(str(parts.hostname), parts.port, timeout=self._deadline_seconds)

    def _watch(self) -> None:
        """A server that sends a byte now and then would hold a thread for ever: cut it off at the deadline."""
        with self._lock:
            if self._reaper is not None:
                return  # it says so itself when it ends; asking the thread would take a lock for each request
            self._reaper = threading.Thread(target=self._reap, name="delivery-deadlines", daemon=True)
            self._reaper.start()

    def _reap(self) -> None:
        while True:
            time.sleep(LOOK_EVERY_SECONDS)
            with self._lock:
                if not self._busy:
                    self._reaper = None
                    return
                late = [one for one, ends_at in self._busy.items() if ends_at < clock.ticks()]
            for connection in late:
                with contextlib.suppress(OSError, AttributeError):
                    connection.sock.shutdown(socket.SHUT_RDWR)


def _is_open(connection: http.client.HTTPConnection) -> bool:
    """Whether nothing waits to be read: between requests that could only be the other side's goodbye."""
    if connection.sock is None:
        return False
    waiting = POLL()
    waiting.register(connection.sock, select.POLLIN)
    return not waiting.poll(0)
