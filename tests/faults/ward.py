"""A demo hospital in a process that may be killed and started again, and what is on record in it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.base.settings import CHECKOUT
from tests.databases import Databases
from tests.server import Browser, RealServer, free_port, wait_until_it_answers

EVERYTHING = {"plan": "ehr-unplanned", "title": "EHR is down", "kind": "real", "level": 2, "services": ["ehr"]}
Json = dict[str, Any]


class Ward:
    """The server. Its port stays the same over a restart, as its address does in a hospital."""

    def __init__(self, folder: Path, databases: Databases) -> None:
        self.folder, self._databases = folder, databases
        self.url = databases.make(folder)
        if not self.url:
            (folder / "wardlight.db").unlink()  # the demo seeds an empty folder
        self.port = free_port()
        self.server: RealServer | None = None

    @property
    def address(self) -> str:
        """Where it serves, without a proxy in between."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """The settings of the server and of the commands that are run beside it."""
        named = {"DATA_DIR": str(self.folder), "DATABASE_URL": self.url, "ACCEPT_PER_SECOND": "2000"}
        return {**os.environ, **{f"WARDLIGHT_{name}": value for name, value in named.items()}}

    def start(self) -> RealServer:
        """Start it and wait until it answers."""
        with (self.folder / "server.log").open("a") as log:
            command = [sys.executable, "-m", "app", "demo", "--port", str(self.port), "--data", str(self.folder)]
            process = subprocess.Popen(
                [*command, "--seed", "42"], cwd=CHECKOUT, env=self.env, stdout=log, stderr=log, text=True
            )
        self.server = RealServer(self.port, process)
        wait_until_it_answers(self.server, self.folder / "server.log")
        return self.server

    def kill(self) -> None:
        """It dies in the middle of whatever it does, as in a power cut."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """It ends as an administrator ends it."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.server is not None:
            self.server.process.send_signal(how)
            self.server.process.wait(20)
            self.server = None

    def command(self, *words: str) -> str:
        """Run a command of the product beside it; what it printed. AssertionError when it failed."""
        command = [sys.executable, "-m", "app", *words]
        done = subprocess.run(command, cwd=CHECKOUT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def person(self, username: str) -> Browser:
        """Somebody signed in straight at the server, on a computer with a good line."""
        assert self.server is not None
        return Browser(self.server, username, f"desk-{username}-{uuid7()[-6:]}").sign_in()

    def declare(self, units: list[str] | None = None) -> str:
        """Omar declares; the incident's id."""
        incident = uuid7()
        omar = self.person("omar")
        answer = omar.push(op("incident.declare", 1, {**EVERYTHING, "incident": incident, "units": units}))
        assert answer.json["results"][0]["st"] == "ok", answer.text
        return incident

    def results(self, ids: Iterable[str]) -> dict[str, Json]:
        """What is on record of these ops: results by id. An op that is not there is not in it."""
        wanted = set(ids)
        found = self._all("SELECT id, result FROM op_result")
        return {op_id: _json(result) for op_id, result in found if op_id in wanted}

    def count(self, table: str, where: str = "1 = 1") -> int:
        """How many rows a table has."""
        return int(self._all(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])  # noqa: S608 - our own names

    def _all(self, query: str) -> list[Any]:
        engine = create_engine(self.url or f"sqlite:///{self.folder / 'wardlight.db'}")
        with engine.connect() as connection:
            found = connection.execute(text(query)).all()
        engine.dispose()
        return list(found)

    def close(self) -> None:
        """End it and remove its database."""
        self.stop()
        self._databases.drop(self.url)


def op(kind: str, n: int, args: Json) -> Json:
    """An op that is sent in the moment in which it is made."""
    made = {"id": uuid7(), "n": n, "kind": kind, "v": 1, "at": to_wire(clock.now()), "age_ms": 0}
    return {**made, "base": None, "args": args}


def _json(value: Any) -> Json:
    return dict(json.loads(value) if isinstance(value, str) else value)


@contextmanager
def ward_in(folder: Path, databases: Databases) -> Iterator[Ward]:
    """A serving ward, until the block ends."""
    ward = Ward(folder, databases)
    try:
        ward.start()
        yield ward
    finally:
        ward.close()
