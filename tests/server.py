"""A real server process with the demo hospital, and what talks to it: HTTP and websockets over a real socket."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wsproto import ConnectionType, WSConnection
from wsproto.events import RejectConnection, Request, TextMessage

from app.base.settings import CHECKOUT
from app.bench import processes
from tests.databases import Databases

FIRST_PORT, PORTS_EACH = 21700, 100
START_SECONDS, ANSWER_SECONDS = 60, 10
PASSWORD = "demo"
Json = dict[str, Any]


def free_port() -> int:
    """A port that nobody has; each test worker has a range of its own."""
    first = FIRST_PORT + PORTS_EACH * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return processes.free_port(range(first, first + PORTS_EACH))


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class RealServer:
    """`python -m app demo`, running."""

    port: int
    process: subprocess.Popen[str]

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request on a connection of its own. A body that is no text is sent as JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            data = body if body is None or isinstance(body, str) else json.dumps(body)
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            kind = {} if body is None else {"Content-Type": "application/json"}
            connection.request(method, path, data and data.encode(), {**kind, **named})
            found = connection.getresponse()
            return Answer(found.status, dict(found.getheaders()), found.read().decode())
        finally:
            connection.close()


@dataclass
class Browser:
    """Somebody signed in over HTTP: a cookie and a push token."""

    server: RealServer
    username: str
    device: str
    boot: Json = field(default_factory=dict)
    cookie: str = ""

    def sign_in(self) -> Browser:
        """Sign in with the demo's password."""
        device = {"id": self.device, "label": "Phone", "platform": "test"}
        body = {"username": self.username, "password": PASSWORD, "device": device}
        answer = self.server.request("POST", "/api/login", body)
        assert answer.status == 200, answer.text
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        self.boot = answer.json
        return self

    def get(self, path: str) -> Answer:
        """A read with the cookie."""
        return self.server.request("GET", path, Cookie=self.cookie)

    def pull(self, cursors: dict[str, int], *, page: str | None = None) -> Answer:
        """Rows after the cursors."""
        body = {"proto": 1, "epoch": self.boot["epoch"], "cursors": cursors, "page": page}
        return self.server.request("POST", "/api/sync/pull", body, Cookie=self.cookie)

    def push(self, *ops: Json) -> Answer:
        """Hand in ops under the push token, without the cookie."""
        body = {"proto": 1, "device": self.device, "epoch": self.boot["epoch"], "sent_at": ops[0]["at"]}
        body |= {"queue": {"len": len(ops), "oldest_age_ms": 0}, "ops": list(ops)}
        return self.server.request("POST", "/api/sync/push", body, Authorization=f"Bearer {self.boot['push_token']}")


class HintSocket:
    """A websocket that speaks the few words of Engine.IO and Socket.IO that a phone needs."""

    def __init__(self, server: RealServer, ticket: str) -> None:
        self._raw = socket.create_connection(("127.0.0.1", server.port), timeout=ANSWER_SECONDS)
        self._frames = WSConnection(ConnectionType.CLIENT)
        self._texts: list[str] = []
        target = f"/socket.io/?EIO=4&transport=websocket&ticket={ticket}"
        self._raw.sendall(self._frames.send(Request(host=f"127.0.0.1:{server.port}", target=target)))
        assert self._receive().startswith("0"), "no open packet"
        self._send("40")
        assert self._receive().startswith("40"), "no connection"

    def _send(self, text: str) -> None:
        self._raw.sendall(self._frames.send(TextMessage(data=text)))

    def _receive(self, timeout: float = ANSWER_SECONDS) -> str:
        """The next message; empty when none came in time."""
        self._raw.settimeout(timeout)
        while not self._texts:
            try:
                data = self._raw.recv(65536)
            except TimeoutError:
                return ""
            assert data, "the server hung up"
            self._frames.receive_data(data)
            for event in self._frames.events():
                assert not isinstance(event, RejectConnection), f"refused with {event.status_code}"
                if isinstance(event, TextMessage):
                    self._texts.append(event.data)
        return self._texts.pop(0)

    def events(self, *, wait_seconds: float, until: str = "") -> list[tuple[str, Json]]:
        """The events that arrive in a while; it ends early after one whose scope is `until`."""
        found: list[tuple[str, Json]] = []
        end = time.monotonic() + wait_seconds
        while (left := end - time.monotonic()) > 0:
            text = self._receive(left)
            if text == "2":
                self._send("3")
            elif text.startswith("42"):
                name, body = json.loads(text[2:])
                found.append((name, body))
                if until and body.get("s") == until:
                    break
        return found

    def close(self) -> None:
        """Hang up."""
        self._raw.close()


@contextmanager
def serving(folder: Path, databases: Databases, **settings: str) -> Iterator[RealServer]:
    """The demo hospital served from a folder, until the block ends."""
    url, port = databases.make(folder), free_port()
    if not url:
        (folder / "wardlight.db").unlink()  # the demo seeds an empty folder
    given = {"WARDLIGHT_DATABASE_URL": url, **{f"WARDLIGHT_{name.upper()}": value for name, value in settings.items()}}
    command = [sys.executable, "-m", "app", "demo", "--port", str(port), "--data", str(folder), "--seed", "42"]
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        command, cwd=CHECKOUT, env={**os.environ, **given}, stdout=log, stderr=subprocess.STDOUT, text=True
    )
    server = RealServer(port, process)
    try:
        wait_until_it_answers(server, folder / "server.log")
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        log.close()
        databases.drop(url)


def wait_until_it_answers(server: RealServer, log: Path) -> None:
    """AssertionError with the server's log when it ends or stays silent."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.process.poll() is not None:
            break
        try:
            if server.request("GET", "/api/ping").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")
