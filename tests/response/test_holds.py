"""Steps that a card does not ask for yet: conditions, order, what happens out of order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.base.attestation import by_system
from app.base.instants import from_wire, to_wire
from app.plans.commands import import_plan
from app.plans.pack import UnitRef
from app.response.holds import due_when_it_stands, standing_of
from tests.cast import PLAN, SITE, UNITS, Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "contracts" / "holds.json").read_text())
CONDITIONAL = PLAN.replace(
    "      - {code: B1, do: Check high-alert doses.",
    """\
      - {code: A4, do: Call the charge nurse., due: 5 min, safety: true, when: {step: A1, field: patients, at_least: 6}}
      - {code: A5, do: Label the pumps., due: 20 min, depends_on: [A3]}
      - {code: B1, do: Check high-alert doses.""",
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_holds_are_those_of_the_contract(case: dict[str, Any]) -> None:
    others = [{**one, "at": one["at"] and from_wire(one["at"])} for one in case["others"]]

    standing = standing_of(case["rules"], others)

    assert (standing.held, to_wire(standing.since)) == (case["held"], case["since"])
    if "due_at" in case:
        started = case["started_at"] and from_wire(case["started_at"])
        due = due_when_it_stands(
            case["rules"], started_at=started, due_min=case["due_min"], since=standing.since
        )  # fmt: skip
        assert to_wire(due) == case["due_at"]


@pytest.fixture
def incident(hospital: Hospital, clock: FakeClock) -> str:
    refs = [UnitRef(unit, kind) for unit, _name, kind in UNITS]
    import_plan(CONDITIONAL, site=SITE["id"], units=refs, attestation=by_system())
    return hospital.declare()


def step(phone: PhonePort, code: str, role: str = "bedside-nurse") -> dict[str, Any]:
    phone.pull()
    return phone.one("task", code=code, role=role)


def progress(hospital: Hospital, incident: str) -> dict[str, Any]:
    omar = hospital.phone("omar", device="board")
    return omar.one("progress", id=f"{incident}:icu:bedside-nurse")


def test_a_held_step_is_in_no_count_and_never_overdue(hospital: Hospital, incident: str, clock: FakeClock) -> None:
    nia = hospital.phone("nia")
    clock.advance(minutes=50)
    nia.do("note.add", incident=incident, unit="icu", text="Still here")
    nia.do("task.complete", task=step(nia, "A1")["id"], captured={"patients": 2})

    counts = progress(hospital, incident)

    assert (step(nia, "A4")["held"], step(nia, "A4")["due_at"]) == ("when", None)
    assert (step(nia, "A5")["held"], step(nia, "A5")["due_at"]) == ("after", None)
    assert (counts["total"], counts["held"], counts["out_of_order"]) == (7, 2, 0)
    assert counts["overdue"] == 3  # A2, A3 and B1; A1 is done, B2 is due in ten minutes


def test_the_answer_makes_a_step_stand_with_its_time_counted_from_then(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    nia = hospital.phone("nia")
    clock.advance(minutes=9)
    answered_at = clock.now()

    nia.do("task.complete", task=step(nia, "A1")["id"], captured={"patients": 6})

    called = step(nia, "A4")
    assert "held" not in called
    assert (from_wire(called["due_at"]) - answered_at).total_seconds() == pytest.approx(300, abs=2)
    assert progress(hospital, incident)["held"] == 1

    nia.do("task.reopen", task=step(nia, "A1")["id"], reason="Counted wrong")

    assert (step(nia, "A4")["held"], step(nia, "A4")["due_at"]) == ("when", None)


def test_what_came_first_in_the_same_entry_is_in_order(hospital: Hospital, incident: str) -> None:
    nia = hospital.phone("nia")
    first, second = step(nia, "A3"), step(nia, "A5")

    nia.record("task.complete", task=first["id"], captured={}, note="")
    nia.record("task.complete", task=second["id"], captured={}, note="")
    nia.push()

    done = step(nia, "A5")
    assert done["state"] == "done"
    assert [sign.get("out_of_order") for sign in done["signs"]] == [None]
    assert "held" not in done


def test_what_was_done_before_its_turn_is_kept_marked_and_told(hospital: Hospital, incident: str) -> None:
    nia = hospital.phone("nia")

    result = nia.do("task.complete", task=step(nia, "A5")["id"], captured={}, note="")

    done = step(nia, "A5")
    assert (result["st"], done["state"]) == ("ok", "done")
    assert [sign["out_of_order"] for sign in done["signs"]] == [True]
    assert progress(hospital, incident)["out_of_order"] == 1
    told = [event["type"] for event in hospital.phone("omar", device="desk").rows("event")]
    assert "task.out_of_order" in told

    nia.do("task.complete", task=step(nia, "A3")["id"], captured={}, note="")

    assert step(nia, "A5")["state"] == "done"
    assert progress(hospital, incident)["out_of_order"] == 1
    assert step(hospital.phone("sol"), "A5")["held"] == "after"


def test_a_units_own_start_holds_the_same_steps_and_gives_them_to_the_incident(
    hospital: Hospital, clock: FakeClock
) -> None:
    refs = [UnitRef(unit, kind) for unit, _name, kind in UNITS]
    import_plan(CONDITIONAL, site=SITE["id"], units=refs, attestation=by_system())
    nia = hospital.phone("nia")
    start = {"unit": "icu", "plan": "ehr-unplanned", "incident": None, "started": None}
    nia.do("run.start", **start, day="2026-11-21", shift="day")
    assert step(nia, "A4")["held"] == "when"
    nia.do("task.complete", task=step(nia, "A1")["id"], captured={"patients": 9})
    assert "held" not in step(nia, "A4")

    hospital.declare(kind="real")

    taken = step(nia, "A4")
    assert (taken.get("held"), taken["due_at"] is not None) == (None, True)
    assert step(nia, "A5")["held"] == "after"
