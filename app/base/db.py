"""The database handle and what every connection is set to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError as PoolTimeoutError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.types import TypeDecorator

from app.base.beside import settle_beside
from app.base.instants import of_ms, to_ms
from app.base.json_text import column_text, column_value

WRITE_OPTION = "wardlight_write"
ENTRY_BUSY_MS = 5000
WRITER_LOCK, LEADER_LOCK, SCHEMA_LOCK = 7727, 7728, 7729

# PostgreSQL's own limits for our sessions. Nobody waits longer for the writer's turn than a phone waits for an answer,
# a process that froze inside a transaction loses it, and a machine that vanished is noticed within half a minute.
_POSTGRES_OPTIONS = (
    "-c lock_timeout=15s -c idle_in_transaction_session_timeout=60s"
    " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)
_POSTGRES_CONNECT = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    "options": _POSTGRES_OPTIONS,
}
# Sixteen connections at most: six processes fit into the hundred that PostgreSQL allows by default.
_POSTGRES_POOL = {"pool_size": 8, "max_overflow": 8, "pool_timeout": 10, "pool_recycle": 1800}
# What PostgreSQL says when it is shutting down, starting, or out of connections, and when it lost the line.
_AWAY_STATES = ("57P0", "08", "53300")


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


def _to_kept(value: datetime | None) -> int | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return to_ms(value)


def _to_found(value: int | None) -> datetime | None:
    return None if value is None else of_ms(value)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as milliseconds since 1970 so that it orders and compares alike on every engine.

    The processors go without what is around those of every decorated type: an entry of a storm has a dozen instants.
    """

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """As `process_bind_param`."""
        return _to_kept

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """As `process_result_value`."""
        return _to_found

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Milliseconds; ValueError for an instant without a zone."""
        return _to_kept(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """An aware UTC datetime."""
        return _to_found(value)

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """Compare with instants, not with numbers."""
        return self if isinstance(value, datetime) else DateTime()


@contextmanager
def driver_connection(engine: Engine) -> Iterator[PoolProxiedConnection]:
    """A connection for the driver itself. One in which anything went wrong is not used again: nobody knows what it was
    left in the middle of. OperationalError when there is none: the database is known to be away by it (`is_away`)."""
    try:
        connection = engine.raw_connection()
    except engine.dialect.loaded_dbapi.Error as error:
        raise OperationalError(None, None, error) from error
    try:
        yield connection
    except BaseException:
        connection.invalidate()
        raise
    finally:
        connection.close()  # the pool rolls back what was begun


def engine_options(url: str) -> dict[str, Any]:
    """How to connect to this database."""
    options: dict[str, Any] = {"json_serializer": column_text, "json_deserializer": column_value}
    if not url.startswith("postgresql"):
        return options
    return {**options, **_POSTGRES_POOL, "connect_args": dict(_POSTGRES_CONNECT)}


def is_away(error: BaseException | None) -> bool:
    """Whether the database could not be asked at all: it restarts, its line is cut, or no connection is free."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    is_of_the_line = isinstance(error, (OperationalError, InterfaceError))
    could_not_connect = is_of_the_line and state is None and type(error.orig).__module__.startswith("psycopg")
    return error.connection_invalidated or could_not_connect or str(state).startswith(_AWAY_STATES)


def prepare_engine(engine: Engine) -> None:
    """Install the listeners that make our transactions explicit; call once for each engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "do_execute_no_params", _execute_beside)
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
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        cursor.execute(f"PRAGMA busy_timeout={ENTRY_BUSY_MS}")
        cursor.close()


def settle(connection: Connection) -> None:
    """Put a large transaction on record without holding the event loop; the commit that follows finds nothing to do.

    SQLite writes and syncs megabytes then; on PostgreSQL waiting for the server never holds the loop.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("COMMIT", execution_options={"no_parameters": True})


def _execute_beside(cursor: Any, statement: str, _context: Any) -> bool:
    """Only statements that ask for it come here: those with the option `no_parameters`."""
    settle_beside(cursor.execute, statement)
    return True


def _begin_postgres(connection: Connection) -> None:
    # One writer at a time, as on SQLite: rows are read, decided on and written in server order (ADR 0004).
    if connection.get_execution_options().get(WRITE_OPTION):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
