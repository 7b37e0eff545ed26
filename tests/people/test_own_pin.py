from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.base.db import db
from app.base.models import Event
from app.people.models import User
from tests.people.cast import DANA, NIA, PASSWORD, login, signed_in


def set_pin(client: FlaskClient, pin: str = "4711", password: str = PASSWORD) -> TestResponse:
    return client.post("/api/pin", json={"pin": pin, "password": password})


def by_pin(client: FlaskClient, pin: str, *, device: str = "phone-1") -> int:
    return login(client, NIA, device=device, password=None, pin=pin).status_code


def test_nia_gives_herself_a_pin_and_comes_back_with_it(app: Flask, client: FlaskClient) -> None:
    signed_in(client, NIA)

    assert set_pin(client).get_json() == {"ok": True}

    assert by_pin(app.test_client(), "4711") == 200
    assert by_pin(app.test_client(), "4712") == 401
    assert by_pin(app.test_client(), "4711", device="stranger") == 401
    kept = db.session.execute(select(User.pin_hash).where(User.id == NIA.id)).scalar()
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert "person.pin_set" in db.session.execute(select(Event.type)).scalars().all()


def test_her_other_phone_stays_signed_in(app: Flask, client: FlaskClient) -> None:
    other = app.test_client()
    signed_in(other, NIA, device="phone-2")
    signed_in(client, NIA)

    set_pin(client)

    assert other.get("/api/boot").status_code == client.get("/api/boot").status_code == 200


def test_whoever_finds_her_tablet_open_cannot_set_a_pin(app: Flask, client: FlaskClient) -> None:
    signed_in(client, NIA)

    answers = [set_pin(client, password="wrong") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[0].get_json()["code"] == "bad_credentials"
    assert by_pin(app.test_client(), "4711") == 429
    assert db.session.execute(select(User.pin_hash).where(User.id == NIA.id)).scalar() is None


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "0000", "1234", "9876", "7890", "١٢٣٤", "4711\n"])
def test_a_pin_that_a_colleague_would_try_first_is_refused(client: FlaskClient, pin: str) -> None:
    signed_in(client, NIA)

    answer = set_pin(client, pin)

    assert (answer.status_code, answer.get_json()["code"]) in [(400, "weak_pin"), (400, "malformed")]


def test_nobody_sets_a_pin_without_a_sign_in(client: FlaskClient) -> None:
    assert set_pin(client).status_code == 401


def test_another_site_cannot_set_a_pin(client: FlaskClient) -> None:
    signed_in(client, NIA)

    body = {"pin": "4711", "password": PASSWORD}
    answer = client.post("/api/pin", json=body, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403


def test_a_new_push_token_says_whose_it_is(client: FlaskClient) -> None:
    signed_in(client, DANA)

    assert client.post("/api/token", json={}).get_json()["user"] == DANA.id
