"""The fixtures keep their word: fresh databases, fresh request contexts, a clock that stands still, no network."""

from __future__ import annotations

import os
import socket

import pytest
from flask import Flask, g
from sqlalchemy import text

from app.base import clock as base_clock
from app.base.db import db
from app.base.meta import meta, put_meta
from app.base.unit_of_work import write
from tests.conftest import START, FakeClock
from tests.databases import TEST_DSN, AppMaker


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_starts_with_an_empty_database(app: Flask, turn: int) -> None:
    assert meta("site") == ""

    with write() as work:
        put_meta(work, "site", f"northgate {turn}")

    assert meta("site") == f"northgate {turn}"


def test_the_run_uses_the_database_it_was_asked_for(app: Flask) -> None:
    asked = "postgresql" if os.environ.get(TEST_DSN) else "sqlite"

    assert db.engine.dialect.name == asked


def test_two_apps_have_two_databases(make_app: AppMaker) -> None:
    first, second = make_app(), make_app()
    with first.app_context(), write() as work:
        put_meta(work, "site", "northgate")

    with second.app_context():
        assert meta("site") == ""


def test_requests_share_no_context(app: Flask) -> None:
    app.add_url_rule("/seen", view_func=lambda: str(g.get("visits", 0)))
    g.visits = 7

    assert app.test_client().get("/seen").text == "0"


def test_a_request_that_writes_is_seen_by_the_test(app: Flask) -> None:
    def move_in() -> str:
        with write() as work:
            put_meta(work, "site", "northgate")
        return ""

    app.add_url_rule("/move-in", view_func=move_in)
    count = text("SELECT count(*) FROM server_meta WHERE key = 'site'")
    assert db.session.scalar(count) == 0

    app.test_client().get("/move-in")

    assert db.session.scalar(count) == 1


def test_the_clock_stands_still_until_it_is_moved(clock: FakeClock) -> None:
    assert base_clock.now() == base_clock.now() == START

    clock.advance(minutes=16)

    assert base_clock.since(START).total_seconds() == 16 * 60


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as outside, pytest.raises(ConnectionRefusedError):
        outside.connect(("192.0.2.1", 443))
