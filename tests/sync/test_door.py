"""The door before the framework says only what the framework would have said."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.base.db import db
from app.live import presence
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort
from tests.sync.door_stage import PULL, ask, inside, known, nia, omar, put_news, same, shared_app, usual, without_door

__all__ = ["inside", "nia", "omar", "shared_app"]


def test_an_up_to_date_phone_is_answered_at_the_door(nia: PhonePort, inside: list[str]) -> None:
    assert ask(nia).status_code == 204
    assert inside == []


def test_news_are_handed_out_at_the_door_too(nia: PhonePort, inside: list[str]) -> None:
    put_news()

    assert nia.pull() == 1
    assert nia.base["unit:icu"]["n-1"]["b"] == {"text": "News."}
    assert ask(nia).status_code == 204
    assert inside == []


@pytest.mark.parametrize("base_url", ["http://localhost", "https://localhost"])
def test_the_door_says_what_the_framework_says_header_by_header(
    nia: PhonePort, inside: list[str], base_url: str
) -> None:
    for _turn in range(2):
        framework = nia.client.post(PULL, json=usual(nia), base_url=base_url)
        door = nia.client.post(PULL, json=usual(nia), base_url=base_url)
    answers = [(one.status, list(one.headers), one.data) for one in (framework, door)]

    assert inside == ([PULL] if base_url.startswith("https") else [])
    with_framework_only = without_door(nia, lambda: nia.client.post(PULL, json=usual(nia), base_url=base_url))
    assert answers == [(with_framework_only.status, list(with_framework_only.headers), b"")] * 2
    assert door.headers["Wardlight"] == nia.epoch
    assert ("Strict-Transport-Security" in door.headers) is base_url.startswith("https")


def test_whoever_is_answered_at_the_door_was_heard(nia: PhonePort, hospital: Hospital, clock: FakeClock) -> None:
    clock.advance(minutes=3)

    ask(nia)

    assert presence.contact_of(hospital.ids["nia"]).last_heard_at == clock.now()
    assert presence.devices_heard()["device-nia"] == clock.now()


BODIES: dict[str, Callable[[PhonePort], Any]] = {
    "empty": lambda nia: b"",
    "no JSON": lambda nia: "{",
    "no object": lambda nia: "[]",
    "bytes": lambda nia: b"\xff\xfe\x00",
    "deep": lambda nia: "[" * 10_000,
    "no fields": lambda nia: "{}",
    "more fields": lambda nia: usual(nia, more=[1]),
    "numbers as texts": lambda nia: usual(nia, proto="1", cursors={s: str(n) for s, n in nia.cursors.items()}),
    "a field twice": lambda nia: json.dumps(usual(nia))[:-1] + ',"epoch":"another"}',
    "no epoch": lambda nia: usual(nia, epoch=None),
    "another epoch": lambda nia: usual(nia, epoch="another"),
    "a page": lambda nia: usual(nia, page="1|unit:icu|a"),
    "a page of nothing": lambda nia: usual(nia, page=""),
    "something waits": lambda nia: usual(nia, held=[{"user": nia.boot["user"]["id"], "len": 2, "oldest_age_ms": 5}]),
    "nothing waits": lambda nia: usual(nia, held=[]),
    "a stranger's scope": lambda nia: usual(nia, cursors={**nia.cursors, "unit:pharmacy": 1}),
    "a scope fewer": lambda nia: usual(nia, cursors={s: n for s, n in nia.cursors.items() if s != "unit:icu"}),
    "no cursors": lambda nia: usual(nia, cursors={}),
    "a cursor behind": lambda nia: usual(nia, cursors={**nia.cursors, "ref:northgate": 1}),
    "a cursor ahead": lambda nia: usual(nia, cursors={**nia.cursors, "unit:icu": 10_000}),
    "a cursor at nought": lambda nia: usual(nia, cursors={**nia.cursors, "ref:northgate": 0}),
    "too many scopes": lambda nia: usual(nia, cursors={f"unit:{n}": 1 for n in range(501)}),
    "too large": lambda nia: usual(nia, pad="x" * 20_000),
    "just small enough": lambda nia: usual(nia, pad="x" * 15_000),
}
HEADERS: dict[str, dict[str, str]] = {
    "another type": {"Content-Type": "text/plain"},
    "a type with a charset": {"Content-Type": "application/json; charset=utf-8"},
    "a foreign origin": {"Origin": "https://evil.example"},
    "an origin that is none": {"Origin": "null"},
    "an origin that begins like ours": {"Origin": "http://localhost.evil.example"},
    "our origin": {"Origin": "http://localhost"},
    "our origin with a path": {"Origin": "http://localhost/x"},
    "our origin in capitals": {"Origin": "HTTP://LOCALHOST"},
    "a port that goes without saying": {"Host": "localhost:80", "Origin": "http://localhost:80"},
    "a host that is none": {"Host": "local_host/é", "Origin": "http://local_host/é"},
    "no cookie": {"Cookie": ""},
    "a cookie that is none of ours": {"Cookie": "wardlight=x"},
    "a length that is none": {"Content-Length": "x"},
    "a longer length": {"Content-Length": "5000"},
    "a shorter length": {"Content-Length": "5"},
    "a negative length": {"Content-Length": "-1"},
    "a language": {"Accept-Language": "es"},
}


def differing(nia: PhonePort, asked: dict[str, Callable[[], TestResponse]]) -> dict[str, Any]:
    """Which of these requests get another answer with the door than without, and which."""
    answers = {name: (same(ask()), same(without_door(nia, ask))) for name, ask in asked.items()}
    return {name: both for name, both in answers.items() if both[0] != both[1]}


def test_with_the_door_every_body_gets_the_answer_it_got_without(nia: PhonePort) -> None:
    assert differing(nia, {name: partial(ask, nia, make(nia)) for name, make in BODIES.items()}) == {}


def test_with_the_door_every_header_gets_the_answer_it_got_without(nia: PhonePort) -> None:
    assert differing(nia, {name: partial(ask, nia, **headers) for name, headers in HEADERS.items()}) == {}


def test_with_the_door_every_method_gets_the_answer_it_got_without(nia: PhonePort) -> None:
    methods = ("GET", "PUT", "OPTIONS", "HEAD")
    assert differing(nia, {one: partial(nia.client.open, PULL, method=one, json=usual(nia)) for one in methods}) == {}


def test_a_database_that_is_away_is_the_frameworks_to_explain(
    nia: PhonePort, inside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.door._query", lambda *_of_what: "SELECT nothing FROM nowhere")

    assert ask(nia).status_code == 204
    assert inside == [PULL]


def test_the_door_knows_so_many_and_no_more(
    hospital: Hospital, clock: FakeClock, inside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hospital.app.extensions["door"].guests, "limit", 2)
    phones = [known(hospital, name, inside) for name in ("nia", "bo", "sol")]

    assert [ask(phone).status_code for phone in phones[1:]] == [204, 204]
    assert inside == []
    assert ask(phones[0]).status_code == 204
    assert inside == [PULL]
    assert len(hospital.app.extensions["door"].guests) == 2


def test_without_the_fast_path_there_is_no_door(make_app: Callable[..., Flask]) -> None:
    plain = make_app(fast_path=False)

    assert plain.extensions["door"] is plain.extensions["remembered"] is None
    with plain.app_context():
        db.engine.dispose()
