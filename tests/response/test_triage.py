"""What the floor asks lands in one queue, with an owner, an answer and an hour by which somebody should have it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.base.instants import to_wire
from app.response.triage import answer_by
from tests.cast import Hospital
from tests.conftest import START, FakeClock

ASKED = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
MINUTES = {"help": 10, "question": 30, "safety": 5}


@pytest.mark.parametrize(
    ("what", "safety", "minutes"),
    [
        ("help", False, 10),
        ("question", False, 30),
        ("wrong_step", False, 30),
        ("help", True, 5),
        ("wrong_step", True, 5),
    ],
)
def test_a_safety_step_shortens_the_wait_and_a_wrong_step_waits_like_a_question(
    what: str, safety: bool, minutes: int
) -> None:
    due = answer_by(what, safety=safety, asked_at=ASKED, minutes=MINUTES)

    assert due == ASKED + timedelta(minutes=minutes)


def test_help_a_question_and_a_wrong_step_land_in_one_queue(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    nia, priya = hospital.phone("nia"), hospital.phone("priya")
    step = nia.one("task", role="bedside-nurse", code="A1")["id"]

    nia.do("help.ask", incident=incident, unit=None, text="A runner")
    nia.do("help.ask", incident=incident, unit=None, text="Which form?", what="question")
    nia.do("step.flag", task=step, text="The number is old")
    nia.do("task.block", task=step, note="No list")
    priya.pull()

    found = {row["text"]: row for row in priya.rows("help")}
    kinds = {text: (row["what"], row["safety"], row["answer_by"]) for text, row in found.items()}
    assert kinds == {
        "A runner": ("help", False, to_wire(START + timedelta(minutes=10))),
        "Which form?": ("question", False, to_wire(START + timedelta(minutes=30))),
        "The number is old": ("wrong_step", True, to_wire(START + timedelta(minutes=5))),
        "No list": ("help", True, to_wire(START + timedelta(minutes=5))),
    }
    assert found["The number is old"]["task"] == step


def test_the_unit_sees_who_has_it_to_whom_it_went_and_what_was_answered(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    nia, priya, omar = (hospital.phone(name) for name in ("nia", "priya", "omar"))
    nia.do("help.ask", incident=incident, unit=None, text="Which form?", what="question")
    priya.pull()
    asked = priya.one("help")["id"]
    leaders = {one["name"] for one in priya.one("leaders")["people"]}
    assert leaders == {"Omar", "Priya", "Ines"}

    assert priya.do("help.take", help=asked)["st"] == "ok"
    nia.pull()
    assert nia.one("help")["owner_name"] == "Priya"
    assert priya.do("help.hand", help=asked, to=hospital.ids["omar"])["st"] == "ok"
    nia.pull()
    row = nia.one("help")
    assert (row["state"], row["owner_name"]) == ("taken", "Omar")
    assert [(step["by_name"], step["to_name"]) for step in row["handed"]] == [("Priya", "Omar")]
    omar.do("help.close", help=asked, answer="The green one.")
    late = priya.do("help.hand", help=asked, to=hospital.ids["ines"])
    nia.pull()

    assert (nia.one("help")["answer"], nia.one("help")["state"]) == ("The green one.", "closed")
    assert (late["st"], late["by_name"]) == ("superseded", "Omar")


def test_a_request_is_handed_to_leaders_only(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    nia, priya = hospital.phone("nia"), hospital.phone("priya")
    nia.do("help.ask", incident=incident, unit=None, text="A runner")
    priya.pull()
    asked = priya.one("help")["id"]

    refused = priya.do("help.hand", help=asked, to=hospital.ids["dana"])
    not_theirs = nia.do("help.hand", help=asked, to=hospital.ids["omar"])

    assert (refused["st"], refused["code"]) == ("rejected", "not_found")
    assert (not_theirs["st"], not_theirs["code"]) == ("rejected", "not_allowed")
