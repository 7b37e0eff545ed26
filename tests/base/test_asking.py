"""Queries that every request asks, by the driver: the same answers as by the session, on the real engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    MetaData,
    String,
    Table,
    bindparam,
    create_engine,
    literal,
    select,
    union_all,
)
from sqlalchemy.exc import DBAPIError, OperationalError

from app.base.asking import Asked
from app.base.bulk import insert_all
from app.base.db import Instant, db, driver_connection, is_away
from app.base.unit_of_work import write
from tests.statements import statements_heard

KEPT = Table(
    "asking_trial", MetaData(),
    Column("id", String(40), primary_key=True), Column("order", BigInteger), Column("at", Instant),
    Column("safe", Boolean),
)  # fmt: skip
AT = datetime(2026, 11, 21, 3, 0, 0, 123_000, tzinfo=UTC)
BOTH = select(KEPT).where(
    KEPT.c.id.in_(("100 % “ok”", bindparam("id"))), KEPT.c.at <= bindparam("now", type_=Instant())
)
QUERY = BOTH.order_by(KEPT.c.order)
UNION = union_all(select(KEPT.c.id.label("id"), literal(True).label("first")), select(KEPT.c.id, literal(False)))


@pytest.fixture(autouse=True)
def _table(app: object) -> Iterator[None]:
    KEPT.create(db.engine)
    keep("100 % “ok”", "b", "c")
    yield
    db.session.remove()
    KEPT.drop(db.engine)


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What SQLAlchemy has asked."""
    with statements_heard() as asked:
        yield asked


def keep(*ids: str) -> None:
    records = [{"id": name, "order": order, "at": AT, "safe": order == 0} for order, name in enumerate(ids)]
    with write() as work:
        insert_all(work.session.connection(), KEPT, records)
    db.session.remove()


def by_session(query: Any, values: dict[str, Any]) -> list[dict[str, Any]]:
    found = [dict(row) for row in db.session.execute(query, values).mappings()]
    db.session.remove()
    return found


@pytest.mark.parametrize(("query", "values"), [(QUERY, {"id": "b", "now": AT}), (UNION, {})])
def test_the_driver_says_what_the_session_says(query: Any, values: dict[str, Any], heard: list[str]) -> None:
    expected = by_session(query, values)
    del heard[:]
    found = [record._asdict() for record in Asked(query)(values)]
    assert heard == [], "the session was asked"
    key = repr
    assert sorted(found, key=key) == sorted(expected, key=key)
    assert len(found) in (2, 6)


def test_inside_a_unit_of_work_it_sees_what_is_not_on_record_yet() -> None:
    asked = Asked(QUERY)
    with write() as work:
        insert_all(work.session.connection(), KEPT, [{"id": "new", "order": 9, "at": AT, "safe": None}])
        assert [record.id for record in asked({"id": "new", "now": AT})] == ["100 % “ok”", "new"]
        assert db.engine.pool.checkedout() == 1  # type: ignore[attr-defined]


def test_it_gives_its_connection_back() -> None:
    asked = Asked(QUERY)
    before = db.engine.pool.checkedout()  # type: ignore[attr-defined]
    for _ in range(40):
        asked({"id": "b", "now": AT})
    assert db.engine.pool.checkedout() == before  # type: ignore[attr-defined]


def test_what_the_database_cannot_say_is_told_as_the_session_tells_it() -> None:
    missing = Table("nowhere", MetaData(), Column("id", String(40)))
    with pytest.raises(DBAPIError):
        Asked(select(missing))({})
    db.session.remove()
    assert len(Asked(QUERY)({"id": "b", "now": AT})) == 2, "the next question finds a good connection"


def test_a_database_that_is_away_is_known_for_that() -> None:
    unreachable = create_engine("postgresql+psycopg://somebody@127.0.0.1:1/nothing")
    db.session.remove()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(type(db), "engine", property(lambda _db: unreachable))
        with pytest.raises(OperationalError) as caught:
            Asked(QUERY)({"id": "b", "now": AT})

    assert is_away(caught.value)


def test_a_connection_that_was_broken_off_is_not_used_again() -> None:
    db.session.remove()
    with suppress(InterruptedError), driver_connection(db.engine) as connection:
        left = connection.driver_connection
        raise InterruptedError
    with driver_connection(db.engine) as connection:
        assert connection.driver_connection is not left
