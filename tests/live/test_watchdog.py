"""The watchdog sees what holds the loop, and how much of it was our own work."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import gevent
import pytest

from app.live.watchdog import STALLS, LoopWatch


@pytest.fixture
def watch() -> Iterator[LoopWatch]:
    found = LoopWatch()
    runner = gevent.spawn(found.run)
    gevent.sleep(0.05)
    found.forget()
    yield found
    runner.kill()


def test_a_loop_that_is_held_is_counted_and_logged(watch: LoopWatch, caplog: pytest.LogCaptureFixture) -> None:
    counted = STALLS._value.get()
    with caplog.at_level(logging.WARNING, "wardlight.live"):
        time.sleep(0.2)  # nobody yields here, as in a blocking call
        gevent.sleep(0.05)

    assert watch.stalls >= 1 and watch.worst_ms > 100
    assert STALLS._value.get() == counted + watch.stalls
    assert any(record.message == "loop.stalled" and record.late_ms > 100 for record in caplog.records)  # type: ignore[attr-defined]


def test_waiting_is_told_from_working(watch: LoopWatch) -> None:
    time.sleep(0.2)
    gevent.sleep(0.05)
    waited = watch.worst_busy_ms
    watch.forget()

    until = time.thread_time() + 0.2
    while time.thread_time() < until:
        pass
    gevent.sleep(0.05)

    assert waited < 100 < watch.worst_busy_ms


def test_a_loop_that_is_behind_has_its_turn_first(watch: LoopWatch) -> None:
    seen: list[str] = []
    gevent.spawn_later(0.01, seen.append, "a timer")
    time.sleep(0.06)  # nobody yields here, as while requests that came together are begun

    watch.stand_back()

    assert seen == ["a timer"]


def test_nobody_stands_back_while_the_loop_keeps_up(watch: LoopWatch) -> None:
    seen: list[str] = []
    gevent.spawn(seen.append, "another")

    watch.stand_back()
    LoopWatch().stand_back()  # and not where nobody watches

    assert seen == []


def test_those_who_stood_back_together_do_not_go_on_together(watch: LoopWatch) -> None:
    """Each of five works for 20 ms; while they do, a timer has its turn after two of them and not after all."""
    done: list[str] = []

    def work() -> None:
        watch.stand_back()
        time.sleep(0.02)
        done.append("work")

    def tick() -> None:
        gevent.sleep(0.001)
        done.append("tick")

    time.sleep(0.06)
    workers = [gevent.spawn(work) for _ in range(5)]
    workers.append(gevent.spawn(lambda: [tick() for _ in range(5)]))
    gevent.joinall(workers)

    longest = max(len(run) for run in "".join("w" if one == "work" else "t" for one in done).split("t"))
    assert longest <= 3 and done.count("work") == 5


def test_nobody_waits_for_a_watch_that_has_ended(watch: LoopWatch) -> None:
    watch.looked_at = 0.0  # as if nobody looked any more
    gevent.sleep(0)
    began = time.monotonic()

    LoopWatch(looked_at=0.0).stand_back()

    assert time.monotonic() - began < 5
