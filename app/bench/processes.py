"""Servers under measurement: started as processes of their own, spoken to by lines of JSON, ended with the bench."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from app.base.settings import CHECKOUT

END_SECONDS = 10
PORTS = range(22_000, 22_300)


class Server:
    """A running server and its line."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self._process = process
        self._orders, self._answers = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
        self._open_orders = 1  # being ready is the first answer
        self.port = port

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """Send one order and wait for its answer; earlier answers are passed over. RuntimeError when it has ended."""
        self.tell(order)
        while self._open_orders > 1:
            self.answer()
        return self.answer()

    def tell(self, order: dict[str, Any]) -> None:
        """Send one order; its answer is fetched later by `answer`."""
        self._orders.write(json.dumps(order) + "\n")
        self._orders.flush()
        self._open_orders += 1

    def answer(self) -> dict[str, Any]:
        """The next answer; lines that are no JSON objects are passed over."""
        for line in self._answers:
            if line.startswith("{"):
                self._open_orders -= 1
                return dict(json.loads(line))
        raise RuntimeError(f"the server ended with {self._process.wait()}")

    def kill(self) -> None:
        """It dies at once, as in a power cut."""
        self._process.kill()
        self._process.wait()

    def memory_bytes(self) -> int:
        """Resident memory of the process now."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGESIZE")

    def cpu_seconds(self) -> float:
        """Processor time of the process until now."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(command: Sequence[str], *, port: int, env: dict[str, str] | None = None) -> Iterator[Server]:
    """Start a server that says `{"ready": ...}` when it listens and ends when its standard input does."""
    process = subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, **(env or {})},
    )
    try:
        server = Server(process, port)
        server.answer()
        yield server
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.communicate(timeout=END_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        process.kill()
        process.communicate()


@contextmanager
def our_server(
    data_dir: Path, *, port: int | None = None, sndbuf: int | None = None, **settings: Any
) -> Iterator[Server]:
    """The product's server on a fresh folder, with the line of app.bench.served."""
    port = port or free_port()
    named = {"data_dir": data_dir, "port": port, "hint_coalesce_ms": 0, **settings}
    env = {f"WARDLIGHT_{name.upper()}": str(value) for name, value in named.items()}
    data_dir.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "app.bench.served", *([] if sndbuf is None else [str(sndbuf)])]
    with running(command, port=port, env=env) as server:
        yield server


_given_lately: deque[int] = deque(maxlen=20)


def free_port(ports: Sequence[int] = PORTS) -> int:
    """One of the ports that nobody has and that was not given lately: who was given it may not listen yet. The ports
    lie below those that the system gives to outgoing connections."""
    for port in random.sample(ports, len(ports)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            if port not in _given_lately:
                _given_lately.append(port)
                return port
    raise RuntimeError("no port is free")
