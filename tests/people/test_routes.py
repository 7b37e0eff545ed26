from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.base.db import db
from app.base.instants import from_wire
from app.base.meta import epoch
from app.base.models import Event
from app.people.models import LoginFailure, PushToken, SignIn
from tests.conftest import FakeClock
from tests.people.cast import DANA, NIA, OMAR, PASSWORD, SITE, URI, Member, login, signed_in


def refuse(client: FlaskClient, member: Member, *, times: int, device: str = "stranger") -> list[int]:
    return [login(client, member, device=device, password="wrong").status_code for _ in range(times)]


def event_types() -> list[str]:
    return list(db.session.execute(select(Event.type).order_by(Event.id)).scalars())


def test_nia_signs_in_and_gets_all_a_phone_needs_to_begin(app: Flask, client: FlaskClient, clock: FakeClock) -> None:
    boot = signed_in(client, NIA)

    assert boot["user"] == {
        "id": NIA.id,
        "name": "Nia Okafor",
        "username": "nia",
        "roles": ["bedside-nurse"],
        "units": ["icu"],
        "memberships": [{"unit": "icu", "role": "bedside-nurse"}],
    }
    about = {"id": SITE, "name": "Northgate General", "tz": "America/Chicago"}
    assert boot["site"] == {**about, "demo": False, "public_updates": True}
    assert boot["scopes"] == ["site:northgate", "ref:northgate", "unit:icu", f"user:{NIA.id}"]
    assert boot["proto"] == {"cur": 1, "min": 1}
    assert boot["app"] == {"ver": app.extensions["build"], "min": "", "hold": False}
    assert (boot["device"], boot["vapid"], boot["epoch"]) == ("phone-1", app.extensions["vapid_public_key"], epoch())
    assert from_wire(boot["offline_until"]) == clock.now() + timedelta(hours=12)
    assert len(boot["push_token"]) >= 43


def test_boot_answers_the_same_without_a_new_push_token(client: FlaskClient) -> None:
    first = signed_in(client, NIA)

    again = client.get("/api/boot")

    assert again.status_code == 200
    assert again.headers["Cache-Control"] == "no-store"
    assert "push_token" not in again.get_json()
    assert again.get_json()["user"] == first["user"]


def test_a_device_without_a_person_asks_whose_its_cookie_is_and_is_not_refused(client: FlaskClient) -> None:
    nobody = client.get("/api/signed-in")
    assert (nobody.status_code, nobody.data) == (204, b"")
    assert nobody.headers["Wardlight"] == client.get("/api/ping").get_json()["wardlight"]

    signed_in(client, NIA)
    somebody = client.get("/api/signed-in").get_json()
    assert somebody.keys() == client.get("/api/boot").get_json().keys()
    assert somebody["user"]["username"] == "nia"


def test_the_ticket_carries_the_rooms_of_the_person(app: Flask, client: FlaskClient) -> None:
    nurse = app.extensions["tickets"].read(signed_in(client, NIA)["ws_ticket"])
    leader = app.extensions["tickets"].read(signed_in(app.test_client(), OMAR, device="laptop")["ws_ticket"])

    assert nurse["rooms"] == ["site:northgate", "ref:northgate", "unit:icu", f"user:{NIA.id}"]
    assert (nurse["user"], nurse["device"]) == (NIA.id, "phone-1")
    found = db.session.get(SignIn, nurse["session"])
    assert found is not None
    assert found.user == NIA.id
    assert leader["rooms"][-1] == "command"


def test_the_outsider_signs_in_and_may_read_nothing(app: Flask, client: FlaskClient) -> None:
    boot = signed_in(client, URI)

    assert (boot["user"]["roles"], boot["user"]["units"], boot["scopes"]) == ([], [], [])
    assert app.extensions["tickets"].read(boot["ws_ticket"])["rooms"] == []
    assert boot["site"]["id"] == SITE


def test_the_name_is_read_without_case_and_spaces(client: FlaskClient) -> None:
    assert login(client, NIA, username=" NIA ").status_code == 200


@pytest.mark.parametrize("changed", [{"password": "wrong"}, {"username": "nobody"}, {"password": None, "pin": "1234"}])
def test_whatever_does_not_fit_gets_the_same_answer(client: FlaskClient, changed: dict[str, Any]) -> None:
    answer = login(client, NIA, **changed)

    assert answer.status_code == 401
    assert answer.get_json() == {
        "code": "bad_credentials",
        "msg": "That name and password do not fit together.",
    }
    assert client.get("/api/boot").status_code == 401


def test_the_sixth_try_waits_even_with_the_right_password(client: FlaskClient, clock: FakeClock) -> None:
    assert refuse(client, NIA, times=5) == [401] * 5
    clock.advance(minutes=5)

    answer = login(client, NIA, device="stranger")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "600"
    assert (answer.get_json()["code"], answer.get_json()["retry_after"]) == ("slow_down", 600)
    clock.advance(minutes=10)
    assert login(client, NIA, device="stranger").status_code == 200


def test_the_limit_is_the_account_s_and_not_the_address_s(client: FlaskClient) -> None:
    refuse(client, NIA, times=6)

    assert login(client, DANA).status_code == 200
    assert login(client, NIA, device="another").status_code == 429


