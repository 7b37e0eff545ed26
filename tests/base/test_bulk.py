from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Column, MetaData, String, Table, select
from sqlalchemy.exc import IntegrityError

from app.base.bulk import insert_all, update_all
from app.base.db import Instant, db
from app.base.unit_of_work import write

KEPT = Table(
    "bulk_trial", MetaData(),
    Column("id", String(40), primary_key=True), Column("order", BigInteger), Column("at", Instant),
    Column("facts", JSON), Column("rules", JSON(none_as_null=True)), Column("safe", Boolean),
)  # fmt: skip
AT = datetime(2026, 11, 21, 3, 0, 0, 123_000, tzinfo=UTC)


def record(name: str, order: int, **others: Any) -> dict[str, Any]:
    return {"id": name, "order": order, "at": AT, "facts": {"says": "100 % “ok”"}, "rules": None, "safe": True} | others


@pytest.fixture(autouse=True)
def _table(app: object) -> Any:
    KEPT.create(db.engine)
    yield
    db.session.remove()
    KEPT.drop(db.engine)


def kept() -> list[dict[str, Any]]:
    return [dict(row) for row in db.session.execute(select(KEPT).order_by(KEPT.c.order)).mappings()]


def test_records_come_back_as_their_columns_say() -> None:
    with write() as work:
        insert_all(work.session.connection(), KEPT, [record("a", 1), record("b", 2, at=None, rules={"when": [1]})])

    assert kept() == [record("a", 1), record("b", 2, at=None, rules={"when": [1]})]


def test_only_the_named_records_and_columns_change() -> None:
    with write() as work:
        insert_all(work.session.connection(), KEPT, [record("a", 1), record("b", 2), record("c", 3)])
        changes = [{"id": "a", "safe": False, "facts": []}, {"facts": {}, "id": "c", "safe": False}]
        update_all(work.session.connection(), KEPT, ("id",), changes)

    assert kept() == [record("a", 1, safe=False, facts=[]), record("b", 2), record("c", 3, safe=False, facts={})]


def test_no_records_ask_the_database_nothing() -> None:
    with write() as work:
        insert_all(work.session.connection(), KEPT, [])
        update_all(work.session.connection(), KEPT, ("id",), [])

    assert kept() == []


def test_what_the_table_refuses_is_an_error_and_leaves_nothing() -> None:
    with pytest.raises(IntegrityError), write() as work:
        insert_all(work.session.connection(), KEPT, [record("a", 1), record("a", 2)])

    assert kept() == []
