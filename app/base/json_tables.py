"""JSON that a statement reads as a table: many values reach the database as one, and are multiplied there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import TableValuedAlias


class _JsonPairs(FunctionElement[Any]):
    inherit_cache = True
    name = "json_pairs"


def json_pairs(text: ColumnElement[str], *, name: str) -> TableValuedAlias:
    """The members of a JSON object of texts as a table of that name, with the columns `key` and `value`."""
    return _JsonPairs(text).table_valued(column("key", String), column("value", String), name=name)


@compiles(_JsonPairs)
def _on_sqlite(element: _JsonPairs, compiler: SQLCompiler, **named: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **named)})"


@compiles(_JsonPairs, "postgresql")
def _on_postgres(element: _JsonPairs, compiler: SQLCompiler, **named: Any) -> str:
    return f"json_each_text(CAST({compiler.process(element.clauses, **named)} AS JSON))"
