"""One step goes to another card: offered, taken, refused with a reason, unanswered; nobody's word is lost."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.ids import uuid7
from app.response.commands.handover_sweep import sweep_handovers
from app.response.handover import Offer, answered, fault_of_step_offer
from tests.broadcasts.stage import wrong_rows
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

TASK = {"state": "open", "held": None, "unit": "icu", "role": "bedside-nurse"}


@pytest.fixture
def incident(hospital: Hospital, clock: FakeClock) -> str:
    return hospital.declare()


def step(phone: PhonePort, code: str, **where: Any) -> dict[str, Any]:
    phone.pull()
    return phone.one("task", code=code, **where)


def offer(phone: PhonePort, task: str, *, unit: str = "icu", role: str = "charge-nurse") -> str:
    op = phone.record("handover.offer", unit=unit, role=role, to=None, note="Both hands full", task=task)
    phone.push()
    return op


def moved(phone: PhonePort, handover: str) -> dict[str, Any]:
    phone.pull()
    return phone.one("handover", id=handover)


@pytest.mark.parametrize(
    ("task", "where", "code"),
    [
        (TASK, ("icu", "charge-nurse"), None),
        (TASK, ("pharmacy", "pharmacist"), None),
        (TASK, ("icu", "bedside-nurse"), "own_card"),
        (TASK, ("5-west", "charge-nurse"), "not_in_it"),
        ({**TASK, "state": "done"}, ("icu", "charge-nurse"), "step_closed"),
        ({**TASK, "held": "when"}, ("icu", "charge-nurse"), "step_held"),
    ],
)
def test_what_may_be_offered_where(task: dict[str, Any], where: tuple[str, str], code: str | None) -> None:
    fault = fault_of_step_offer(task, unit=where[0], role=where[1], units=["icu", "pharmacy"])

    assert (fault[0] if fault else None) == code


def test_whoever_holds_the_role_answers_for_it() -> None:
    offered = Offer("offered", "nia", None, is_step=True)

    assert answered("refuse", offered, actor="dana", may_hold=True, leads=False).state == "refused"
    assert answered("refuse", offered, actor="bo", may_hold=False, leads=False).state == "offered"
    assert answered("accept", offered, actor="bo", may_hold=False, leads=False).code == "role_needed"


def test_an_accepted_step_is_on_the_other_card_and_both_see_how_it_goes(hospital: Hospital, incident: str) -> None:
    nia, dana = hospital.phone("nia"), hospital.phone("dana")
    task = step(nia, "A3", role="bedside-nurse")["id"]
    handover = offer(nia, task)
    assert step(nia, "A3", id=task)["handed"]["offer"] == handover
    assert step(nia, "A3", id=task)["role"] == "bedside-nurse"

    assert moved(dana, handover)["step"]["state"] == "open"
    assert dana.do("handover.accept", handover=handover)["st"] == "ok"

    taken = step(nia, "A3", id=task)
    assert (taken["role"], taken["handed"]["role"]) == ("charge-nurse", "bedside-nurse")
    dana.do("task.complete", task=task, captured={}, note="")
    told = moved(nia, handover)
    assert (told["state"], told["step"]["state"], told["step"]["by_name"]) == ("accepted", "done", "Dana")
    counts = hospital.phone("priya", device="board").one("progress", id=f"{incident}:icu:charge-nurse")
    assert (counts["total"], counts["done"]) == (4, 1)
    assert wrong_rows() == {}


def test_a_step_goes_to_another_unit_and_the_giver_may_still_say_what_was_done(
    hospital: Hospital, incident: str
) -> None:
    nia, kim = hospital.phone("nia"), hospital.phone("kim")
    task = step(nia, "A3", role="bedside-nurse")["id"]
    handover = offer(nia, task, unit="pharmacy", role="pharmacist")

    assert moved(kim, handover)["from_unit"] == "icu"
    kim.do("handover.accept", handover=handover)

    assert step(kim, "A3", id=task)["unit"] == "pharmacy"
    nia.pull()
    assert nia.rows("task", id=task) == []
    assert nia.do("task.complete", task=task, captured={}, note="Was done before it was taken")["st"] == "ok"
    assert moved(nia, handover)["step"]["by_name"] == "Nia"
    assert wrong_rows() == {}


def test_a_refused_step_comes_back_with_the_reason(hospital: Hospital, incident: str) -> None:
    nia, dana = hospital.phone("nia"), hospital.phone("dana")
    task = step(nia, "A3", role="bedside-nurse")["id"]
    handover = offer(nia, task)

    dana.do("handover.refuse", handover=handover, reason="Alone at the desk")

    back = moved(nia, handover)
    assert (back["state"], back["reason"], back["answered_by_name"]) == ("refused", "Alone at the desk", "Dana")
    assert "handed" not in step(nia, "A3", id=task)
    again = offer(nia, task)
    assert moved(nia, again)["state"] == "offered"


def test_answers_without_a_network_count_in_any_order_and_the_first_wins(hospital: Hospital, incident: str) -> None:
    nia, dana = hospital.phone("nia"), hospital.phone("dana")
    task = step(nia, "A3", role="bedside-nurse")["id"]
    handover = uuid7()
    early = dana.do("handover.accept", handover=handover)
    assert (early["st"], early.get("code")) == ("ok", "offer_unknown")

    op = nia.record("handover.offer", unit="icu", role="charge-nurse", to=None, note="", task=task)
    nia.outbox[-1].op["id"] = handover
    nia.push()

    assert op != handover
    assert step(nia, "A3", id=task)["role"] == "charge-nurse"
    assert dana.do("handover.refuse", handover=handover, reason="Too late")["st"] == "superseded"


def test_an_unanswered_offer_is_not_passed_on_and_ends_when_the_step_is_done(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    nia, priya = hospital.phone("nia"), hospital.phone("priya")
    task = step(nia, "A3", role="bedside-nurse")["id"]
    handover = offer(nia, task)
    clock.advance(hours=1)
    sweep_handovers()
    waiting = moved(priya, handover)
    assert (waiting["state"], waiting["to"], waiting["next_at"] is not None) == ("offered", None, True)

    nia.do("task.complete", task=task, captured={}, note="")

    assert moved(nia, handover)["state"] == "withdrawn"


def test_offering_needs_the_unit_and_a_second_offer_finds_the_first(hospital: Hospital, incident: str) -> None:
    nia, bo, sol = hospital.phone("nia"), hospital.phone("bo"), hospital.phone("sol")
    task = step(nia, "A3", role="bedside-nurse")["id"]
    args = {"unit": "icu", "role": "charge-nurse", "to": None, "note": "", "task": task}

    assert sol.do("handover.offer", **args)["st"] == "rejected"
    assert nia.do("handover.offer", **args)["st"] == "ok"
    second = bo.do("handover.offer", **args)

    assert (second["st"], second["by_name"]) == ("superseded", "Nia")
    assert bo.do("handover.offer", **{**args, "role": "bedside-nurse"})["st"] == "superseded"
