"""Times at the door: the server's order, the phone's ages, doubt where a clock was wrong; the night clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.base.instants import from_wire
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

# Europe/London: at 01:00 UTC the clock goes back from 02:00 to 01:00, or on from 01:00 to 02:00.
BACK, ON = datetime(2026, 10, 25, 1, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def sign_of(phone: PhonePort, task: str) -> dict[str, object]:
    phone.pull()
    return dict(phone.one("task", id=task)["signs"][-1])


def task_of(phone: PhonePort, code: str) -> str:
    return str(phone.one("task", role="bedside-nurse", code=code, occurrence=1)["id"])


@pytest.mark.parametrize(
    ("ahead", "is_doubted"),
    [
        (timedelta(seconds=100), False), (timedelta(seconds=-100), False), (timedelta(minutes=3), True),
        (timedelta(days=1), True), (timedelta(days=-1), True), (timedelta(days=4000), True),
    ],
)  # fmt: skip
def test_the_time_of_an_entry_is_the_server_s_less_its_age_and_doubted_beyond_two_minutes(
    hospital: Hospital, clock: FakeClock, ahead: timedelta, is_doubted: bool
) -> None:
    hospital.declare()
    nia = hospital.phone("nia")
    task = task_of(nia, "A2")
    nia.ahead = ahead
    nia.record("task.complete", task=task, captured={}, note="")
    made = clock.instant
    clock.advance(minutes=40)
    nia.push()

    sign = sign_of(nia, task)
    assert (from_wire(str(sign["at"])), sign.get("uncertain", False)) == (made, is_doubted)


@pytest.mark.parametrize(("ahead", "is_doubted"), [(timedelta(seconds=100), False), (timedelta(minutes=3), True)])
def test_leaders_read_in_the_timeline_which_times_are_doubted(
    hospital: Hospital, clock: FakeClock, ahead: timedelta, is_doubted: bool
) -> None:
    incident = hospital.declare()
    nia = hospital.phone("nia")
    nia.ahead = ahead

    nia.do("help.ask", incident=incident, unit="icu", text="No paper")

    told = hospital.phone("priya").one("event", type="help.asked")["text"]
    assert told["en"].endswith("(time uncertain)") is is_doubted
    assert told["es"].endswith("(hora incierta)") is is_doubted


def test_a_clock_that_jumps_while_an_entry_waits_is_doubted(hospital: Hospital, clock: FakeClock) -> None:
    hospital.declare()
    nia = hospital.phone("nia")
    task = task_of(nia, "A2")
    pending = nia.record("task.complete", task=task, captured={}, note="")
    clock.advance(minutes=5)
    envelope = nia.envelope(nia.outbox)
    envelope["ops"][0]["age_ms"] += 3_600_000
    answer = nia.post_push(envelope).get_json()

    assert [(result["id"], result["st"]) for result in answer["results"]] == [(pending, "ok")]
    assert sign_of(nia, task)["uncertain"] is True


@pytest.mark.parametrize("change", [BACK, ON], ids=["clocks go back", "clocks go on"])
def test_in_the_night_in_which_clocks_change_minutes_stay_minutes(
    hospital: Hospital, clock: FakeClock, change: datetime
) -> None:
    clock.set(change - timedelta(minutes=20))
    hospital.declare()
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    first, second = task_of(nia, "A2"), task_of(nia, "A3")
    assert from_wire(nia.one("task", id=task_of(nia, "B1"))["due_at"]) == change + timedelta(minutes=10)
    nia.record("task.complete", task=first, captured={}, note="")
    made = clock.instant
    clock.advance(minutes=50)
    bo.do("task.complete", task=second, captured={}, note="")
    nia.push()

    assert from_wire(str(sign_of(nia, first)["at"])) == made
    assert from_wire(str(sign_of(bo, second)["at"])) == made + timedelta(minutes=50)
    assert "uncertain" not in sign_of(nia, first)


@pytest.mark.parametrize("change", [BACK, ON], ids=["clocks go back", "clocks go on"])
def test_two_who_start_a_card_on_both_sides_of_the_change_start_one(
    hospital: Hospital, clock: FakeClock, change: datetime
) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    night = {"unit": "icu", "plan": "ehr-unplanned", "incident": None, "started": None, "shift": "night"}
    day = (change - timedelta(days=1)).date().isoformat()
    clock.set(change - timedelta(minutes=10))
    nia.record("run.start", **night, day=day)
    clock.set(change + timedelta(minutes=20))
    bo.record("run.start", **night, day=day)

    assert [result["st"] for result in bo.push()] == ["ok"]
    assert [result["st"] for result in nia.push()] == ["superseded"]
    nia.pull()
    run = nia.one("local_run")
    assert from_wire(run["started_at"]) == change - timedelta(minutes=10)
    assert len(run["starts"]) == 2
