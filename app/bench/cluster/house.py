"""A house of several server processes: `wardlight serve` on one PostgreSQL, joined by Redis, behind nginx."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.base import clock
from app.base.settings import CHECKOUT
from app.bench.cluster.engines import START_SECONDS, Nginx, Postgres, RedisServer
from app.bench.processes import free_port
from app.bench.town import Town, found_town

METRICS_WORD = "bench"


class Web:
    """One `wardlight serve`."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.port = free_port()
        self._data_dir = data_dir
        self._env = {
            "WARDLIGHT_DATA_DIR": str(data_dir),
            "WARDLIGHT_WORKER": "false",
            "WARDLIGHT_METRICS_TOKEN": METRICS_WORD,
            **{f"WARDLIGHT_{name.upper()}": value for name, value in settings.items()},
        }

    def begin(self) -> None:
        """Start it, without waiting."""
        with (self._data_dir / f"web-{self.port}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app", "serve", "--port", str(self.port)],
                cwd=CHECKOUT,
                env={**os.environ, **self._env},
                stdout=log,
                stderr=log,
            )

    def wait(self) -> None:
        """Until it answers. RuntimeError with its log when it does not."""
        until = clock.ticks() + START_SECONDS
        while clock.ticks() < until and self._process.poll() is None:
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        log = (self._data_dir / f"web-{self.port}.log").read_text(errors="replace")
        raise RuntimeError(f"no answer on port {self.port}: {log[-2000:]}")

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of a GET."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def metric(self, name: str) -> float:
        """One of its counts; 0 for one it does not have."""
        _status, text = self.get("/metrics", Authorization=f"Bearer {METRICS_WORD}")
        found = [line.split()[1] for line in text.splitlines() if line.startswith(f"{name} ")]
        return float(found[0]) if found else 0.0

    def cpu_seconds(self) -> float:
        """Processor time of the process until now."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """It dies at once, as by kill -9."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """It ends in order."""
        self._process.terminate()
        self._process.wait(20)


class House:
    """The engines of a house and its town; web processes are started and ended as the bench wants."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.data_dir = folder / "data"
        self.folder = folder
        self.postgres = Postgres()
        stack.callback(self.postgres.close)
        self.redis = RedisServer()
        stack.callback(lambda: self.redis.kill())

    def found(self, *, units: int, phones: int) -> Town:
        """Seed the town in the house's database."""
        return found_town(self.data_dir, units=units, phones=phones, database_url=self.postgres.dsn)

    @contextmanager
    def serving(self, count: int) -> Iterator[tuple[list[Web], Nginx]]:
        """That many web processes behind nginx, until the block ends."""
        settings = {"database_url": self.postgres.dsn, "redis_url": self.redis.url, "log_level": "WARNING"}
        with ExitStack() as stack:
            webs = []
            for _ in range(count):
                webs.append(Web(self.data_dir, **settings))
                webs[-1].begin()
                stack.callback(webs[-1].stop)
            for web in webs:
                web.wait()
            nginx = Nginx(self.folder / f"nginx-{count}", ports_of(webs))
            stack.callback(nginx.close)
            yield webs, nginx


def ports_of(webs: Sequence[Web]) -> list[int]:
    """Where they listen."""
    return [web.port for web in webs]
