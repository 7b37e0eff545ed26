"""What SQLAlchemy asks of the database while a block lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.base.db import db


@contextmanager
def statements_heard() -> Iterator[list[str]]:
    """The statements, in their order; what goes by the driver itself is not among them."""
    heard: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        heard.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield heard
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
