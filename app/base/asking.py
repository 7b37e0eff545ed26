"""Queries that every request asks, by the driver itself: what a session does around a question that reads a record or
two takes many times as long as the question."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import CompoundSelect, Engine, Select
from sqlalchemy.pool import PoolProxiedConnection

from app.base.db import db, driver_connection

_Query = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
_Maker = Callable[[Any], Any] | None


class Asked:
    """A query without lists of changing length, compiled once. It may be asked anywhere in a request.

    It sees what is on record; while the session has a transaction open, what that one sees.
    """

    def __init__(self, query: _Query) -> None:
        self._query = query
        self._columns = [(str(column.key), column.type) for column in query.selected_columns]
        self._forms: dict[str, _Form] = {}

    @cached_property
    def _record(self) -> Any:
        return namedtuple("_record", [name for name, _type in self._columns])

    def __call__(self, values: Mapping[str, Any]) -> list[Any]:
        """The records, each with its columns by name."""
        session, engine = db.session(), db.engine
        found = None if session.in_transaction() else self._form_for(engine).ask(engine, values)
        if found is None:  # of what the driver could not say, the session finds out what is wrong
            return list(session.connection().execute(self._query, values).all())
        make = self._record._make
        return [make(record) for record in found]

    def first(self, values: Mapping[str, Any]) -> Any:
        """The first record, or None."""
        return next(iter(self(values)), None)

    def _form_for(self, engine: Engine) -> _Form:
        form = self._forms.get(engine.name)
        if form is None:
            form = self._forms[engine.name] = _Form(self._query, self._columns, engine)
        return form


class _Form:
    """The query as one engine takes it."""

    def __init__(self, query: _Query, columns: list[tuple[str, Any]], engine: Engine) -> None:
        dialect = engine.dialect
        compiled = query.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        self._text = str(compiled)
        self._order: list[str] | None = compiled.positiontup
        self._fixed = dict(compiled.params)
        self._bound: dict[str, _Maker] = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind, name in compiled.bind_names.items()
        }
        self._found: list[_Maker] = [
            kind.dialect_impl(dialect).result_processor(dialect, None) for _name, kind in columns
        ]
        self._faults = engine.dialect.loaded_dbapi.Error

    def ask(self, engine: Engine, values: Mapping[str, Any]) -> list[list[Any]] | None:
        """The values of the records; None when the database could not say."""
        given = {**self._fixed, **values}
        bound = {name: given[name] if make is None else make(given[name]) for name, make in self._bound.items()}
        try:
            with driver_connection(engine) as connection:
                records = self._records(connection, bound)
        except self._faults:
            return None
        makers = self._found
        return [
            [value if make is None else make(value) for value, make in zip(record, makers, strict=True)]
            for record in records
        ]

    def _records(self, connection: PoolProxiedConnection, bound: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        driver: Any = connection.driver_connection
        found: list[tuple[Any, ...]]
        if self._order is not None:
            found = driver.execute(self._text, [bound[name] for name in self._order]).fetchall()
            return found
        # PostgreSQL would be told of the beginning and the end of a transaction: two more errands for one question.
        driver.autocommit = True
        found = driver.execute(self._text, bound).fetchall()
        driver.autocommit = False
        return found
