"""What comes with each shift, for weeks: by the clock on the wall, made once, carried or closed as the plan says."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.base.attestation import by_system
from app.base.db import db
from app.base.instants import from_wire
from app.plans.commands import import_plan
from app.plans.pack import UnitRef
from app.response.commands.shift_sweep import sweep_shifts
from app.response.models import Task
from app.response.shifts import at_shift_end, next_start, shift_starts, shift_times
from tests.broadcasts.stage import wrong_rows
from tests.cast import PASSWORD, PLAN, SITE, UNITS, Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

TIMES = shift_times("19:00, 07:00")
SHIFTED = PLAN.replace(
    "      - {code: F1, do: Stay on paper.",
    """\
      - {code: E1, do: Count the paper stock., due: 30 min, anchor: shift}
      - {code: E2, do: Check the drips., due: 1 h, anchor: shift, safety: true}
      - {code: E3, do: Sign the list., due: 2 h, anchor: shift, at_shift_end: carry, until: TR}
      - {code: F1, do: Stay on paper.""",
)


def test_shifts_begin_by_the_wall_clock_also_when_clocks_are_set() -> None:
    spring = shift_starts(
        TIMES, "Europe/London", after=datetime(2026, 3, 28, 12, tzinfo=UTC), until=datetime(2026, 3, 29, 20, tzinfo=UTC)
    )
    autumn = shift_starts(
        TIMES,
        "Europe/London",
        after=datetime(2026, 10, 24, 12, tzinfo=UTC),
        until=datetime(2026, 10, 25, 20, tzinfo=UTC),
    )

    assert [(at.day, at.hour) for at in spring] == [(28, 19), (29, 6), (29, 18)]
    assert [(at.day, at.hour) for at in autumn] == [(24, 18), (25, 7), (25, 19)]
    assert next_start(TIMES, "Europe/London", after=spring[0]) == spring[1]


@pytest.mark.parametrize("text", ["", "7:00", "07:00;19:00", "24:00", "07:00,", "1,2,3,4,5,6,7"])
def test_a_mistyped_shift_time_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="WARDLIGHT_SHIFT_STARTS"):
        shift_times(text)


@pytest.mark.parametrize(
    ("task", "end"),
    [
        ({"state": "open", "safety": True}, "carry"),
        ({"state": "open", "safety": False}, "close"),
        ({"state": "open", "safety": True, "rules": {"at_shift_end": "close"}}, "close"),
        ({"state": "open", "safety": False, "rules": {"at_shift_end": "carry"}}, "carry"),
        ({"state": "half", "safety": False, "rules": {"at_shift_end": "close"}}, "carry"),
        ({"state": "open", "safety": True, "held": "when"}, "close"),
    ],
)
def test_what_is_open_at_the_end_of_a_shift(task: dict[str, Any], end: str) -> None:
    assert at_shift_end({"rules": None, "held": None, **task}) == end


@pytest.fixture
def incident(hospital: Hospital, clock: FakeClock) -> str:
    hospital.app.extensions.pop("shifts_swept", None)
    refs = [UnitRef(unit, kind) for unit, _name, kind in UNITS]
    import_plan(SHIFTED, site=SITE["id"], units=refs, attestation=by_system())
    return hospital.declare()  # 20:51 in London, an hour before the first check of the night


def rounds(phone: PhonePort, code: str) -> list[tuple[int, str, str]]:
    """(round, state, when it is due) of a step, as somebody of this shift sees it."""
    phone.sign_in(PASSWORD)
    phone.pull()
    found = sorted(phone.rows("task", code=code, role="bedside-nurse"), key=lambda row: row["occurrence"])
    return [(row["occurrence"], row["state"], row["due_at"][5:16]) for row in found]


def begin(clock: FakeClock, day: int, hour: int) -> None:
    clock.set(datetime(2026, 11, day, hour, 1, tzinfo=UTC))
    for _ in range(2):
        sweep_shifts()


def test_the_first_round_is_due_from_the_next_shift_and_later_ones_appear_when_theirs_begins(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    nia = hospital.phone("nia")
    assert rounds(nia, "E1") == [(1, "open", "11-22T07:30")]
    sweep_shifts()

    begin(clock, 22, 7)
    assert len(rounds(nia, "E1")) == 1
    nia.do("task.complete", task=nia.one("task", code="E3", role="bedside-nurse")["id"], captured={}, note="")
    begin(clock, 22, 19)

    assert rounds(nia, "E1") == [(1, "skipped", "11-22T07:30"), (2, "open", "11-22T19:30")]
    assert rounds(nia, "E2") == [(1, "open", "11-22T08:00")]
    assert rounds(nia, "E3") == [(1, "done", "11-22T09:00"), (2, "open", "11-22T21:00")]
    closed = next(row for row in nia.rows("task", code="E1", unit="icu") if row["occurrence"] == 1)
    assert (closed["reason"], closed["by"]) == ("shift_ended", None)
    assert wrong_rows() == {}


def test_a_downtime_of_weeks_keeps_one_round_a_shift_and_ends_where_the_plan_says(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    nia, omar = hospital.phone("nia"), hospital.phone("omar", device="desk")
    begin(clock, 22, 7)
    rounds(nia, "E2")
    nia.do("task.complete", task=nia.one("task", code="E2", role="bedside-nurse")["id"], captured={}, note="")
    clock.advance(days=6)  # the server stood still
    begin(clock, 28, 7)

    assert [number for number, _state, _due in rounds(nia, "E2")] == [1, 13]
    assert rounds(nia, "E1")[-1] == (13, "open", "11-28T07:30")

    omar.sign_in(PASSWORD)
    omar.do("incident.advance", incident=incident, to="restored", note="")
    carried = rounds(nia, "E3")
    begin(clock, 28, 19)

    assert rounds(nia, "E3") == carried
    assert rounds(nia, "E1")[-1][0] == 14
    omar.do("incident.advance", incident=incident, to="all_clear", note="")
    begin(clock, 29, 7)
    assert rounds(nia, "E1")[-1][0] == 14


def test_rounds_of_an_hour_stay_on_the_hour_over_days_and_a_set_clock(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    nia = hospital.phone("nia")
    due = []
    for _ in range(30):
        task = max(nia.rows("task", code="B2", role="bedside-nurse"), key=lambda row: row["occurrence"])
        due.append(from_wire(task["due_at"]))
        clock.set(due[-1] - timedelta(minutes=3))
        nia.do("task.complete", task=task["id"], captured={}, note="")
        rounds(nia, "B2")

    assert {after - before for before, after in itertools.pairwise(due)} == {timedelta(hours=1)}


def test_phones_hold_this_shifts_round_and_the_one_before_and_nothing_on_record_is_lost(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    nia = hospital.phone("nia")
    first = nia.one("task", code="E1", role="bedside-nurse")
    for day, hour in ((22, 7), (22, 19), (23, 7), (23, 19)):
        begin(clock, day, hour)

    assert [number for number, _state, _due in rounds(nia, "E1")] == [3, 4]
    assert wrong_rows() == {}
    kept = select(Task.occurrence, Task.state).where(Task.unit == "icu", Task.code == "E1").order_by(Task.occurrence)
    assert db.session.execute(kept).all() == [(1, "skipped"), (2, "skipped"), (3, "skipped"), (4, "open")]

    late = nia.do("task.reopen", task=first["id"], reason="Done on paper in the first night.")
    assert (late["st"], [number for number, *_ in rounds(nia, "E1")]) == ("ok", [1, 3, 4])
    nia.do("task.complete", task=first["id"], captured={}, note="")
    assert [number for number, *_ in rounds(nia, "E1")] == [3, 4]
    assert wrong_rows() == {}
