"""The worker as a process of its own: killed in the middle, started again, ended with its server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import func, select

from app.base.db import db
from app.base.settings import CHECKOUT
from app.delivery.models import Delivery
from tests.delivery.conftest import Post

PHONES = 90
IN_FLIGHT = 20
SOON_SECONDS = 40.0

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(post: Post) -> Iterator[Start]:
    """Starts workers on the test's database; all are gone at the end."""
    settings = post.ways.app.extensions["settings"]
    env = {
        **os.environ,
        "WARDLIGHT_DATA_DIR": str(settings.data_dir),
        "WARDLIGHT_DATABASE_URL": settings.database_url,
        "WARDLIGHT_PUSH_ORIGINS": post.service.origin,
        "WARDLIGHT_DELIVERY_IN_FLIGHT": str(IN_FLIGHT),
    }
    running: list[subprocess.Popen[bytes]] = []

    def make(*arguments: str) -> subprocess.Popen[bytes]:
        running.append(subprocess.Popen([sys.executable, "-m", "app", "worker", *arguments], cwd=CHECKOUT, env=env))
        return running[-1]

    yield make
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait()


def until(come_true: Callable[[], bool], what: str) -> None:
    ends_at = time.monotonic() + SOON_SECONDS
    while not come_true():
        assert time.monotonic() < ends_at, what
        time.sleep(0.02)


def sent() -> int:
    db.session.remove()
    query = select(func.count()).select_from(Delivery).where(Delivery.state == "sent")
    return int(db.session.execute(query).scalar_one())


def test_a_worker_that_is_killed_loses_nothing_and_what_it_doubles_is_bounded_and_known(
    post: Post, start: Start
) -> None:
    for n in range(PHONES):
        post.phone("nia", f"phone-{n}", device=f"d{n}")
    post.service.delay_seconds = 0.05
    post.ways.tell("nia", incident="i-1", ref="b-1", asks=True)

    first = start()
    until(lambda: len(post.service.pushes) >= PHONES // 3, "the first worker has sent a third")
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert sent() < PHONES
    start()
    until(lambda: sent() == PHONES, "the second worker has sent the rest")

    counts = Counter(push.name for push in post.service.pushes)
    assert set(counts) == {f"phone-{n}" for n in range(PHONES)}
    assert max(counts.values()) <= 2
    assert sum(count - 1 for count in counts.values()) <= IN_FLIGHT + IN_FLIGHT // 2
    for name in (name for name, count in counts.items() if count == 2):
        one, other = post.service.received(name)
        assert one.headers["topic"] == other.headers["topic"]
        assert one.message == other.message


@pytest.mark.long
def test_a_worker_that_is_asked_to_stop_finishes_what_is_under_way(post: Post, start: Start) -> None:
    for n in range(40):
        post.phone("nia", f"phone-{n}", device=f"d{n}")
    post.service.delay_seconds = 0.1
    post.ways.tell("nia")

    worker = start()
    until(lambda: len(post.service.pushes) >= 10, "it has begun")
    worker.terminate()
    assert worker.wait(SOON_SECONDS) == 0

    counts = Counter(push.name for push in post.service.pushes)
    assert max(counts.values()) == 1
    assert sent() == len(counts)


def test_a_worker_ends_with_the_server_that_started_it(post: Post, start: Start) -> None:
    server = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    worker = start("--follow", str(server.pid))
    post.phone("nia")
    post.ways.tell("nia")
    until(lambda: sent() == 1, "it works")

    server.kill()
    server.communicate()

    assert worker.wait(SOON_SECONDS) == 0
