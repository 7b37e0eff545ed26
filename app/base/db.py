"""The database handle and what every connection is set to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

WRITE_OPTION = "wardlight_write"
ENTRY_BUSY_MS = 5000


class Base(DeclarativeBase):
    """The declarative base; constraint names are fixed so that migrations can name them on every engine."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as milliseconds since 1970 so that it orders and compares alike on every engine."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Milliseconds; ValueError for an instant without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return round(value.timestamp() * 1000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """An aware UTC datetime."""
        if value is None:
            return None
        return datetime.fromtimestamp(value // 1000, UTC).replace(microsecond=value % 1000 * 1000)

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """Compare with instants, not with numbers."""
        return self if isinstance(value, datetime) else DateTime()


def prepare_engine(engine: Engine) -> None:
    """Install the listeners that make our transactions explicit; call once for each engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgres)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not open transactions behind our back
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={ENTRY_BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get(WRITE_OPTION):
        connection.exec_driver_sql("BEGIN")
        return
    # SQLite's own busy wait would hold the whole event loop; write() waits between tries instead.
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={ENTRY_BUSY_MS}")


def _begin_postgres(connection: Connection) -> None:
    # One writer at a time, as on SQLite: rows are read, decided on and written in server order (ADR 0005).
    if connection.get_execution_options().get(WRITE_OPTION):
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7727)")
