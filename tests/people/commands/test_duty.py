from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.base.attestation import Attestation, attest_now
from app.base.db import db
from app.base.errors import NotAllowed, NotFound
from app.base.models import Event
from app.live.scopes import user_scope
from app.people.commands.accounts import end_membership
from app.people.commands.duty import claim_duty, release_duty
from app.people.models import Duty
from app.people.person import Person
from app.people.queries import person_of
from tests.conftest import FakeClock
from tests.people.cast import NIA, OMAR, URI, Member
from tests.people.rows import body_of, head_of


def acting(member: Member) -> tuple[Person, Attestation]:
    person = person_of(member.id)
    assert person is not None
    return person, attest_now(person.id, person.name, device="phone-1")


def duties() -> list[tuple[str, str, bool]]:
    found = db.session.execute(select(Duty.unit, Duty.role, Duty.until).order_by(Duty.id))
    return [(unit, role, until is None) for unit, role, until in found]


def test_claiming_duty_is_on_record_and_in_the_person_s_own_row(clock: FakeClock) -> None:
    outcome = claim_duty(*acting(NIA), unit="5w", role="bedside-nurse")

    assert (outcome.st, outcome.scope) == ("ok", user_scope(NIA.id))
    assert duties() == [("5w", "bedside-nurse", True)]
    assert body_of(user_scope(NIA.id), NIA.id)["duty"] == [
        {"unit": "5w", "role": "bedside-nurse", "since": "2026-11-21T20:51:00.000Z"}
    ]
    event = db.session.execute(select(Event).order_by(Event.id.desc())).scalars().first()
    assert event is not None
    assert (event.type, event.unit, event.facts["unit_name"]) == ("duty.claimed", "5w", "5 West")


def test_duty_begins_when_the_person_took_it_and_not_when_the_phone_found_a_network(clock: FakeClock) -> None:
    nia, attestation = acting(NIA)
    earlier = attestation.occurred_at - timedelta(minutes=40)
    offline = Attestation(
        actor=nia.id, actor_name=nia.name, occurred_at=earlier, received_at=attestation.received_at, device="phone-1"
    )

    claim_duty(nia, offline, unit="icu", role="bedside-nurse")

    assert db.session.execute(select(Duty.since)).scalar() == earlier


def test_claiming_twice_is_one_duty_and_one_event() -> None:
    claim_duty(*acting(NIA), unit="5w", role="bedside-nurse")
    seq = head_of(user_scope(NIA.id))

    outcome = claim_duty(*acting(NIA), unit="5w", role="bedside-nurse")

    assert outcome.st == "ok"
    assert duties() == [("5w", "bedside-nurse", True)]
    assert head_of(user_scope(NIA.id)) == seq


def test_releasing_ends_it_and_releasing_again_finds_it_ended() -> None:
    claim_duty(*acting(NIA), unit="5w", role="bedside-nurse")

    first = release_duty(*acting(NIA), unit="5w", role="bedside-nurse")
    second = release_duty(*acting(NIA), unit="5w", role="bedside-nurse")

    assert (first.st, second.st, second.code) == ("ok", "superseded", "not_on_duty")
    assert duties() == [("5w", "bedside-nurse", False)]
    assert db.session.execute(select(Duty.ended_by)).scalar() == NIA.id
    assert body_of(user_scope(NIA.id), NIA.id)["duty"] == []


def test_duty_may_be_taken_up_again() -> None:
    for _ in range(2):
        claim_duty(*acting(NIA), unit="5w", role="bedside-nurse")
        release_duty(*acting(NIA), unit="5w", role="bedside-nurse")

    assert duties() == [("5w", "bedside-nurse", False)] * 2


@pytest.mark.parametrize("member", [NIA, URI])
def test_nobody_makes_themself_a_leader_by_going_on_duty(member: Member) -> None:
    with pytest.raises(NotAllowed):
        claim_duty(*acting(member), unit="it", role="it-lead")

    assert duties() == []


def test_the_outsider_claims_no_duty_at_all() -> None:
    with pytest.raises(NotAllowed):
        claim_duty(*acting(URI), unit="icu", role="bedside-nurse")


def test_duty_does_not_outlive_the_membership_it_was_claimed_with() -> None:
    claim_duty(*acting(OMAR), unit="icu", role="it-lead")

    end_membership(OMAR.id, unit="it", role="it-lead")

    omar, _ = acting(OMAR)
    assert omar.roles == ()
    assert not omar.is_leader


@pytest.mark.parametrize(("unit", "role"), [("nowhere", "bedside-nurse"), ("icu", "wizard")])
def test_an_unknown_unit_or_role_is_not_found(unit: str, role: str) -> None:
    with pytest.raises(NotFound):
        claim_duty(*acting(NIA), unit=unit, role=role)


def test_the_phones_of_the_person_hear_that_rights_have_changed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "app.people.commands.accounts.tell_user", lambda user, event, _body: heard.append((user, event))
    )

    claim_duty(*acting(NIA), unit="5w", role="bedside-nurse")

    assert heard == [(NIA.id, "auth")]
