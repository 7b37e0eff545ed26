"""A fresh database for every test, copied from a template that is made once.

WARDLIGHT_TEST_DSN (set by scripts/with_postgres.py) chooses PostgreSQL; without it tests run on SQLite.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from flask import Flask
from sqlalchemy import make_url

from app.base.db import db
from app.base.settings import CHECKOUT, Settings
from app.factory import create_app

TEST_DSN = "WARDLIGHT_TEST_DSN"


class Databases(Protocol):
    """Where tests get their databases from."""

    def make(self, data_dir: Path) -> str:
        """The URL of a fresh database with the current schema; "" for the SQLite file in data_dir."""

    def refill(self, url: str, data_dir: Path, source: Path | str) -> None:
        """Replace what a made database holds by a copy of another made one: its file, or its URL."""

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
        self._template = folder / "wardlight.db"

    def make(self, data_dir: Path) -> str:
        shutil.copyfile(self._template, data_dir / "wardlight.db")
        return ""

    def refill(self, url: str, data_dir: Path, source: Path | str) -> None:
        for left in ("wardlight.db-wal", "wardlight.db-shm"):
            (data_dir / left).unlink(missing_ok=True)
        shutil.copyfile(source, data_dir / "wardlight.db")

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

    def refill(self, url: str, data_dir: Path, source: Path | str) -> None:
        self.drop(url)
        name, template = make_url(url).database, make_url(str(source)).database
        assert name is not None and template is not None
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)

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
        self._admin.execute(psycopg.sql.SQL(statement).format(*(psycopg.sql.Identifier(name) for name in names)))


def databases(folder: Path) -> Databases:
    """The databases of this run and worker."""
    dsn = os.environ.get(TEST_DSN)
    if not dsn:
        return SqliteDatabases(folder)
    return PostgresDatabases(dsn, folder, os.environ.get("PYTEST_XDIST_WORKER", "main"))


AppMaker = Callable[..., Flask]
