"""A fresh database for every test, copied from a template that is made once, or a made one refilled with what was kept.

WARDLIGHT_TEST_DSN (set by scripts/with_postgres.py) chooses PostgreSQL; without it tests run on SQLite.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
from flask import Flask
from sqlalchemy import make_url

from app.base.db import db
from app.base.settings import CHECKOUT, Settings
from app.factory import create_app

TEST_DSN = "WARDLIGHT_TEST_DSN"
# A transaction that a test has left open must not hold up the next one.
END_OF_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


# What `keep` gives and `refill` takes: the rows of each table in PostgreSQL's own text, or the bytes of SQLite's file.
Content = dict[str, bytes]
FILE = "wardlight.db"


class Databases(Protocol):
    """Where tests get their databases from."""

    def make(self, data_dir: Path) -> str:
        """The URL of a fresh database with the current schema; "" for the SQLite file in data_dir."""

    def keep(self, app: Flask) -> Content:
        """What an app's database holds now. Like `refill`, within the app's context and outside of transactions."""

    def refill(self, app: Flask, content: Content) -> None:
        """Replace what an app's database holds by what was kept, here or of another made one."""

    def drop(self, url: str) -> None:
        """Remove a database that `make` has made."""

    def close(self) -> None:
        """Remove the template."""


def lay_schema(app: Flask) -> None:
    """Bring an empty database to the current schema, as an installation would: by its migrations."""
    with app.app_context():
        if (CHECKOUT / "migrations").is_dir():
            from flask_migrate import upgrade

            upgrade()
        else:
            db.create_all()
        db.session.remove()
        db.engine.dispose()


class SqliteDatabases:
    """Copies of one file; nothing is shared, so any number of workers may run."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(data_dir=folder)
        folder.mkdir(parents=True, exist_ok=True)
        lay_schema(create_app(settings))
        self._template = folder / FILE

    def make(self, data_dir: Path) -> str:
        shutil.copyfile(self._template, data_dir / FILE)
        return ""

    def keep(self, app: Flask) -> Content:
        return {FILE: self._closed_file(app).read_bytes()}

    def refill(self, app: Flask, content: Content) -> None:
        file = self._closed_file(app)
        for left in ("-wal", "-shm"):
            file.with_name(FILE + left).unlink(missing_ok=True)
        file.write_bytes(content[FILE])

    @staticmethod
    def _closed_file(app: Flask) -> Path:
        """The file, whole: the last connection that closes writes the log back into it."""
        db.session.remove()
        db.engine.dispose()
        folder: Path = app.extensions["settings"].data_dir
        return folder / FILE

    def drop(self, url: str) -> None:
        """Nothing: the file goes with the test's folder."""

    def close(self) -> None:
        """Nothing: the file goes with the run's folder."""


class PostgresDatabases:
    """Databases made with TEMPLATE; their names carry the worker, as workers share the server."""

    def __init__(self, dsn: str, folder: Path, worker: str) -> None:
        self._url = make_url(dsn)
        self._prefix = f"wardlight_{worker}_{os.getpid()}"
        self._template = f"{self._prefix}_template"
        self._numbers = count(1)
        self._admin = psycopg.connect(self._url.set(drivername="postgresql").render_as_string(False), autocommit=True)
        self._execute("CREATE DATABASE {}", self._template)
        folder.mkdir(parents=True, exist_ok=True)
        lay_schema(create_app(Settings(data_dir=folder, database_url=self._url_of(self._template))))

    def make(self, data_dir: Path) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, self._template)
        return self._url_of(name)

    def keep(self, app: Flask) -> Content:
        db.session.remove()
        with _line(app) as line, line.cursor() as cursor:
            tables = [row[0] for row in cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            return {table: _rows_of(cursor, table) for table in tables}

    def refill(self, app: Flask, content: Content) -> None:
        """Deleting and copying in takes a tenth of the time of another CREATE DATABASE, and connections stay open."""
        db.session.remove()
        with _line(app) as line, line.cursor() as cursor:
            if cursor.execute(END_OF_OTHERS).fetchall():
                db.engine.dispose()  # it would hand out what was ended
            # foreign keys have been kept when the rows were written, and are in the way of any order
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in content:
                cursor.execute(psycopg.sql.SQL("DELETE FROM {}").format(psycopg.sql.Identifier(table)))
            for table, rows in content.items():
                if rows:
                    with cursor.copy(
                        psycopg.sql.SQL("COPY {} FROM STDIN").format(psycopg.sql.Identifier(table))
                    ) as copy:
                        copy.write(rows)

    def drop(self, url: str) -> None:
        name = make_url(url).database
        assert name is not None
        # FORCE: a connection that a test has left open must not fail the next one.
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def close(self) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", self._template)
        self._admin.close()

    def _url_of(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str, *names: str) -> None:
        self._admin.execute(_named(statement, *names))


def _line(app: Flask) -> psycopg.Connection[Any]:
    """A connection of our own to an app's database, for one transaction: nobody may be left connected (restores)."""
    url = make_url(app.extensions["settings"].database_url).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False))


def _named(statement: str, *names: str) -> psycopg.sql.Composed:
    """A statement with names of tables or databases in it."""
    return psycopg.sql.SQL(statement).format(*(psycopg.sql.Identifier(name) for name in names))


def _rows_of(cursor: psycopg.Cursor[Any], table: str) -> bytes:
    with cursor.copy(_named("COPY {} TO STDOUT", table)) as copy:
        return b"".join(bytes(part) for part in copy)


def databases(folder: Path) -> Databases:
    """The databases of this run and worker."""
    dsn = os.environ.get(TEST_DSN)
    if not dsn:
        return SqliteDatabases(folder)
    return PostgresDatabases(dsn, folder, os.environ.get("PYTEST_XDIST_WORKER", "main"))


AppMaker = Callable[..., Flask]
