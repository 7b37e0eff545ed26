from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.base.attestation import by_system
from app.base.db import db
from app.base.errors import AppError, NotFound
from app.live.scopes import user_scope
from app.people.commands.accounts import add_membership, add_user, end_account, end_membership, set_password, set_pin
from app.people.commands.tokens import authenticate_token
from app.people.models import PushToken, User
from app.people.queries import person_of
from tests.conftest import FakeClock
from tests.people.cast import NIA, Member, login, signed_in
from tests.people.rows import body_of

SOL = Member("sol", "Sol Ito", ())


def test_a_new_person_has_their_own_row() -> None:
    user = add_user(by_system(), username=" Sol ", name="Sol Ito", memberships=[("5w", "bedside-nurse")])

    assert body_of(user_scope(user), user) == {
        "name": "Sol Ito",
        "username": "sol",
        "roles": ["bedside-nurse"],
        "units": ["5w"],
        "memberships": [{"unit": "5w", "role": "bedside-nurse"}],
        "duty": [],
        "standby": [],
    }


def test_a_user_name_belongs_to_one_person_whatever_its_case() -> None:
    with pytest.raises(AppError) as caught:
        add_user(by_system(), username="NIA", name="Another Nia")

    assert (caught.value.code, caught.value.status) == ("username_taken", 409)


@pytest.mark.parametrize("username", ["", "a b", "a|b", "-a", "x" * 81, "ñ"])
def test_an_odd_user_name_is_refused(username: str) -> None:
    with pytest.raises(AppError, match="bad_username"):
        add_user(by_system(), username=username, name="Odd")


def test_a_person_without_a_password_signs_in_with_none(client: FlaskClient) -> None:
    add_user(by_system(), username=SOL.username, name=SOL.name)

    assert login(client, SOL).status_code == 401


def test_a_new_password_replaces_the_old_one_and_ends_the_sign_ins(client: FlaskClient) -> None:
    signed_in(client, NIA)

    set_password(NIA.id, "another-lamp")

    assert client.get("/api/boot").status_code == 401
    assert login(client, NIA).status_code == 401
    assert login(client, NIA, password="another-lamp").status_code == 200


def test_a_short_password_is_refused() -> None:
    with pytest.raises(AppError, match="weak_password"):
        set_password(NIA.id, "short")


def test_a_password_for_nobody_is_not_found() -> None:
    with pytest.raises(NotFound):
        set_password("nobody", "another-lamp")


def test_a_pin_opens_only_a_device_where_the_person_signed_in_before(client: FlaskClient) -> None:
    signed_in(client, NIA)
    set_pin(NIA.id, "4711")

    assert login(client, NIA, password=None, pin="4711").status_code == 200
    assert login(client, NIA, password=None, pin="4712").status_code == 401
    assert login(client, NIA, password=None, pin="4711", device="stranger").status_code == 401


def test_a_pin_is_not_a_password(client: FlaskClient) -> None:
    signed_in(client, NIA)
    set_pin(NIA.id, "4711")

    assert login(client, NIA, password="4711").status_code == 401
    assert login(client, NIA, password=None, pin="lamp-in-the-").status_code == 401


@pytest.mark.parametrize("pin", ["123", "12a4", "1" * 13, "١٢٣٤"])
def test_a_pin_is_four_to_twelve_digits(pin: str) -> None:
    with pytest.raises(AppError, match="weak_pin"):
        set_pin(NIA.id, pin)


def test_an_ended_account_signs_in_no_more_and_its_tokens_follow_a_day_later(
    client: FlaskClient, app: Flask, clock: FakeClock
) -> None:
    token = signed_in(client, NIA)["push_token"]

    end_account(NIA.id)

    assert client.get("/api/boot").status_code == 401
    assert login(client, NIA).status_code == 401
    assert hands_in(app, token)
    clock.advance(hours=24)
    assert not hands_in(app, token)
    assert db.session.execute(select(PushToken.revoked_at)).scalar() is None


def hands_in(app: Flask, token: str) -> bool:

    try:
        author, _device = authenticate_token(token)
    except AppError:
        return False
    return author.id == NIA.id


def test_a_membership_given_back_lasts_again() -> None:
    end_membership(NIA.id, unit="icu", role="bedside-nurse")
    add_membership(NIA.id, unit="icu", role="bedside-nurse")

    nia = person_of(NIA.id)
    assert nia is not None
    assert (nia.units, nia.ended) == (("icu",), ())


def test_a_hash_with_old_parameters_is_renewed_at_the_next_sign_in(client: FlaskClient) -> None:

    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("old-lamp-here")
    add_user(by_system(), username=SOL.username, name=SOL.name, password_hash=old)

    assert login(client, SOL, password="old-lamp-here").status_code == 200

    kept = db.session.execute(select(User.password_hash).where(User.username == "sol")).scalar()
    assert kept is not None
    assert kept != old
    assert "m=19456,t=2,p=1" in kept
