"""Two real server processes on one PostgreSQL with a real Redis, one behind nginx: news crosses, also without Redis."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.bench.cluster.engines import Nginx, RedisServer
from app.bench.cluster.house import Web
from app.bench.cluster.voice import Ear, say
from app.bench.town import Town, found_town
from tests.databases import Databases
from tests.server import free_port

SECONDS = 30.0


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    server = RedisServer(free_port())
    yield server
    server.kill()


@pytest.fixture
def town(tmp_path: Path, run_databases: Databases) -> Iterator[tuple[Town, str]]:
    folder = tmp_path / "data"
    folder.mkdir()
    url = run_databases.make(folder)
    yield found_town(folder, units=1, phones=1, database_url=url), url
    run_databases.drop(url)


def until(reached: Callable[[], bool]) -> bool:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if reached():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.postgres
def test_news_crosses_by_redis_and_without_it_by_the_database(
    town: tuple[Town, str], redis: RedisServer, tmp_path: Path
) -> None:
    (seeded, url), phone = town, town[0].phones[0]
    with ExitStack() as stack:
        east, west = (Web(seeded.data_dir, database_url=url, redis_url=redis.url) for _ in range(2))
        for web in (east, west):
            web.begin()
            stack.callback(web.stop)
        for web in (east, west):
            web.wait()
        assert until(lambda: east.metric("wardlight_redis_up") == 1 == west.metric("wardlight_redis_up"))
        nginx = Nginx(tmp_path / "nginx", [west.port])
        stack.callback(nginx.close)
        ear = Ear(seeded, phone, nginx.port)
        stack.callback(ear.close)

        assert ear.wait_for(say(seeded, phone, east.port, 1), seconds=SECONDS) is not None
        assert ear.with_rows

        redis.kill()
        assert until(lambda: "redis is not heard" in west.get("/readyz")[1])
        assert (east.get("/readyz")[0], east.get("/healthz")) == (200, (200, "alive\n"))
        assert ear.wait_for(say(seeded, phone, east.port, 2), seconds=SECONDS) is not None

        redis.start()
        assert until(lambda: east.metric("wardlight_redis_up") == 1 == west.metric("wardlight_redis_up"))
        assert ear.wait_for(say(seeded, phone, east.port, 3), seconds=SECONDS) is not None
        assert until(lambda: sorted(web.metric("wardlight_leads") for web in (east, west)) == [0, 1])
