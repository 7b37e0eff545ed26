"""Which turns of an incident leave the server, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from app.base.db import db
from app.base.ids import uuid7
from app.base.unit_of_work import write
from app.broadcasts.commands.alerts import alert_reminder
from app.broadcasts.queries import broadcast_of
from app.delivery.models import Delivery, NewsItem
from app.delivery.queries import delivered_by
from app.response.queries import incident_of
from tests.conftest import FakeClock
from tests.delivery.conftest import Ways
from tests.phone import PhonePort

SEND: dict[str, Any] = {
    "headline": "EHR is down.",
    "do_now": "Paper.",
    "works": [],
    "next_update_at": None,
    "ack": "unit",
}


@pytest.fixture
def omar(ways: Ways) -> PhonePort:
    for name in ("omar", "priya", "nia", "dana", "sol", "uri"):
        ways.phone(name)
    return ways.hospital.phone("omar")


def heard(ways: Ways, purpose: str) -> list[str]:
    """Who hears of a purpose, by name."""
    db.session.remove()
    names = {user: name for name, user in ways.hospital.ids.items()}
    query = select(Delivery.person).join(NewsItem, NewsItem.id == Delivery.news).where(NewsItem.purpose == purpose)
    return sorted(names[str(person)] for person in db.session.execute(query).scalars())


def send(omar: PhonePort, incident: str, **audience: Any) -> str:
    broadcast = uuid7()
    whom = {"units": None, "roles": None, **audience}
    assert omar.do("broadcast.send", broadcast=broadcast, incident=incident, audience=whom, **SEND)["st"] == "ok"
    return broadcast


def test_a_declaration_alerts_the_units_and_the_leaders_but_not_who_declared(ways: Ways, omar: PhonePort) -> None:
    omar.declare(units=["icu"])

    assert heard(ways, "incident.declared") == ["dana", "nia", "priya"]


def test_an_update_alerts_its_audience(ways: Ways, omar: PhonePort) -> None:
    incident = omar.declare(units=["icu", "5-west"])
    send(omar, incident, units=["icu"], roles=["bedside-nurse"])

    assert heard(ways, "broadcast.sent") == ["nia"]


def test_each_turn_alerts_once(ways: Ways, omar: PhonePort) -> None:
    incident = omar.declare(units=["icu"])
    for to in ("restored", "all_clear", "closed"):
        assert omar.do("incident.advance", incident=incident, to=to, note="")["st"] == "ok"
        omar.do("incident.advance", incident=incident, to=to, note="")

    for purpose in ("incident.restored", "incident.all_clear", "incident.closed"):
        assert heard(ways, purpose) == ["dana", "nia", "priya"]


def test_an_answer_to_a_request_for_help_alerts_who_asked(ways: Ways, omar: PhonePort) -> None:
    incident = omar.declare(units=["icu"])
    nia = ways.hospital.phone("nia")
    assert nia.do("help.ask", incident=incident, unit=None, text="Two more hands")["st"] == "ok"
    nia.pull()

    assert omar.do("help.close", help=nia.one("help")["id"], answer="On the way")["st"] == "ok"

    assert heard(ways, "help.answered") == ["nia"]


def test_a_reminder_reaches_those_who_have_not_answered(ways: Ways, omar: PhonePort) -> None:
    incident = omar.declare(units=["icu"])
    broadcast = send(omar, incident)
    ways.hospital.phone("nia").do("broadcast.ack", broadcast=broadcast)
    people = [ways.hospital.ids[name] for name in ("nia", "dana")]

    assert [remind(incident, broadcast, people, turn=turn) for turn in (1, 1, 2)] == [1, 0, 1]

    assert heard(ways, "ack.reminder") == ["dana", "dana"]


def remind(incident: str, broadcast: str, people: list[str], *, turn: int) -> int:
    with write() as work:
        return alert_reminder(work, known(incident_of(incident)), known(broadcast_of(broadcast)), people, turn=turn)


def known(found: Mapping[str, Any] | None) -> Mapping[str, Any]:
    assert found is not None
    return found


def test_programs_hear_of_declarations_updates_and_acknowledgements(
    ways: Ways, omar: PhonePort, clock: FakeClock
) -> None:
    ways.place("webhook", ["incident.declared", "broadcast.sent", "broadcast.acknowledged"])
    incident = omar.declare(units=["icu"])
    broadcast = send(omar, incident)
    ways.hospital.phone("dana").do("broadcast.ack", broadcast=broadcast)

    query = select(NewsItem.purpose).join(Delivery, Delivery.news == NewsItem.id).where(Delivery.channel == "webhook")
    assert sorted(db.session.execute(query).scalars()) == [
        "broadcast.acknowledged",
        "broadcast.sent",
        "incident.declared",
    ]


def test_a_receipt_by_push_is_a_fact_of_the_device(ways: Ways, omar: PhonePort) -> None:
    broadcast = send(omar, omar.declare(units=["icu"]))
    nia, dana = ways.hospital.phone("nia"), ways.hospital.phone("dana")

    assert nia.do("broadcast.receive", broadcast=broadcast, read=False, path="push")["st"] == "ok"
    assert dana.do("broadcast.receive", broadcast=broadcast, read=False)["st"] == "ok"

    assert delivered_by(broadcast) == {(ways.hospital.ids["nia"], "device-nia"): "push"}
