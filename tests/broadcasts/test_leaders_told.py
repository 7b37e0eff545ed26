"""A step for leaders goes to those who can do something about it: on duty first, and always who leads the incident."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.base.db import db
from app.broadcasts.commands.escalations import escalate
from app.broadcasts.escalating import LONGEST_NAMES, Stepped, leaders_to_tell, way_words
from app.delivery.models import Delivery, NewsItem
from app.people.person import UnitPerson
from tests.broadcasts.stage import Ward, wrong_rows
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.push_keys import EXAMPLE_AUTH, EXAMPLE_KEY

STEPS = [{"after_min": 5, "path": "push", "who": "leaders"}, {"after_min": 10, "path": "phone", "who": "leaders"}]


@pytest.fixture
def ward(hospital: Hospital, clock: FakeClock) -> Ward:
    made = Ward(hospital).begin()
    made.decide(escalation=STEPS)
    for name in ("omar", "priya", "ines", "dana"):
        keys = {"p256dh": EXAMPLE_KEY, "auth": EXAMPLE_AUTH}
        endpoint = {"endpoint": f"https://fcm.googleapis.com/fcm/send/{name}", "keys": keys}
        assert made.phones[name].client.post("/api/push/subscriptions", json=endpoint).status_code == 201
    return made


def told(hospital: Hospital) -> set[str]:
    """Whose phones are told that a unit has not answered."""
    names = {user: name for name, user in hospital.ids.items()}
    query = select(Delivery.person).join(NewsItem, NewsItem.id == Delivery.news)
    found = db.session.execute(query.where(NewsItem.purpose == "unit.unanswered")).scalars()
    return {names[str(person)] for person in found}


def row(ward: Ward, broadcast: str) -> tuple[Any, ...]:
    found = ward.seen("escalation", broadcast=broadcast, unit="icu")
    return found["step"], found["path"], found["who"], found["who_name"]


def test_all_leaders_are_told_by_name_while_none_is_on_duty(ward: Ward, hospital: Hospital, clock: FakeClock) -> None:
    broadcast = ward.send()
    clock.advance(minutes=5)

    escalate()
    escalate()

    assert row(ward, broadcast) == (1, "push", None, "Omar, Ines, Priya")
    assert told(hospital) == {"omar", "priya", "ines"}
    assert wrong_rows() == {}
    found = ward.phones["priya"].rows("event", type="broadcast.escalated", unit="icu")
    events = [event["text"]["en"] for event in found]
    assert events == ["Intensive care has not acknowledged update 1: message to Omar, Ines, Priya"]


def test_who_is_on_duty_is_told_and_who_leads_the_incident(ward: Ward, hospital: Hospital, clock: FakeClock) -> None:
    ward.phones["priya"].do("duty.claim", unit="command-centre", role="incident-commander")
    broadcast = ward.send(audience={"units": ["icu"], "roles": None})
    clock.advance(minutes=5)

    escalate()

    assert row(ward, broadcast) == (1, "push", None, "Omar, Priya")
    assert told(hospital) == {"omar", "priya"}


def test_a_unit_whose_leaders_are_to_call_it_says_who(ward: Ward, hospital: Hospital, clock: FakeClock) -> None:
    broadcast = ward.send(audience={"units": ["icu"], "roles": None})
    clock.advance(minutes=10)
    escalate()

    escalate()

    assert row(ward, broadcast)[:2] == (2, "phone")
    query = select(NewsItem).where(NewsItem.purpose == "unit.unanswered")
    news = list(db.session.execute(query).scalars())
    assert len(news) == 2
    assert {(one.path, one.facts["unit_name"], one.asks) for one in news} == {
        (f"/app/reach/{broadcast}", "Intensive care", False)
    }


def leader(name: str, *, on_duty: bool = False) -> UnitPerson:
    return UnitPerson(name.lower(), name, ("service-desk",), on_duty)


@pytest.mark.parametrize(
    ("by_unit", "lead", "names"),
    [
        ({"desk": [leader("Ada", on_duty=True)], "it": [leader("Bea", on_duty=True)]}, None, ["Ada"]),
        ({"desk": [leader("Ada")], "it": [leader("Bea", on_duty=True)]}, None, ["Bea"]),
        ({"desk": [leader("Ada")], "it": [leader("Bea")]}, None, ["Ada", "Bea"]),
        ({"desk": [leader("Ada")], "it": [leader("Bea", on_duty=True)]}, "ada", ["Ada", "Bea"]),
        ({"desk": [leader("Ada")], "it": [leader("Ada", on_duty=True)]}, "gone", ["Ada"]),
        ({}, "ada", []),
    ],
    ids=["of the unit itself", "of the house", "nobody on duty", "the lead in any case", "each once", "no leaders"],
)  # fmt: skip
def test_whom_a_step_for_leaders_goes_to(
    by_unit: dict[str, list[UnitPerson]], lead: str | None, names: list[str]
) -> None:
    assert [one.name for one in leaders_to_tell(by_unit, "desk", lead=lead)] == names


def test_the_words_name_whom_it_is_for_and_never_more_than_fit() -> None:
    many = tuple(leader(f"Leader number {n}") for n in range(20))

    assert way_words(Stepped(1, "phone", (leader("Ada"),), None)) == {"way_en": "call Ada", "way_es": "llamar a Ada"}
    assert way_words(Stepped(1, "phone", (), None))["way_en"] == "call the unit"
    assert way_words(Stepped(1, "push", (), None))["way_es"] == "mensaje a toda la unidad"
    assert len(Stepped(1, "push", many, None).who_name) <= LONGEST_NAMES
    assert Stepped(1, "push", many, None).who_name.endswith(" …")
