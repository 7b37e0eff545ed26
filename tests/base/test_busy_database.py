from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.base import unit_of_work
from app.base.db import db
from app.base.errors import AppError
from app.base.meta import meta, put_meta
from app.base.unit_of_work import write


@pytest.fixture
def another_writer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """A backup or a command that holds the database for longer than we wait."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL queues writers by itself")
    monkeypatch.setattr(unit_of_work, "WAIT_FOR_WRITER_SECONDS", 0.02)
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_a_writer_that_waited_too_long_says_to_try_later(another_writer: sqlite3.Connection) -> None:
    with pytest.raises(AppError) as caught, write() as work:
        put_meta(work, "site", "northgate")

    assert (caught.value.code, caught.value.status) == ("try_later", 503)


def test_the_next_write_goes_through_once_the_other_has_ended(another_writer: sqlite3.Connection) -> None:
    with pytest.raises(AppError), write():
        pass
    another_writer.execute("ROLLBACK")

    with write() as work:
        put_meta(work, "site", "northgate")

    assert meta("site") == "northgate"


def test_a_busy_server_tells_the_phone_when_to_come_back(
    another_writer: sqlite3.Connection, client: FlaskClient
) -> None:
    body = {"username": "nobody", "password": "x", "device": {"id": "phone-1"}}

    answer = client.post("/api/login", json=body)

    assert (answer.status_code, answer.get_json()["code"], answer.headers["Retry-After"]) == (503, "try_later", "2")
