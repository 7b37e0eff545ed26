from __future__ import annotations

from app.base.attestation import attest_now
from app.people.commands.accounts import add_membership, end_account, end_membership
from app.people.commands.duty import claim_duty
from app.people.person import Person
from app.people.queries import (
    people_by_unit,
    people_of_unit,
    person_of,
    rooms_of,
    scopes_of,
    site_card,
    sites,
    unit_name,
    units,
)
from tests.conftest import FakeClock
from tests.people.cast import DANA, NIA, OMAR, SITE, URI, Member


def somebody(member: Member) -> Person:
    person = person_of(member.id)
    assert person is not None
    return person


def test_duty_adds_its_unit_to_those_of_membership() -> None:
    nia = somebody(NIA)
    claim_duty(nia, attest_now(nia.id, nia.name), unit="5w", role="bedside-nurse")

    nia = somebody(NIA)

    assert nia.memberships == (("icu", "bedside-nurse"),)
    assert nia.duty == (("5w", "bedside-nurse"),)
    assert (nia.units, nia.roles) == (("icu", "5w"), ("bedside-nurse",))
    assert nia.belongs_to("5w")
    assert "unit:5w" in scopes_of(nia)


def test_the_outsider_holds_nothing_and_reads_nothing() -> None:
    uri = somebody(URI)

    assert (uri.roles, uri.units, uri.memberships, uri.duty) == ((), (), (), ())
    assert scopes_of(uri) == rooms_of(uri) == []
    assert uri.site == SITE


def test_only_leaders_have_the_room_of_the_command_scopes() -> None:
    assert rooms_of(somebody(OMAR)) == ["site:northgate", "ref:northgate", "unit:it", f"user:{OMAR.id}", "command"]
    assert rooms_of(somebody(DANA)) == scopes_of(somebody(DANA))


def test_a_lost_membership_is_remembered_for_a_day(clock: FakeClock) -> None:
    end_membership(NIA.id, unit="icu", role="bedside-nurse")

    clock.advance(hours=23)
    assert somebody(NIA).units == ()
    assert somebody(NIA).ended == (("icu", "bedside-nurse"),)

    clock.advance(hours=1)
    assert somebody(NIA).ended == ()


def test_an_ended_account_may_still_hand_in_its_work_for_a_day(clock: FakeClock) -> None:
    end_account(NIA.id)

    nia = somebody(NIA)
    assert (nia.roles, nia.ended) == ((), (("icu", "bedside-nurse"),))

    clock.advance(hours=24)
    assert person_of(NIA.id) is None


def test_the_people_of_a_unit_are_its_members_and_who_is_on_duty() -> None:
    omar = somebody(OMAR)
    add_membership(OMAR.id, unit="5w", role="it-lead")
    claim_duty(somebody(OMAR), attest_now(omar.id, omar.name), unit="icu", role="it-lead")

    people = people_of_unit("icu")

    assert [(one.name, one.roles, one.on_duty) for one in people] == [
        ("Dana Reyes", ("charge-nurse",), False),
        ("Nia Okafor", ("bedside-nurse",), False),
        ("Omar Haddad", ("it-lead",), True),
    ]
    assert [one.id for one in people_of_unit("icu", roles=["charge-nurse"])] == [DANA.id]
    assert set(people_by_unit()) == {"icu", "it", "5w"}
    assert people_by_unit([]) == {}


def test_ended_accounts_are_nobody_s_colleagues() -> None:
    end_account(NIA.id)

    assert [one.id for one in people_of_unit("icu")] == [DANA.id]


def test_units_come_in_the_hospital_s_order() -> None:
    assert [unit["id"] for unit in units(SITE)] == ["icu", "5w", "it"]
    assert units("elsewhere") == []
    assert (unit_name("5w"), unit_name("nowhere")) == ("5 West", "nowhere")


def test_a_site_without_an_entry_has_an_empty_card() -> None:
    assert site_card("elsewhere") == {"id": "elsewhere", "name": "", "tz": "UTC", "demo": False, "public_updates": True}
    assert [site["id"] for site in sites()] == [SITE]
