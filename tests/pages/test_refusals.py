from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from app.base.errors import AppError
from app.pages.routes import public
from tests.cast import Hospital
from tests.pages.conftest import page_of


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """An app that a test may add a view to."""
    return own_app


def test_an_unknown_address_gets_a_page_in_the_look(client: FlaskClient, northgate: Hospital) -> None:
    page = page_of(client.get("/no/such/page"), 404)

    assert "There is nothing at this address" in page.text
    assert "What is down now" in page.text


def test_programs_get_json(client: FlaskClient, northgate: Hospital) -> None:
    answer = client.get("/api/no-such-thing")

    assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")
    assert client.get("/api/login").get_json()["code"] == "malformed"


@pytest.mark.parametrize(
    ("status", "words"), [(403, "Your role does not open this"), (429, "Too many tries in a short")]
)
def test_each_refusal_has_its_sentence(app: Flask, northgate: Hospital, status: int, words: str) -> None:
    app.add_url_rule("/refused", "refused", lambda: abort(status))

    assert words in page_of(app.test_client().get("/refused"), status).text


def test_a_refusal_of_a_command_says_when_to_try_again(
    app: Flask, northgate: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_language: str) -> Any:
        raise AppError("slow_down", "Wait.", status=429, retry_after=30)

    monkeypatch.setattr(public, "bulletin_for", busy)

    answer = app.test_client().get("/")

    assert answer.headers["Retry-After"] == "30"
    assert "Too many tries" in page_of(answer, 429).text


def test_our_own_fault_says_what_helps_now_without_asking_the_database(
    app: Flask, northgate: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_asked: Any) -> Any:
        raise OSError("the disk is full")

    app.testing = False  # as in the server: the fault is answered, not raised
    monkeypatch.setattr(public, "bulletin_for", broken)
    monkeypatch.setattr("app.pages.routes.page.this_site", broken)

    page = page_of(app.test_client().get("/"), 500)

    assert "Go on with your card on the phone or on paper." in page.text
    assert "disk" not in page.text
