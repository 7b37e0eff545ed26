"""The door before the framework sees every change at once, whoever made it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from app.base import clock as base_clock, meta
from app.base.attestation import attest_now
from app.base.ids import uuid7
from app.base.settings import Settings
from app.base.unit_of_work import write
from app.command_app import command_app
from app.people.commands.accounts import add_membership, end_account, end_membership, set_password
from app.people.commands.duty import claim_duty, release_duty
from app.people.models import Membership, SignIn, Site, Unit
from app.people.queries import person_of
from app.response.models import Incident
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort
from tests.sync.door_stage import PULL, ask, inside, known, nia, omar, put_news, shared_app

__all__ = ["inside", "nia", "omar", "shared_app"]
Change = Callable[[Hospital], object]


def end_sign_ins(_hospital: Hospital) -> None:
    with write() as work:
        work.session.execute(update(SignIn).values(ended_at=work.now))


def forget_sign_ins(_hospital: Hospital) -> None:
    with write() as work:
        work.session.execute(delete(SignIn))


def shorten_sign_ins(_hospital: Hospital) -> None:
    with write() as work:
        work.session.execute(update(SignIn).values(expires_at=work.now - timedelta(seconds=1)))


def take_duty(hospital: Hospital) -> None:
    nia = person_of(hospital.ids["nia"])
    assert nia is not None
    claim_duty(nia, attest_now(nia.id, nia.name), unit="5-west", role="bedside-nurse")


def move_the_unit(_hospital: Hospital) -> None:
    with write() as work:
        work.session.execute(insert(Site).values(id="southgate", name="Southgate", tz="UTC"))
        work.session.execute(update(Unit).where(Unit.id == "icu").values(site="southgate"))


def member_as_an_object(hospital: Hospital) -> None:
    """By an ORM object and its flush."""
    values = {"user": hospital.ids["nia"], "unit": "pharmacy", "role": "pharmacist"}
    with write() as work:
        work.session.add(Membership(**values, since=work.now, until=None))


def members_together(hospital: Hospital) -> None:
    """By one statement for many, as a roster does."""
    both = [{"user": hospital.ids["nia"], "unit": unit, "role": "bedside-nurse"} for unit in ("5-west", "pharmacy")]
    with write() as work:
        work.session.execute(insert(Membership), [{**one, "since": work.now, "until": None} for one in both])


def begin_another_epoch(_hospital: Hospital) -> None:
    with write() as work:
        meta.put_meta(work, "epoch", uuid7())


CHANGES: dict[str, tuple[Change, int]] = {
    "sign-in ended": (end_sign_ins, 401),
    "sign-in deleted": (forget_sign_ins, 401),
    "sign-in shortened": (shorten_sign_ins, 401),
    "account ended": (lambda hospital: end_account(hospital.ids["nia"]), 401),
    "password": (lambda hospital: set_password(hospital.ids["nia"], "another word for tests"), 401),
    "membership": (lambda hospital: add_membership(hospital.ids["nia"], unit="pharmacy", role="pharmacist"), 200),
    "membership ended": (lambda hospital: end_membership(hospital.ids["nia"], unit="icu", role="bedside-nurse"), 200),
    "membership by an object": (member_as_an_object, 200),
    "memberships together": (members_together, 200),
    "duty": (take_duty, 200),
    "unit moved": (move_the_unit, 200),
    "epoch": (begin_another_epoch, 200),
}


def elsewhere(hospital: Hospital) -> AbstractContextManager[Any]:
    """Another process of the house: a server beside this one, or a command."""
    settings: Settings = hospital.app.extensions["settings"]
    return command_app(Settings(data_dir=settings.data_dir, database_url=settings.database_url))


@pytest.mark.parametrize("change", CHANGES)
def test_the_very_next_pull_sees_a_change(hospital: Hospital, nia: PhonePort, inside: list[str], change: str) -> None:
    act, status = CHANGES[change]
    act(hospital)
    meta.forget()  # the framework may go on with an epoch for some seconds, as it always has

    assert ask(nia).status_code == status
    assert inside == [PULL]


@pytest.mark.parametrize("change", ["sign-in ended", "membership", "duty", "epoch"])
def test_the_very_next_pull_sees_what_another_process_has_changed(
    hospital: Hospital, nia: PhonePort, inside: list[str], change: str
) -> None:
    act, status = CHANGES[change]
    with elsewhere(hospital):
        act(hospital)
    meta.forget()  # the framework may go on with an epoch for some seconds, as it always has

    assert ask(nia).status_code == status
    assert inside == [PULL]


def test_the_very_next_pull_brings_what_another_process_has_written(
    hospital: Hospital, nia: PhonePort, inside: list[str]
) -> None:
    with elsewhere(hospital):
        put_news()

    assert [row["id"] for row in ask(nia).get_json()["delta"]["unit:icu"]["rows"]] == ["n-1"]
    assert inside == []


@pytest.mark.parametrize("change", CHANGES)
def test_news_are_nobodys_whose_rights_have_changed(
    hospital: Hospital, nia: PhonePort, inside: list[str], change: str
) -> None:
    put_news()
    act, status = CHANGES[change]
    act(hospital)
    meta.forget()

    assert ask(nia).status_code == status
    assert inside == [PULL]


def test_duty_that_ends_takes_its_unit_away(hospital: Hospital, nia: PhonePort, inside: list[str]) -> None:
    take_duty(hospital)
    nia.pull()
    assert "unit:5-west" in nia.cursors
    ask(nia)
    inside.clear()

    person = person_of(hospital.ids["nia"])
    assert person is not None
    release_duty(person, attest_now(person.id, person.name), unit="5-west", role="bedside-nurse")

    assert ask(nia).get_json()["drop"] == ["unit:5-west"]


def test_a_sign_out_is_seen(nia: PhonePort, inside: list[str]) -> None:
    cookie = nia.client.get_cookie("wardlight")
    assert cookie is not None
    nia.client.post("/api/logout", json={})
    nia.client.set_cookie("wardlight", cookie.value)

    assert ask(nia).status_code == 401


def test_a_sign_in_expires_at_the_door_too(nia: PhonePort, clock: FakeClock, inside: list[str]) -> None:
    clock.advance(hours=11, minutes=59)
    assert ask(nia).status_code == 204
    assert inside == []

    clock.advance(minutes=1)

    assert ask(nia).status_code == 401


def test_a_clock_that_is_set_back_is_no_reason_to_trust_the_memory(nia: PhonePort, inside: list[str]) -> None:
    base_clock.set_source(lambda: base_clock_before(timedelta(minutes=1)))

    assert ask(nia).status_code == 204
    assert inside == [PULL]


def base_clock_before(duration: timedelta) -> Any:
    return FakeClock().now() - duration


def test_a_leader_hears_of_an_incident_that_begins_and_of_one_that_leaves_sight(
    hospital: Hospital, omar: PhonePort, clock: FakeClock, inside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(omar).status_code == 204
    assert inside == []
    first = omar.one("incident")["id"]
    with write() as work:
        work.session.execute(update(Incident).values(state="closed", ts=work.now, retired=True))
    ask(omar)
    inside.clear()
    # a sign-in that lasts, as what is to be seen here ends after two days
    with write() as work:
        work.session.execute(update(SignIn).values(expires_at=work.now + timedelta(days=9)))
    monkeypatch.setitem(hospital.app.config, "PERMANENT_SESSION_LIFETIME", timedelta(days=9))
    hospital.app.extensions["door"].forget()
    ask(omar)
    inside.clear()

    clock.advance(hours=47, minutes=59)
    assert ask(omar).status_code == 204
    assert inside == []
    clock.advance(minutes=2)

    assert ask(omar).get_json()["drop"] == [f"incident:{first}:command"]


def test_a_leader_hears_at_once_of_an_incident(hospital: Hospital, clock: FakeClock, inside: list[str]) -> None:
    omar = known(hospital, "omar", inside)

    incident = hospital.phone("priya").declare()

    assert f"incident:{incident}:command" in ask(omar).get_json()["snap"]
