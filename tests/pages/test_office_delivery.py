"""The office page of delivery."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.base.db import db
from app.delivery.models import Delivery, DeliveryTarget
from app.delivery.queries import policy_of
from tests.cast import Hospital
from tests.pages.conftest import page_of, sign_in_on_page

WEBHOOK = {
    "channel": "webhook",
    "label": "Integration engine",
    "url": "https://engine.example/in",
    "events": "broadcast.sent",
}


@pytest.fixture
def omar(app: Flask, northgate: Hospital) -> FlaskClient:
    client = app.test_client()
    sign_in_on_page(client, "omar")
    return client


def post(client: FlaskClient, path: str, **fields: Any) -> Any:
    token = page_of(client.get("/office/delivery")).fields["csrf_token"]
    return client.post(path, data={"csrf_token": token, **fields})


def targets() -> list[DeliveryTarget]:
    db.session.remove()
    return list(db.session.execute(select(DeliveryTarget)).scalars())


def test_an_it_lead_adds_a_webhook_and_sees_its_secret_once(omar: FlaskClient) -> None:
    page = page_of(post(omar, "/office/delivery/targets", **WEBHOOK))

    [target] = targets()
    secret = next(word for word in page.text.split() if word.startswith("whsec_"))
    assert secret not in target.secret
    assert (target.label, target.events, target.config) == (
        "Integration engine",
        ["broadcast.sent"],
        {"url": WEBHOOK["url"]},
    )
    again = page_of(omar.get("/office/delivery"))
    assert "Integration engine" in again.text
    assert secret not in again.text
    assert again.inline == []


def test_what_cannot_work_is_refused_with_a_sentence_and_what_was_typed_stays(omar: FlaskClient) -> None:
    page = page_of(post(omar, "/office/delivery/targets", **{**WEBHOOK, "url": "http://10.0.0.1/in"}), 400)

    assert "https://" in page.text
    assert page.fields["label"] == "Integration engine"
    assert targets() == []


def test_a_way_out_is_tried_disabled_used_again_and_removed(omar: FlaskClient) -> None:
    post(omar, "/office/delivery/targets", **WEBHOOK)
    [target] = targets()
    path = f"/office/delivery/targets/{target.id}"

    assert post(omar, path, do="test").status_code == 302
    assert [one.channel for one in db.session.execute(select(Delivery)).scalars()] == ["webhook"]
    post(omar, path, do="disable")
    assert [one.enabled for one in targets()] == [False]
    assert db.session.execute(select(Delivery.state)).scalar() == "dead"
    post(omar, path, do="enable")
    assert [one.enabled for one in targets()] == [True]
    post(omar, path, do="remove")
    assert targets() == []
    assert "not there any more" in page_of(post(omar, path, do="test"), 404).text


def test_a_test_by_mail_goes_to_ones_own_address(omar: FlaskClient) -> None:
    mail = {"channel": "email", "label": "Mail", "host": "mail.example", "port": "587", "security": "starttls",
            "sender": "wl@hospital.example", "secret": "hush", "events": "broadcast.sent"}  # fmt: skip
    post(omar, "/office/delivery/targets", **mail)
    [target] = targets()
    assert "own address" in page_of(post(omar, f"/office/delivery/targets/{target.id}", do="test"), 400).text

    post(omar, "/office/delivery/addresses", username="omar", channel="email", address="omar@hospital.example")
    post(omar, f"/office/delivery/targets/{target.id}", do="test")

    assert [one.channel for one in db.session.execute(select(Delivery)).scalars()] == ["email"]
    page = page_of(omar.get("/office/delivery"))
    assert "omar@hospital.example" in page.text
    assert "hush" not in page.text


def test_the_site_decides_about_lock_screens_and_exercises(omar: FlaskClient) -> None:
    post(omar, "/office/delivery/policy", general_title="yes", exercise_channels="webhook")

    policy = policy_of("northgate")
    assert (policy.general_title, tuple(policy.exercise_channels)) == (True, ("webhook",))


def test_nobody_else_opens_it(app: Flask, northgate: Hospital, client: FlaskClient) -> None:
    assert client.get("/office/delivery").status_code == 302
    for name in ("nia", "priya", "uri"):
        other = app.test_client()
        sign_in_on_page(other, name)
        page_of(other.get("/office/delivery"), 403)
        assert other.post("/office/delivery/targets", data=WEBHOOK).status_code == 403
    assert targets() == []


def test_a_form_from_elsewhere_changes_nothing(omar: FlaskClient) -> None:
    assert omar.post("/office/delivery/targets", data=WEBHOOK).status_code == 400
    assert targets() == []


def test_the_page_speaks_spanish(omar: FlaskClient) -> None:
    assert "Vías de salida" in page_of(omar.get("/office/delivery?lang=es")).text
