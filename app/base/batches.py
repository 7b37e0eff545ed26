"""Records of one table that a unit of work gathers and inserts together: one statement for all of a storm's request."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table

from app.base.bulk import insert_all
from app.base.unit_of_work import UnitOfWork


class Batch:
    """A collector of records (mappings of every column) of a table. They are there for others after the flush."""

    def __init__(self, table: Any, *, order: int) -> None:
        self._table: Table = table
        self.order = order

    def add(self, work: UnitOfWork, record: dict[str, Any]) -> None:
        """Insert this record with the others; dropped again if this part of the work is undone."""
        work.collect(self, record)

    def flush(self, work: UnitOfWork, items: list[Any]) -> None:
        """Insert what was gathered."""
        if items:
            insert_all(work.session.connection(), self._table, items)
            del items[:]

    def publish(self, items: list[Any]) -> None:
        """Nothing: the rows tell."""
