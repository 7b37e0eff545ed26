"""The database schema: brought up to date by migrations, from the first table on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask_migrate import Migrate, upgrade

from app.base.db import SCHEMA_LOCK, db
from app.base.settings import CHECKOUT
from app.people.stamping import remember_only_what_is_stamped

MIGRATIONS = CHECKOUT / "migrations"


def init_app(app: Flask) -> None:
    """Attach the migrations."""
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


def upgrade_schema(app: Flask) -> None:
    """Bring the database to the newest schema; nothing happens when it is there already.

    Of several processes that start at once, one does it and the others wait for it.
    """
    with app.app_context(), _one_at_a_time():
        upgrade(directory=str(MIGRATIONS))
        db.session.remove()
        remember_only_what_is_stamped(app)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if db.engine.dialect.name == "sqlite":
        yield
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({SCHEMA_LOCK})")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({SCHEMA_LOCK})")
            connection.exec_driver_sql("RESET lock_timeout")
