"""Alerts on a phone, over HTTP: on, off, tried, arrived."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.base.db import db
from app.delivery.models import DeliveryAddress, PushSubscription
from app.delivery.origins import is_push_endpoint, may_send_to, named_origins, origin_of
from tests.cast import SITE, Hospital
from tests.conftest import FakeClock
from tests.delivery.conftest import Post
from tests.phone import PhonePort
from tests.projections import differences
from tests.push_keys import EXAMPLE_AUTH, EXAMPLE_KEY

MOZILLA = "https://updates.push.services.mozilla.com/wpush/v2/abc"
KEYS = {"p256dh": EXAMPLE_KEY, "auth": EXAMPLE_AUTH}


def subscribe(phone: PhonePort, endpoint: str = MOZILLA, **fields: Any) -> Any:
    return phone.client.post("/api/push/subscriptions", json={"endpoint": endpoint, "keys": KEYS, **fields})


def kept() -> list[tuple[str, str, str]]:
    db.session.remove()
    query = select(PushSubscription.user, PushSubscription.device, PushSubscription.state)
    return sorted((one.user, one.device, one.state) for one in db.session.execute(query))


@pytest.fixture
def nia(northgate_open: Hospital) -> PhonePort:
    return northgate_open.phone("nia")


def test_a_phone_turns_alerts_on_and_reads_that_they_are(northgate_open: Hospital, nia: PhonePort) -> None:
    assert subscribe(nia).status_code == 201
    nia.pull()

    row = nia.one("push")
    assert (row["id"], row["state"], row["tested_at"]) == ("push:device-nia", "active", None)
    before = nia.cursors[f"user:{northgate_open.ids['nia']}"]
    assert subscribe(nia).status_code == 201
    nia.pull()
    assert nia.cursors[f"user:{northgate_open.ids['nia']}"] == before


def test_an_endpoint_belongs_to_who_subscribed_there_last(northgate_open: Hospital, nia: PhonePort) -> None:
    subscribe(nia)
    bo = northgate_open.phone("bo", device="device-nia")

    subscribe(bo)

    assert kept() == [(northgate_open.ids["bo"], "device-nia", "active")]
    nia.pull()
    assert nia.rows("push") == []


def test_a_new_endpoint_of_the_same_phone_ends_the_old_one(northgate_open: Hospital, nia: PhonePort) -> None:
    subscribe(nia)
    subscribe(nia, MOZILLA + "d")

    me = northgate_open.ids["nia"]
    assert kept() == [(me, "device-nia", "active"), (me, "device-nia", "ended")]


def test_alerts_end_when_the_person_says_so_or_signs_out(northgate_open: Hospital, nia: PhonePort) -> None:
    me = northgate_open.ids["nia"]
    subscribe(nia)
    assert nia.client.delete("/api/push/subscriptions", json={}).get_json() == {"ended": 1}
    assert nia.client.delete("/api/push/subscriptions", json={"endpoint": MOZILLA}).get_json() == {"ended": 0}
    nia.pull()
    assert nia.rows("push") == []
    subscribe(nia)
    assert kept() == [(me, "device-nia", "active")]

    nia.client.post("/api/logout", json={})

    assert kept() == [(me, "device-nia", "ended")]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://example.org/push", "http://updates.push.services.mozilla.com/x", "https://127.0.0.1:8000/push",
        "https://fcm.googleapis.com.evil.example/x", "https://fcm.googleapis.com@evil.example/x",
        "https://fcm.googleapis.com:8443/x", "file:///etc/passwd-longer", "https://evil.example/?fcm.googleapis.com",
        "https://evilpush.apple.com.example/x", "https://fcm.googleapis.com/x#y", "https://fcm.googleapis.com\\@evil.ex",
    ],
)  # fmt: skip
def test_no_other_address_than_a_push_service_is_kept(nia: PhonePort, endpoint: str) -> None:
    answer = subscribe(nia, endpoint)

    assert (answer.status_code, answer.get_json()["code"]) == (400, "no_push_service")
    assert kept() == []


def test_the_push_services_of_the_browsers_and_named_ones_are_known() -> None:
    named = named_origins("http://127.0.0.1:9000, https://push.hospital.example")
    known = [
        "https://fcm.googleapis.com/fcm/send/abc", "https://web.push.apple.com/QGl", MOZILLA,
        "https://wns2-par02p.notify.windows.com/w/?token=x", "http://127.0.0.1:9000/push/1",
        "https://push.hospital.example/x",
    ]  # fmt: skip

    assert [is_push_endpoint(one, named) for one in known] == [True] * 6
    assert not is_push_endpoint("http://127.0.0.1:9001/push/1", named)
    assert origin_of("HTTPS://Push.Example:443/x") == "https://push.example"
    assert may_send_to("https://teams.example/hook", frozenset())
    assert not may_send_to("http://10.0.0.1/hook", named)


@pytest.mark.parametrize(
    "keys", [{"p256dh": "AAAAAAAAAAAAAAAA", "auth": EXAMPLE_AUTH}, {**KEYS, "auth": "AAAAAAAAAAAA"}]
)
def test_keys_that_are_none_are_refused(nia: PhonePort, keys: dict[str, str]) -> None:
    answer = nia.client.post("/api/push/subscriptions", json={"endpoint": MOZILLA, "keys": keys})

    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_uri_gets_no_alerts_and_a_stranger_neither(northgate_open: Hospital, client: FlaskClient) -> None:
    uri = northgate_open.phone("uri")
    body = {"endpoint": MOZILLA, "keys": KEYS}

    assert subscribe(uri).status_code == 403
    assert uri.client.post("/api/push/test", json={}).status_code == 403
    assert client.post("/api/push/subscriptions", json=body).status_code == 401


def test_a_test_is_sent_and_the_phone_says_when_it_arrived(
    post: Post, nia: PhonePort, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.delivery.commands.subscriptions.named_origins", lambda _setting: {post.service.origin})
    browser = post.service.browser("nia")
    body = {"endpoint": post.service.endpoint("nia"), "keys": browser.keys, "lang": "es"}
    assert nia.client.post("/api/push/subscriptions", json=body).status_code == 201
    news = nia.client.post("/api/push/test", json={}).get_json()["news"]
    assert nia.client.post("/api/push/test", json={}).status_code == 429
    post.work()
    [push] = post.service.received("nia")
    assert push.message["notification"]["title"].startswith("Prueba")
    assert push.message["notification"]["data"]["news"] == news
    nia.pull()
    assert nia.one("push")["handed_over_at"] is not None
    assert nia.one("push")["arrived_at"] is None

    clock.advance(seconds=5)
    assert nia.do("push.arrived", news=news)["st"] == "ok"

    nia.pull()
    assert nia.one("push")["arrived_at"] == nia.journal[-1].op["at"]
    assert differences(SITE["id"], late=True) == {}


def test_a_phone_without_alerts_cannot_try_them(nia: PhonePort) -> None:
    answer = nia.client.post("/api/push/test", json={})

    assert (answer.status_code, answer.get_json()["code"]) == (409, "no_alerts")


def test_nobody_says_of_somebody_elses_alert_that_it_arrived(northgate_open: Hospital, nia: PhonePort) -> None:
    subscribe(nia)
    news = nia.client.post("/api/push/test", json={}).get_json()["news"]

    result = northgate_open.phone("bo").do("push.arrived", news=news)

    assert (result["st"], result["code"]) == ("rejected", "not_found")


def test_a_person_keeps_addresses_and_takes_them_away(northgate_open: Hospital, nia: PhonePort) -> None:
    put = {"email": " nia@hospital.example ", "mobile": "+44 7700 900-123"}
    assert nia.client.post("/api/addresses", json=put).status_code == 200
    nia.pull()
    assert {row["channel"]: row["address"] for row in nia.rows("address")} == {
        "email": "nia@hospital.example", "sms": "+447700900123",
    }  # fmt: skip

    assert nia.client.post("/api/addresses", json={"mobile": ""}).status_code == 200

    nia.pull()
    assert [row["channel"] for row in nia.rows("address")] == ["email"]
    assert differences(SITE["id"]) == {}


@pytest.mark.parametrize(
    "body", [{"email": "nia"}, {"email": "nia@"}, {"mobile": "07700 900123"}, {"mobile": "+44 call"}]
)
def test_what_is_no_address_is_refused_with_a_sentence(nia: PhonePort, body: dict[str, str]) -> None:
    answer = nia.client.post("/api/addresses", json=body)

    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad_address")
    assert db.session.execute(select(DeliveryAddress.id)).first() is None
