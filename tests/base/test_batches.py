"""Records that a unit of work gathers are inserted together, and only if they stand."""

from __future__ import annotations

import contextlib

from flask import Flask
from sqlalchemy import select

from app.base.batches import Batch
from app.base.db import db
from app.base.models import ServerMeta
from app.base.unit_of_work import write
from tests.statements import statements_heard

VALUES = Batch(ServerMeta.__table__, order=50)


def kept() -> list[str]:
    return list(db.session.execute(select(ServerMeta.key).where(ServerMeta.key.like("b-%")).order_by("key")).scalars())


def test_many_records_are_one_statement(app: Flask) -> None:
    with statements_heard() as statements, write() as work:
        for number in range(5):
            VALUES.add(work, {"key": f"b-{number}", "value": "x"})

    assert kept() == [f"b-{number}" for number in range(5)]
    assert len([statement for statement in statements if statement.startswith("INSERT")]) == 1


def test_records_of_an_undone_part_are_not_inserted(app: Flask) -> None:
    with write() as work:
        VALUES.add(work, {"key": "b-first", "value": "x"})
        with contextlib.suppress(ZeroDivisionError), write():
            VALUES.add(work, {"key": "b-gone", "value": "x"})
            raise ZeroDivisionError
        VALUES.add(work, {"key": "b-last", "value": "x"})

    assert kept() == ["b-first", "b-last"]


def test_a_second_flush_inserts_nothing_again(app: Flask) -> None:
    with write() as work:
        VALUES.add(work, {"key": "b-once", "value": "x"})
        work.flush()
        work.flush()

    assert kept() == ["b-once"]
