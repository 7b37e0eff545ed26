"""Everything the database holds, as plain values: what must not change, must be the same after it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from app.base.db import db

Contents = dict[str, list[tuple[Any, ...]]]

# What a request may note although it changes nothing: who asked when, how long the queue is, what was answered.
DEVICES = ("device", "device_author")
BOOKKEEPING = (*DEVICES, "op_result")


def contents(*, without: Collection[str] = BOOKKEEPING) -> Contents:
    """Every row of every table except `without`, in an order of their own."""
    db.session.remove()
    found = {
        table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr)
        for table in db.metadata.sorted_tables
        if table.name not in without
    }
    db.session.remove()
    return found


def changed_tables(before: Contents, after: Contents) -> list[str]:
    """The tables whose rows are not the same."""
    return [name for name in before if before[name] != after[name]]
