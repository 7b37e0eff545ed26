"""A step that its plan wants escalated: who is told, when, who watches, and what ends it."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.attestation import by_system
from app.base.db import db
from app.base.instants import from_wire
from app.broadcasts.commands.audit import ALARM, audit_escalation, escalation_late
from app.broadcasts.commands.escalations import escalate
from app.delivery.models import NewsItem
from app.plans.commands import import_plan
from app.plans.pack import UnitRef
from app.response.commands.contact import sweep_due
from tests.broadcasts.stage import wrong_rows
from tests.cast import PLAN, SITE, UNITS, Hospital
from tests.conftest import FakeClock

WATCHED = PLAN.replace(
    "{code: A3, do: Check the pumps., due: 15 min, safety: true}",
    "{code: A3, do: Check the pumps., due: 15 min, safety: true, escalate_after: 10 min}",
)


@pytest.fixture
def incident(hospital: Hospital, clock: FakeClock) -> str:
    refs = [UnitRef(unit, kind) for unit, _name, kind in UNITS]
    import_plan(WATCHED, site=SITE["id"], units=refs, attestation=by_system())
    return hospital.declare()


def asked(hospital: Hospital) -> list[dict[str, Any]]:
    board = hospital.phone("priya", device="board")
    return sorted(board.rows("help", what="overdue"), key=lambda row: row["unit"])


def alerted() -> list[dict[str, Any]]:
    return [dict(item.facts) for item in db.session.query(NewsItem).filter_by(purpose="step.overdue")]


def test_a_late_step_is_told_once_to_the_unit_lead_and_then_to_all_leaders(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    clock.advance(minutes=24)
    escalate()
    assert asked(hospital) == []

    clock.advance(minutes=2)
    for _ in range(3):
        escalate()
    waiting = asked(hospital)

    assert [(row["unit"], row["state"], row["safety"]) for row in waiting] == [
        ("5-west", "open", True), ("icu", "open", True),
    ]  # fmt: skip
    assert [step["to_name"] for step in waiting[1]["handed"]] == ["Dana"]
    assert {fact["unit_name"] for fact in alerted()} == {"Intensive care", "5 West"}
    minutes = (from_wire(waiting[1]["answer_by"]) - clock.now()).total_seconds() / 60
    assert minutes == pytest.approx(5, abs=0.2)

    clock.advance(minutes=6)
    for _ in range(3):
        escalate()

    assert [len(row["handed"]) for row in asked(hospital)] == [2, 2]
    assert len(alerted()) == 4
    assert wrong_rows() == {}


def test_taking_it_stops_the_alerts_and_doing_the_step_ends_it(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    clock.advance(minutes=26)
    escalate()
    priya, nia = hospital.phone("priya"), hospital.phone("nia")
    request = next(row for row in asked(hospital) if row["unit"] == "icu")
    priya.do("help.take", help=request["id"])
    clock.advance(minutes=30)
    escalate()
    assert len(next(row for row in asked(hospital) if row["unit"] == "icu")["handed"]) == 1

    task = nia.one("task", code="A3", role="bedside-nurse")["id"]
    nia.do("task.complete", task=task, captured={}, note="")

    ended = next(row for row in asked(hospital) if row["unit"] == "icu")
    assert (ended["state"], ended["owner_name"]) == ("closed", "Priya")
    nia.do("task.reopen", task=task, reason="One pump was missed")
    escalate()
    assert sorted(row["state"] for row in asked(hospital) if row["unit"] == "icu") == ["closed", "open"]


def test_what_is_held_or_asks_for_help_or_has_ended_is_not_raised(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    nia = hospital.phone("nia")
    nia.do("task.block", task=nia.one("task", code="A3", role="bedside-nurse")["id"], note="No pump key")
    clock.advance(minutes=26)
    escalate()

    assert [row["unit"] for row in asked(hospital)] == ["5-west"]
    hospital.phone("omar", device="desk").do("incident.advance", incident=incident, to="cancelled", note="")
    escalate()
    assert escalation_late().total_seconds() == 0


def test_the_auditor_sees_a_late_step_that_nobody_follows_up(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    clock.advance(minutes=28)
    sweep_due()
    audit_escalation()

    board = hospital.phone("priya", device="board")
    assert board.one("alarm", id=ALARM)["what"] == "escalation"

    escalate()
    audit_escalation()

    board.pull()
    assert board.rows("alarm") == []
