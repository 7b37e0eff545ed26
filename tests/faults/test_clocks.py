"""Clocks that are wrong, jump or are changed by law: times stay right or are marked, and nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.base import clock
from app.base.instants import from_wire
from tests.faults import network
from tests.faults.js_phone import JsPhone
from tests.faults.proxy import FaultProxy
from tests.faults.ward import Ward

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
CLOSE = timedelta(seconds=20)


def tick(phone: JsPhone, task: str) -> datetime:
    """Tick a task; when that was, by the right clock."""
    phone.record("task.complete", task=task, captured={}, note="")
    return clock.now()


def open_tasks(phone: JsPhone, count: int) -> list[str]:
    rows = phone.rows("task", role="bedside-nurse", state="open", two_person=False)
    return sorted(row["id"] for row in rows if "gate" not in row)[:count]


def own_sign(phone: JsPhone, task: str) -> dict[str, object]:
    (row,) = phone.rows("task", id=task)
    return dict(row["signs"][-1])


def assert_at(sign: dict[str, object], made: datetime) -> None:
    assert abs(from_wire(str(sign["at"])) - made) < CLOSE, (sign, made)


@pytest.mark.parametrize("ahead_ms", [DAY_MS, -DAY_MS], ids=["a day fast", "a day slow"])
def test_a_phone_a_day_off_records_at_the_right_time_and_is_marked(
    ward: Ward, proxy: FaultProxy, nia: JsPhone, ahead_ms: int
) -> None:
    nia.do("ahead", ms=ahead_ms)
    nia.do("open")
    (task,) = open_tasks(nia, 1)
    made = tick(nia, task)

    assert nia.talk() == "polling"

    sign = own_sign(nia, task)
    assert_at(sign, made)
    assert sign["uncertain"] is True
    entry = nia.shown()["entries"][0]
    assert abs(from_wire(entry["at"]) - made) < CLOSE, "shown in the hospital's time"
    assert ward.count("op_result", f"abs(skew_ms - {ahead_ms}) < 20000 AND id = '{entry['id']}'") == 1, "kept as it was"
    nia.record("task.reopen", task=task, reason="For the next.")
    nia.talk()


@pytest.mark.parametrize("jump_ms", [HOUR_MS, -HOUR_MS, DAY_MS], ids=["an hour on", "an hour back", "a day on"])
def test_a_clock_that_is_set_while_entries_wait_moves_none_of_them(
    ward: Ward, proxy: FaultProxy, nia: JsPhone, jump_ms: int
) -> None:
    before, after = open_tasks(nia, 2)
    proxy.set(network.lose_request)
    first = tick(nia, before)
    nia.talk()
    nia.do("ahead", ms=jump_ms)
    second = tick(nia, after)
    nia.talk()
    proxy.clear()

    assert nia.talk() == "polling"

    assert_at(own_sign(nia, before), first)
    assert_at(own_sign(nia, after), second)
    for task in (before, after):
        nia.record("task.reopen", task=task, reason="For the next.")
    nia.talk()


def test_a_clock_that_is_right_is_not_doubted(ward: Ward, proxy: FaultProxy, nia: JsPhone) -> None:
    (task,) = open_tasks(nia, 1)
    made = tick(nia, task)
    nia.talk()

    sign = own_sign(nia, task)
    assert_at(sign, made)
    assert "uncertain" not in sign
    nia.record("task.reopen", task=task, reason="For the next.")
    nia.talk()


def test_a_phone_that_is_opened_after_its_clock_was_set_asks_for_the_time_first(
    ward: Ward, proxy: FaultProxy, nia: JsPhone
) -> None:
    (task,) = open_tasks(nia, 1)
    proxy.set(network.lose_request)
    made = tick(nia, task)
    nia.talk()
    nia.do("ahead", ms=3 * HOUR_MS)
    nia.do("open")
    proxy.clear()

    assert nia.talk() == "polling"

    assert_at(own_sign(nia, task), made)
    nia.record("task.reopen", task=task, reason="For the next.")
    nia.talk()
