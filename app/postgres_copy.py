"""A copy of a PostgreSQL database, made and read with PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from app.sqlite_copy import CopyError

# What a restore has set aside lies in schemas of its own; it is no part of a later backup.
_ASIDE = "SELECT nspname FROM pg_namespace WHERE nspname <> 'public' AND nspname !~ '^(pg_|information_schema$)'"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_OTHERS = """
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1
"""
LOOKS, LOOK_AGAIN_SECONDS = 20, 0.1


def copy_database(url: str, target: Path) -> tuple[str, dict[str, int]]:
    """Dump the database in the custom format, as it stands at one instant; its schema revision and rows by table.

    CopyError when pg_dump is not at hand or fails.
    """
    with psycopg.connect(_dsn(url)) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        found = _revision_and_counts(connection)
        name = str(snapshot[0]) if snapshot else ""
        aside = [f'--exclude-schema="{schema}"' for (schema,) in connection.execute(_ASIDE).fetchall()]
        _run(url, "pg_dump", "--format=custom", f"--snapshot={name}", f"--file={target}", *aside)
    return found


def examine_copy(path: Path, tables: list[str]) -> None:
    """CopyError unless the dump can be read and holds the data of every one of these tables."""
    listed = _execute([_program("pg_restore"), "--list", str(path)], dict(os.environ))
    held = {line.split(" TABLE DATA public ")[1].split()[0] for line in listed.splitlines() if " TABLE DATA " in line}
    missing = sorted(set(tables) - held)
    if missing:
        raise CopyError(f"The copy of the database lacks the table {missing[0]}.")


def is_empty(url: str) -> bool:
    """Whether the database has no table yet."""
    with psycopg.connect(_dsn(url)) as connection:
        return connection.execute(_TABLES).fetchone() is None


def is_in_use(url: str) -> bool:
    """Whether anybody else is connected to the database, and stays.

    A server that has just ended leaves backends behind for a moment, and PostgreSQL's own housekeeping is no user.
    """
    with psycopg.connect(_dsn(url), autocommit=True) as connection:
        for _look in range(LOOKS):
            if connection.execute(_OTHERS).fetchone() is None:
                return False
            time.sleep(LOOK_AGAIN_SECONDS)
    return True


def set_aside(url: str, name: str) -> None:
    """Keep the present tables under another schema name, and leave an empty database."""
    with psycopg.connect(_dsn(url), autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER SCHEMA public RENAME TO {}").format(sql.Identifier(name)))
        connection.execute("CREATE SCHEMA public")


def take_back(url: str, name: str) -> None:
    """Undo `set_aside`: what was put in its place goes."""
    with psycopg.connect(_dsn(url), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute(sql.SQL("ALTER SCHEMA {} RENAME TO public").format(sql.Identifier(name)))


def load_copy(url: str, path: Path) -> tuple[str, dict[str, int]]:
    """Load a dump into an empty database, all or nothing; its schema revision and rows by table."""
    _run(url, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(path))
    with psycopg.connect(_dsn(url)) as connection:
        return _revision_and_counts(connection)


def _revision_and_counts(connection: psycopg.Connection[tuple[object, ...]]) -> tuple[str, dict[str, int]]:
    counts: dict[str, int] = {}
    for (table,) in connection.execute(_TABLES).fetchall():
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(str(table)))).fetchone()
        counts[str(table)] = int(str(row[0])) if row else 0
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None:
        raise CopyError("The database has no schema yet. Run: wardlight init")
    return str(found[0]), counts


def _dsn(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _run(url: str, program: str, *arguments: str) -> None:
    address = make_url(url)
    command = [_program(program), *arguments, f"--dbname={_without_password(address)}"]
    secret = {"PGPASSWORD": str(address.password)} if address.password else {}
    _execute(command, {**os.environ, **secret})


def _without_password(address: URL) -> str:
    # a command line is seen by everybody on the machine
    bare = URL.create("postgresql", address.username, None, address.host, address.port, address.database, address.query)
    return bare.render_as_string(hide_password=False)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CopyError(f"{name} is not on this machine. Install PostgreSQL's client programs, or use your own backup.")
    return found


def _execute(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CopyError(f"{Path(command[0]).name} failed: {done.stderr.strip()[-400:]}")
    return done.stdout
