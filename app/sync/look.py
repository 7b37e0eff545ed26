"""One look at the database by the driver itself: what SQLAlchemy does for a request takes longer than the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.base.bulk import mark_of
from app.base.db import driver_connection
from app.live.queries import Ask


class Looks:
    """The looks at an engine's database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._mark = mark_of(engine.dialect)
        self._begins = engine.dialect.name == "sqlite"  # our connections open no transaction behind our back there
        self.faults = (SQLAlchemyError, engine.dialect.loaded_dbapi.Error)

    @contextmanager
    def look(self) -> Iterator[Ask]:
        """Ask in one transaction, which ends with nothing written. Raises what is in `faults` for a database away."""
        with driver_connection(self._engine) as connection:
            cursor = connection.cursor()
            if self._begins:
                cursor.execute("BEGIN")

            def ask(statement: str, values: tuple[Any, ...]) -> Sequence[Any]:
                cursor.execute(statement.replace("?", self._mark), values)
                return cursor.fetchall()

            yield ask
