"""While the database restarts: requests are asked to come back, in words, and nothing is said about their entries."""

from __future__ import annotations

import psycopg
import pytest
from flask import Flask
from sqlalchemy.exc import DataError, OperationalError

from app.base.db import is_away
from app.base.settings import Settings
from app.factory import create_app

NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/none"


@pytest.fixture(scope="module")
def stranded(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app whose database does not answer."""
    return create_app(Settings(data_dir=tmp_path_factory.mktemp("stranded"), database_url=NOWHERE))


@pytest.mark.parametrize("path", ["/api/boot", "/api/sync/status"])
def test_a_phone_is_told_to_come_back_soon(stranded: Flask, path: str) -> None:
    client = stranded.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"

    answer = client.get(path)

    assert (answer.status_code, answer.json["code"]) == (503, "try_later")
    assert "kept on this phone" in answer.json["msg"]
    assert 2 <= int(answer.headers["Retry-After"]) <= 8


def test_entries_are_not_refused_but_asked_for_again(stranded: Flask) -> None:
    body = {"proto": 1, "device": "d", "epoch": "e", "sent_at": "2026-11-21T20:51:03.001Z", "ops": []}

    answer = stranded.test_client().post("/api/sync/push", json=body, headers={"Authorization": "Bearer some"})

    assert (answer.status_code, answer.json["code"]) == (503, "try_later")


def test_a_reader_gets_a_page_that_says_so(stranded: Flask) -> None:
    answer = stranded.test_client().get("/")

    assert answer.status_code == 503 and answer.mimetype == "text/html"
    assert "Retry-After" in answer.headers


def test_it_lives_and_is_not_ready(stranded: Flask) -> None:
    client = stranded.test_client()

    assert client.get("/healthz").status_code == 200
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (503, "not ready\n")


def test_only_a_database_that_could_not_be_asked_is_away() -> None:
    def failed(kind: type[psycopg.Error], wrapped: type[OperationalError | DataError]) -> OperationalError | DataError:
        return wrapped("SELECT", {}, kind("said so"))

    away = [psycopg.OperationalError, psycopg.errors.AdminShutdown, psycopg.errors.CannotConnectNow]
    assert all(is_away(failed(kind, OperationalError)) for kind in away)
    assert not is_away(failed(psycopg.errors.DiskFull, OperationalError))
    assert not is_away(failed(psycopg.DataError, DataError))  # a text that the engine can't hold is the entry's fault
    assert not is_away(ValueError())
