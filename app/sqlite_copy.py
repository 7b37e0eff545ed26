"""A copy of a SQLite database that is in use, and what a copy says of itself."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

# 64 pages are 256 KB: about a millisecond of reading, after which writers and readers of this machine have their turn.
PAGES_A_STEP = 64
PAUSE_SECONDS = 0.002


class CopyError(Exception):
    """A copy is not whole; the message says in which way."""


def copy_database(source: Path, target: Path, *, between: Callable[[], None] | None = None) -> None:
    """Copy the database as it stands at one instant, beside its users, in short steps.

    The read transaction keeps every step on one snapshot: without it each foreign write would start the copy anew.
    Writers never wait for it, as readers do not block them in WAL mode. `between` runs after every step.
    """
    pause = between or (lambda: time.sleep(PAUSE_SECONDS))
    with closing(sqlite3.connect(source, isolation_level=None)) as live, closing(sqlite3.connect(target)) as copy:
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(copy, pages=PAGES_A_STEP, progress=lambda _status, _left, _all: pause(), sleep=0)
        live.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it that could be left behind


def examine_copy(path: Path) -> tuple[str, dict[str, int]]:
    """The schema revision of a copy and its rows by table. CopyError when it is not whole."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            _check(copy)
            tables = [name for (name,) in copy.execute(_TABLES)]
            counts = {name: int(copy.execute(_count(name)).fetchone()[0]) for name in tables}
            return str(copy.execute("SELECT version_num FROM alembic_version").fetchone()[0]), counts
    except (sqlite3.Error, TypeError) as error:
        raise CopyError(f"The copy of the database can't be read: {error}") from error


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


def _count(table: str) -> str:
    return f'SELECT count(*) FROM "{table}"'  # noqa: S608 - a name that the database itself gave


def _check(copy: sqlite3.Connection) -> None:
    whole = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if whole != "ok":
        raise CopyError(f"The copy of the database is damaged: {whole}")
    loose = copy.execute("PRAGMA foreign_key_check").fetchone()
    if loose is not None:
        raise CopyError(f"The copy of the database has a row in {loose[0]} that belongs to nothing.")


def is_in_use(path: Path) -> bool:
    """Whether another process has the database open. Its journal is folded into the file when nobody has."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as own:
            own.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:
        return False  # a damaged file is a reason to restore, not to refuse it
    return False
