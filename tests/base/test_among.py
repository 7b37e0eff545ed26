"""`column IN (a list)` as one statement, on the real engines."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.base.among import among
from app.base.db import db
from app.base.meta import put_meta
from app.base.models import ServerMeta
from app.base.unit_of_work import write

QUERY = select(ServerMeta.key).where(among(ServerMeta.key, "keys")).order_by(ServerMeta.key)


@pytest.fixture
def asked(app: Flask):  # type: ignore[no-untyped-def]
    with app.app_context():
        with write() as work:
            for key in ("a", "b", 'with "quotes"', "ñandú"):
                put_meta(work, key, "1")
        yield lambda keys: list(db.session.execute(QUERY, {"keys": keys}).scalars())


def test_it_finds_what_is_in_the_list_and_nothing_else(asked) -> None:  # type: ignore[no-untyped-def]
    assert asked(["b", "a", "zzz", "a"]) == ["a", "b"]
    assert asked(['with "quotes"', "ñandú"]) == ['with "quotes"', "ñandú"]


def test_an_empty_list_holds_nothing(asked) -> None:  # type: ignore[no-untyped-def]
    assert asked([]) == []


def test_a_long_list_is_one_statement_still(asked) -> None:  # type: ignore[no-untyped-def]
    assert asked([f"no-{n}" for n in range(40_000)] + ["a"]) == ["a"]


def test_sqlite_goes_by_the_key(app: Flask) -> None:
    with app.app_context():
        if db.engine.name != "sqlite":
            assert "= ANY" in str(QUERY.compile(db.engine))
            return
        text = str(select(ServerMeta.value).where(among(ServerMeta.key, "keys")).compile(db.engine))
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", ('["a"]',)).all()
        assert any(step[3].startswith("SEARCH server_meta USING") for step in plan), plan
