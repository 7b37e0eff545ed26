"""Paper comes back in: what others wrote on a sheet is typed by one person and counts as theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.base.db import db
from app.base.event_types import sentence
from app.base.instants import to_wire
from app.base.models import Event
from app.plans.sheet_code import incident_card_code
from app.response.queries import tasks_of
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort


@pytest.fixture
def incident(hospital: Hospital, clock: FakeClock) -> str:
    incident = hospital.declare()
    clock.advance(hours=2)
    return incident


def step(incident: str, code: str, role: str = "bedside-nurse") -> dict[str, Any]:
    db.session.remove()
    return next(dict(task) for task in tasks_of(incident, unit="icu", role=role) if task["code"] == code)


def typed(
    phone: PhonePort, clock: FakeClock, incident: str, code: str, *initials: str, ago: int = 90, **captured: Any
) -> dict[str, Any]:
    """Type a row; the server's answer."""
    about = to_wire(clock.now() - timedelta(minutes=ago))
    sheet = incident_card_code(incident=incident, unit="icu", role="bedside-nurse")
    signed = [{"initials": one} for one in initials]
    args = {"task": step(incident, code)["id"], "captured": captured, "note": ""}
    return phone.do("task.complete", **args, paper={"sheet": sheet, "about": about, "signed": signed})


def said(incident: str, event_type: str) -> list[str]:
    db.session.remove()
    query = select(Event.type, Event.facts).where(Event.incident == incident, Event.type == event_type)
    return [sentence(row.type, row.facts)["en"] for row in db.session.execute(query)]


def test_a_row_is_done_at_the_time_and_by_the_initials_on_the_sheet(
    hospital: Hospital, clock: FakeClock, incident: str
) -> None:
    answer = typed(hospital.phone("nia"), clock, incident, "A1", "JK", patients=9)

    task = step(incident, "A1")
    assert answer["st"] == "ok"
    assert (task["state"], task["by_name"], task["captured"]) == ("done", "JK", {"patients": 9})
    assert task["by"] == hospital.ids["nia"]
    assert task["at"] == clock.now() - timedelta(minutes=90)
    assert task["signs"][0]["by_name"] == "Nia"
    assert task["signs"][0]["paper"]["signed"] == [{"initials": "JK", "person": None}]


def test_the_timeline_says_that_it_came_from_paper(hospital: Hospital, clock: FakeClock, incident: str) -> None:
    typed(hospital.phone("nia"), clock, incident, "A1", "JK")

    time = (clock.now() - timedelta(minutes=90)).strftime("%H:%M")
    told = f"From paper, about {time}, by JK, entered by Nia. A1: See every patient."
    assert said(incident, "task.from_paper") == [told]


def test_what_a_phone_has_recorded_is_not_doubled(hospital: Hospital, clock: FakeClock, incident: str) -> None:
    hospital.phone("bo").do("task.complete", task=step(incident, "A1")["id"], captured={}, note="")
    answer = typed(hospital.phone("nia"), clock, incident, "A1", "JK")

    task = step(incident, "A1")
    assert (answer["st"], answer["by_name"]) == ("superseded", "Bo")
    assert (task["by_name"], [sign["st"] for sign in task["signs"]]) == ("Bo", ["ok", "superseded"])
    assert "Bo was first" in said(incident, "task.paper_superseded")[0]


def test_two_who_type_the_same_sheet_converge_and_the_second_is_told(
    hospital: Hospital, clock: FakeClock, incident: str
) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")

    first, second = (typed(phone, clock, incident, "A2", "JK") for phone in (nia, bo))

    assert (first["st"], second["st"], second["msg"]) == (
        "ok",
        "superseded",
        "JK was first. Your entry is kept beside it.",
    )


@pytest.mark.parametrize("initials", [("JK",), ("JK", "jk")])
def test_a_two_person_row_needs_two_different_initials(
    hospital: Hospital, clock: FakeClock, incident: str, initials: tuple[str, ...]
) -> None:
    answer = typed(hospital.phone("nia"), clock, incident, "B1", *initials)

    assert (answer["st"], answer["code"]) == ("rejected", "two_initials")
    assert step(incident, "B1")["state"] == "open"


def test_two_initials_finish_a_two_person_row_also_after_a_first_signature_on_a_phone(
    hospital: Hospital, clock: FakeClock, incident: str
) -> None:
    nia = hospital.phone("nia")
    nia.do("task.complete", task=step(incident, "B1")["id"], captured={}, note="")

    answer = typed(nia, clock, incident, "B1", "JK", "MB")

    assert answer["st"] == "ok"
    assert (step(incident, "B1")["state"], step(incident, "B1")["by_name"]) == ("done", "JK + MB")


def test_a_time_in_the_future_becomes_now_and_one_of_last_year_is_refused(
    hospital: Hospital, clock: FakeClock, incident: str
) -> None:
    nia = hospital.phone("nia")

    ahead = typed(nia, clock, incident, "A2", "JK", ago=-30)
    long_ago = typed(nia, clock, incident, "A3", "JK", ago=60 * 24 * 100)

    assert (ahead["st"], step(incident, "A2")["at"]) == ("ok", clock.now())
    assert (long_ago["st"], long_ago["code"]) == ("rejected", "bad_time")


@pytest.mark.parametrize("initials", ["", "J4", "Jane Patient", "<b>"])
def test_what_are_no_initials_is_refused_in_words(
    hospital: Hospital, clock: FakeClock, incident: str, initials: str
) -> None:
    answer = typed(hospital.phone("nia"), clock, incident, "A1", initials)

    assert (answer["st"], answer["code"]) == ("rejected", "bad_args")