def test_an_unknown_account_is_limited_like_a_known_one(client: FlaskClient) -> None:
    nobody = Member("nobody", "Nobody", ())

    assert refuse(client, nobody, times=6) == refuse(client, NIA, times=6) == [401] * 5 + [429]


def test_a_stranger_cannot_lock_nia_out_of_the_phone_she_uses(client: FlaskClient) -> None:
    signed_in(client, NIA)
    refuse(client, NIA, times=6, device="stranger")

    assert login(client, NIA).status_code == 200


def test_the_phone_she_uses_has_a_limit_too(client: FlaskClient) -> None:
    signed_in(client, NIA)

    assert refuse(client, NIA, times=6, device="phone-1") == [401] * 5 + [429]


def test_many_guesses_at_the_same_time_are_no_more_than_five(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one guess is being checked, others arrive and fail; the right one among them must not get through."""

    def slow_check(_kept: str | None, secret: str) -> bool:
        if secret == PASSWORD:
            refuse(app.test_client(), NIA, times=5)
        return secret == PASSWORD

    monkeypatch.setattr("app.people.commands.sign_in.secret_fits", slow_check)

    assert login(client, NIA).status_code == 429


def test_successes_are_never_limited(client: FlaskClient) -> None:
    assert [login(client, NIA, device=f"phone-{number}").status_code for number in range(8)] == [200] * 8


def test_a_typed_name_is_not_kept_longer_than_its_window(client: FlaskClient, clock: FakeClock) -> None:
    refuse(client, Member("my-secret", "", ()), times=1)
    clock.advance(minutes=16)
    refuse(client, NIA, times=1)

    assert list(db.session.execute(select(LoginFailure.account)).scalars()) == ["nia"]
    assert "my-secret" not in str(db.session.execute(select(Event.facts)).all())


def test_only_the_hash_of_the_token_is_stored(client: FlaskClient) -> None:
    token = signed_in(client, NIA)["push_token"]

    stored = db.session.execute(select(PushToken)).scalars().one()
    assert len(stored.token_hash) == 64
    assert token not in str(vars(stored))


def test_a_sign_in_ends_after_twelve_hours_and_its_token_does_not(client: FlaskClient, clock: FakeClock) -> None:
    token = signed_in(client, NIA)["push_token"]
    clock.advance(hours=12)

    answer = client.get("/api/boot")

    assert (answer.status_code, answer.get_json()["code"]) == (401, "sign_in")
    assert login(client, NIA).get_json()["push_token"] != token


def test_logout_ends_this_sign_in_only_and_keeps_the_push_token(app: Flask, client: FlaskClient) -> None:
    signed_in(client, NIA)
    tablet = app.test_client()
    signed_in(tablet, NIA, device="tablet")

    assert client.post("/api/logout", json={}).get_json() == {"ok": True}

    assert client.get("/api/boot").status_code == 401
    assert tablet.get("/api/boot").status_code == 200
    assert set(db.session.execute(select(PushToken.revoked_at)).scalars()) == {None}
    assert event_types()[-1] == "person.signed_out"


def test_a_copied_cookie_is_worth_nothing_after_logout(app: Flask, client: FlaskClient) -> None:
    signed_in(client, NIA)
    cookie = client.get_cookie("wardlight")
    assert cookie is not None
    client.post("/api/logout", json={})

    thief = app.test_client()
    thief.set_cookie("wardlight", cookie.value)

    assert thief.get("/api/boot").status_code == 401


def test_logout_without_a_sign_in_is_fine(client: FlaskClient) -> None:
    assert client.post("/api/logout", json={}).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_lasts_twelve_hours(client: FlaskClient) -> None:
    header = login(client, NIA).headers["Set-Cookie"]

    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Expires=" in header


def test_a_phone_that_lost_its_token_gets_a_new_one(client: FlaskClient) -> None:
    first = signed_in(client, NIA)["push_token"]

    answer = client.post("/api/token", json={})

    assert answer.status_code == 200
    assert answer.get_json()["push_token"] != first
    assert client.post("/api/logout", json={}).status_code == 200
    assert client.post("/api/token", json={}).get_json()["code"] == "sign_in"


def test_ping_proves_itself_without_a_sign_in(client: FlaskClient) -> None:
    answer = client.get("/api/ping")

    assert answer.get_json()["wardlight"] == epoch()
    assert answer.headers["Cache-Control"] == "no-store"


def test_sign_ins_and_refusals_are_in_the_record(client: FlaskClient) -> None:
    refuse(client, NIA, times=1)
    signed_in(client, NIA)

    assert event_types()[-2:] == ["person.sign_in_refused", "person.signed_in"]


def test_no_secret_reaches_the_log(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    token = signed_in(client, NIA)["push_token"]
    login(client, NIA, password="not-my-lamp")

    assert not any(secret in caplog.text for secret in (PASSWORD, token, "not-my-lamp"))


def test_a_malformed_sign_in_gets_a_sentence_that_names_the_field(client: FlaskClient) -> None:
    answer = client.post("/api/login", json={"username": "nia", "password": "x"})

    assert answer.status_code == 400
    assert answer.get_json() == {"code": "malformed", "msg": "The field “device” is missing."}
