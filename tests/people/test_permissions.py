from __future__ import annotations

import pytest

from app.people.permissions import (
    ACTIONS,
    ANY_ROLE,
    ANYONE,
    LEADER_ROLES,
    ROLES,
    SCREEN,
    SIGNED_IN,
    TOKEN_ACTIONS,
    WHO_MAY,
    is_for_screens,
    is_public,
    may,
    may_claim_duty,
)

pytestmark = pytest.mark.door

COMMAND = {"it-lead", "incident-commander", "administrator"}


def who_may(action: str) -> set[str]:
    return {role for role in ROLES if may([role], action)}


def test_the_table_names_only_known_roles_and_groups() -> None:
    named = frozenset().union(*WHO_MAY.values())

    assert named <= {*ROLES, ANYONE, SIGNED_IN, ANY_ROLE, SCREEN}
    assert set(ROLES) >= LEADER_ROLES
    assert set(ACTIONS) >= TOKEN_ACTIONS


def test_only_command_declares_and_advances_an_incident() -> None:
    assert who_may("incident.declare") == COMMAND
    assert who_may("incident.advance") == COMMAND


def test_communications_may_send_broadcasts_too() -> None:
    assert who_may("broadcast.send") == {*COMMAND, "communications"}


def test_a_screen_reads_its_wall_and_does_nothing_else() -> None:
    assert [action for action in ACTIONS if is_for_screens(action)] == ["wall.read"]


@pytest.mark.parametrize("action", ["help.handle", "board.view", "timeline.view", "wall.read", "wall.manage"])
def test_leaders_see_the_whole_incident(action: str) -> None:
    assert who_may(action) == LEADER_ROLES


@pytest.mark.parametrize("action", ["task.act", "task.confirm", "note.add", "help.ask", "duty.claim", "plans.view"])
def test_everybody_with_a_role_works_on_the_ward_and_the_outsider_does_not(action: str) -> None:
    assert who_may(action) == set(ROLES)
    assert not may([], action)


def test_a_role_of_the_hospital_s_own_works_on_the_ward_but_does_not_command() -> None:
    assert may(["volunteer"], "task.act")
    assert not may(["volunteer"], "incident.declare")


def test_the_phone_s_door_is_open_to_everybody_with_an_account() -> None:
    assert may([], "sync.pull")
    assert may([], "sync.push")


@pytest.mark.parametrize("ask", [lambda: may(["it-lead"], "task.acts"), lambda: is_public("publik")])
def test_an_unknown_action_raises(ask: object) -> None:
    with pytest.raises(KeyError):
        ask()  # type: ignore[operator]


def test_the_charge_goes_round_among_nurses_and_command_does_not() -> None:
    assert may_claim_duty(["bedside-nurse"], "charge-nurse")
    assert may_claim_duty(["pharmacist"], "pharmacist")
    assert not may_claim_duty(["charge-nurse"], "incident-commander")
    assert not may_claim_duty([], "bedside-nurse")
