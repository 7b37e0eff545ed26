"""Two leads at once, rounds that repeat, rights that have ended, entries after the end."""

from __future__ import annotations

from app.base.ids import uuid7
from app.people.commands.accounts import end_membership
from tests.cast import Hospital
from tests.conftest import FakeClock

DECLARATION = {
    "plan": "ehr-unplanned",
    "title": "EHR is down",
    "kind": "real",
    "level": 2,
    "services": None,
    "units": None,
}


def test_a_second_lead_sees_who_declared_and_nothing_is_doubled(hospital: Hospital, clock: FakeClock) -> None:
    omar, priya = hospital.phone("omar"), hospital.phone("priya")
    omar.declare()
    clock.advance(seconds=20)

    result = priya.do("incident.declare", incident=uuid7(), **DECLARATION)

    assert (result["st"], result["code"], result["by_name"]) == ("conflict", "already_declared", "Omar")
    priya.pull()
    assert len(priya.rows("incident")) == 1


def test_the_same_declaration_again_changes_nothing(hospital: Hospital, clock: FakeClock) -> None:
    omar = hospital.phone("omar")
    incident = uuid7()

    results = [omar.do("incident.declare", incident=incident, **DECLARATION)["st"] for _ in range(2)]

    assert results == ["ok", "superseded"]


def test_a_repeated_step_comes_again_once(hospital: Hospital, clock: FakeClock) -> None:
    hospital.declare()
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    first = nia.one("task", role="bedside-nurse", code="B2")
    clock.advance(minutes=50)
    nia.do("task.complete", task=first["id"], captured={}, note="")
    bo.do("task.complete", task=first["id"], captured={}, note="")

    nia.pull()

    rounds = sorted(nia.rows("task", role="bedside-nurse", code="B2"), key=lambda row: row["occurrence"])
    assert [(row["occurrence"], row["state"]) for row in rounds] == [(1, "done"), (2, "open")]
    assert rounds[1]["due_at"] > rounds[0]["due_at"]


def test_an_entry_made_with_rights_that_ended_is_kept_for_a_day_and_marked(
    hospital: Hospital, clock: FakeClock
) -> None:
    hospital.declare()
    nia = hospital.phone("nia")
    first, second = (nia.one("task", role="bedside-nurse", code=code)["id"] for code in ("A1", "A2"))
    end_membership(hospital.ids["nia"], unit="icu", role="bedside-nurse")
    clock.advance(hours=23)

    assert nia.do("task.complete", task=first, captured={}, note="")["st"] == "ok"
    clock.advance(hours=2)
    assert nia.do("task.complete", task=second, captured={}, note="")["code"] == "not_allowed"

    bo = hospital.phone("bo")
    assert bo.one("task", id=first)["signs"][0]["late"] is True
    assert bo.one("task", id=second)["state"] == "open"


def test_an_entry_that_arrives_after_the_end_is_on_record(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    omar, nia = hospital.phone("omar"), hospital.phone("nia")
    task = nia.one("task", role="bedside-nurse", code="A1")["id"]
    nia.record("task.complete", task=task, captured={}, note="")
    clock.advance(minutes=30)
    for step in ("restored", "all_clear", "closed"):
        assert omar.do("incident.advance", incident=incident, to=step, note="")["st"] == "ok"

    assert [result["st"] for result in nia.push()] == ["ok"]
    nia.pull()
    assert nia.one("task", id=task)["at"] == "2026-11-21T20:51:00.000Z"
