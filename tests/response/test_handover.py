"""A role goes from one to the next: in any order of arrival, the first answer counts and nobody's word is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.base.db import db
from app.response.commands.handover_sweep import sweep_handovers
from app.response.handover import Answer, Candidate, Offer, answered, next_candidate
from app.response.models import HandoverAnswer
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

DANA, NIA, BO = "dana", "nia", "bo"
OFFERED = Offer("offered", DANA, NIA)
OPEN = Offer("offered", DANA, None)
PASSED = Offer("offered", DANA, BO, passed=[NIA])


@pytest.mark.parametrize(
    ("what", "offer", "actor", "may_hold", "leads", "expected"),
    [
        ("accept", OFFERED, NIA, True, False, ("ok", "accepted")),
        ("accept", OFFERED, BO, True, False, ("rejected", "not_yours")),
        ("accept", OFFERED, DANA, True, False, ("rejected", "own_offer")),
        ("accept", OFFERED, NIA, False, False, ("rejected", "role_needed")),
        ("accept", OPEN, BO, True, False, ("ok", "accepted")),
        ("accept", PASSED, NIA, True, False, ("ok", "accepted")),
        ("refuse", OFFERED, NIA, True, False, ("ok", "refused")),
        ("refuse", OPEN, NIA, True, False, ("ok", "offered")),
        ("refuse", PASSED, NIA, True, False, ("ok", "offered")),
        ("refuse", OFFERED, DANA, True, False, ("rejected", "own_offer")),
        ("withdraw", OFFERED, DANA, True, False, ("ok", "withdrawn")),
        ("withdraw", OFFERED, NIA, True, False, ("rejected", "not_yours")),
        ("withdraw", OFFERED, "priya", False, True, ("ok", "withdrawn")),
        *(
            (what, Offer(state, DANA, NIA), NIA, True, False, ("superseded", state))
            for what in ("accept", "refuse", "withdraw")
            for state in ("accepted", "refused", "withdrawn")
        ),
    ],
)
def test_the_table_of_answers(
    what: str, offer: Offer, actor: str, may_hold: bool, leads: bool, expected: tuple[str, str]
) -> None:
    found: Answer = answered(what, offer, actor=actor, may_hold=may_hold, leads=leads)

    assert (found.st, found.code or found.state) == expected


def test_the_next_is_on_duty_then_by_name_and_was_not_asked() -> None:
    people = [Candidate("a", "Ada", False), Candidate("z", "Zoe", True), Candidate("b", "Bea", True)]

    assert next_candidate(people, asked=["b"]) == people[1]
    assert next_candidate(people, asked=["b", "z"]) == people[0]
    assert next_candidate(people, asked=["a", "b", "z"]) is None


@pytest.fixture
def dana(hospital: Hospital, clock: FakeClock) -> PhonePort:
    """Dana is on duty as charge nurse in ICU while a downtime runs."""
    hospital.declare()
    phone = hospital.phone("dana")
    assert phone.do("duty.claim", unit="icu", role="charge-nurse")["st"] == "ok"
    phone.pull()
    return phone


def offer(dana: PhonePort, to: str | None, note: str = "Bed 4 is the sickest unit space.") -> str:
    op = dana.record("handover.offer", unit="icu", role="charge-nurse", to=to, note=note)
    assert dana.push()[-1]["st"] == "ok"
    dana.pull()
    return op


def holders(phone: PhonePort) -> list[str]:
    phone.pull()
    return [one["name"] for one in phone.one("duty", scope="unit:icu")["holders"] if one["role"] == "charge-nurse"]


def test_a_charge_goes_over_with_its_note_and_the_count_of_open_steps(hospital: Hospital, dana: PhonePort) -> None:
    nia = hospital.phone("nia")
    handover = offer(dana, hospital.ids["nia"])
    nia.pull()
    row = nia.one("handover")
    assert (row["state"], row["to_name"], row["tasks"], row["safety"]) == ("offered", "Nia", 3, 0)
    assert holders(nia) == ["Dana"]

    assert nia.do("handover.accept", handover=handover)["st"] == "ok"

    assert holders(nia) == ["Nia"]
    assert [held["role"] for held in nia.one("me")["duty"]] == ["charge-nurse"]
    dana.pull()
    assert (dana.one("handover")["answered_by_name"], dana.one("me")["duty"]) == ("Nia", [])


def test_two_accept_and_the_first_wins(hospital: Hospital, dana: PhonePort, clock: FakeClock) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    handover = offer(dana, None)
    nia.record("handover.accept", handover=handover)  # on a phone without a network
    clock.advance(minutes=2)

    assert bo.do("handover.accept", handover=handover)["st"] == "ok"
    late = nia.push()[-1]

    assert (late["st"], late["by_name"], late["msg"]) == ("superseded", "Bo", "Bo took it over already.")
    assert holders(nia) == ["Bo"]
    kept = db.session.execute(select(HandoverAnswer.actor_name, HandoverAnswer.st)).all()
    assert {tuple(one) for one in kept} == {("Bo", "ok"), ("Nia", "superseded")}


def test_an_acceptance_that_comes_before_its_offer_counts_when_the_offer_comes(
    hospital: Hospital, dana: PhonePort
) -> None:
    nia = hospital.phone("nia")
    handover = dana.record("handover.offer", unit="icu", role="charge-nurse", to=hospital.ids["nia"], note="")

    early = nia.do("handover.accept", handover=handover)
    assert (early["st"], holders(nia)) == ("ok", ["Dana"])
    assert dana.push()[-1]["st"] == "ok"

    assert holders(nia) == ["Nia"]
    assert nia.one("handover")["state"] == "accepted"


@pytest.mark.parametrize(
    ("first", "second", "state"), [("accept", "withdraw", "accepted"), ("withdraw", "accept", "withdrawn")]
)
def test_accepting_and_taking_back_in_both_orders(
    hospital: Hospital, dana: PhonePort, first: str, second: str, state: str
) -> None:
    nia = hospital.phone("nia")
    handover = offer(dana, hospital.ids["nia"])
    phones = {"accept": nia, "withdraw": dana}

    assert phones[first].do(f"handover.{first}", handover=handover)["st"] == "ok"
    assert phones[second].do(f"handover.{second}", handover=handover)["st"] == "superseded"

    nia.pull()
    assert nia.one("handover")["state"] == state
    assert holders(nia) == (["Nia"] if state == "accepted" else ["Dana"])


def test_who_does_not_answer_in_time_is_passed_over_and_may_still_accept(
    hospital: Hospital, dana: PhonePort, clock: FakeClock
) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    handover = offer(dana, hospital.ids["nia"])
    sweep_handovers()
    bo.pull()
    assert bo.one("handover")["to_name"] == "Nia"

    clock.advance(minutes=11)
    sweep_handovers()
    bo.pull()
    assert bo.one("handover")["to_name"] == "Bo"
    clock.advance(minutes=11)
    sweep_handovers()
    bo.pull()
    row = bo.one("handover")
    assert (row["to"], [step["to_name"] for step in row["passed"]]) == (None, ["Nia", "Bo"])

    assert nia.do("handover.accept", handover=handover)["st"] == "ok"
    assert holders(nia) == ["Nia"]


def test_a_role_is_offered_once_and_only_by_who_holds_it(hospital: Hospital, dana: PhonePort) -> None:
    nia = hospital.phone("nia")
    args = {"unit": "icu", "role": "charge-nurse", "to": None, "note": ""}
    assert nia.do("handover.offer", **args)["code"] == "not_allowed"
    offer(dana, None)

    again = dana.do("handover.offer", **args)
    to_a_stranger = dana.do("handover.offer", **{**args, "to": hospital.ids["sol"]})

    assert (again["st"], again["code"]) == ("superseded", "already_offered")
    assert to_a_stranger["st"] == "superseded"


def test_what_was_answered_leaves_the_phones_after_a_shift(
    hospital: Hospital, dana: PhonePort, clock: FakeClock
) -> None:
    handover = offer(dana, None)
    dana.do("handover.withdraw", handover=handover)
    clock.advance(hours=12, minutes=1)
    sweep_handovers()
    dana.sign_in("a word for tests")
    dana.pull()

    assert dana.rows("handover") == []


def test_a_required_role_that_nobody_holds_is_told_to_the_unit_and_the_leaders(
    hospital: Hospital, clock: FakeClock
) -> None:
    nia, priya = hospital.phone("nia"), hospital.phone("priya")
    assert nia.one("duty")["unclaimed"] == [{"role": "charge-nurse", "since": None}]

    nia.do("duty.claim", unit="icu", role="charge-nurse")
    nia.pull()
    assert nia.one("duty")["unclaimed"] == []
    clock.advance(hours=1)
    nia.do("duty.release", unit="icu", role="charge-nurse")
    priya.pull()

    (icu,) = [row for row in priya.rows("duty") if row["unit"] == "icu"]
    assert [(one["role"], one["since"] is not None) for one in icu["unclaimed"]] == [("charge-nurse", True)]
