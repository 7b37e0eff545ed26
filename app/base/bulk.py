"""Many records of one table by one statement of the driver: what SQLAlchemy does for each record takes longer than
the database. The columns' own types still make the values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.engine import Connection

Record = Mapping[str, Any]
_Maker = Callable[[Any], Any]


def insert_all(connection: Connection, table: Any, records: Sequence[Record]) -> None:
    """Insert records, all with the same columns; no defaults are filled in. Nothing happens when there are none."""
    if not records:
        return
    names = tuple(records[0])
    text = _insert_text(connection.dialect, table, names)
    connection.exec_driver_sql(text, _values(connection, table, names, records))


def update_all(connection: Connection, table: Any, key: Sequence[str], records: Sequence[Record]) -> None:
    """Set the columns of records, all with the same ones, where those of `key` have the record's values."""
    if not records:
        return
    names = (*(name for name in records[0] if name not in key), *key)
    text = _update_text(connection.dialect, table, names, tuple(key))
    connection.exec_driver_sql(text, _values(connection, table, names, records))


def _values(
    connection: Connection, table: Table, names: tuple[str, ...], records: Sequence[Record]
) -> list[tuple[Any, ...]]:
    makers = _makers(connection.dialect, table, names)
    return [
        tuple([record[name] if make is None else make(record[name]) for name, make in makers]) for record in records
    ]


@lru_cache(maxsize=256)
def _makers(dialect: Dialect, table: Table, names: tuple[str, ...]) -> tuple[tuple[str, _Maker | None], ...]:
    return tuple((name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names)


@lru_cache(maxsize=256)
def _insert_text(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    mark = mark_of(dialect)
    columns = ", ".join(_quoted(dialect, table, name) for name in names)
    marks = ", ".join(mark for _ in names)
    return f"INSERT INTO {_table(dialect, table)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own tables


@lru_cache(maxsize=256)
def _update_text(dialect: Dialect, table: Table, names: tuple[str, ...], key: tuple[str, ...]) -> str:
    mark = mark_of(dialect)
    changes = ", ".join(f"{_quoted(dialect, table, name)} = {mark}" for name in names if name not in key)
    which = " AND ".join(f"{_quoted(dialect, table, name)} = {mark}" for name in key)
    return f"UPDATE {_table(dialect, table)} SET {changes} WHERE {which}"  # noqa: S608 - names of our own tables


def mark_of(dialect: Dialect) -> str:
    """What stands for a value in a statement for the driver."""
    return "?" if dialect.paramstyle == "qmark" else "%s"


def _table(dialect: Dialect, table: Table) -> str:
    return str(dialect.identifier_preparer.format_table(table))


def _quoted(dialect: Dialect, table: Table, name: str) -> str:
    return str(dialect.identifier_preparer.format_column(table.c[name]))
