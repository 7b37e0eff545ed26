"""Many writers at once: no update is lost, on either engine, whoever else holds the database."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from app.base.db import db
from app.base.models import ServerMeta
from app.base.unit_of_work import write

WRITERS, TIMES = 4, 50


def counted() -> int:
    db.session.remove()
    return int(db.session.execute(select(ServerMeta.value).where(ServerMeta.key == "count")).scalar_one())


@pytest.fixture
def counter(app: Flask) -> Flask:
    with write() as work:
        work.session.execute(insert(ServerMeta).values(key="count", value="0"))
    return app


def add_one(pause_seconds: float) -> None:
    with write() as work:
        value = int(work.session.execute(select(ServerMeta.value).where(ServerMeta.key == "count")).scalar_one())
        time.sleep(pause_seconds)
        changed = update(ServerMeta).where(ServerMeta.key == "count").values(value=str(value + 1))
        work.session.execute(changed)


def run_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def test_four_writers_that_read_before_they_write_lose_nothing(counter: Flask) -> None:
    faults: list[Exception] = []

    def work() -> None:
        for _ in range(TIMES):
            with counter.app_context():
                try:
                    db.session.execute(select(ServerMeta)).all()  # as the user loader does before a view writes
                    add_one(0.0002)
                except Exception as fault:  # noqa: BLE001 - whatever it is, the test must see it
                    faults.append(fault)

    run_all([threading.Thread(target=work) for _ in range(WRITERS)])

    assert faults == []
    assert counted() == WRITERS * TIMES


def test_a_backup_that_holds_the_lock_for_a_moment_costs_time_only(counter: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL queues writers by itself")
    locked, path = threading.Event(), str(db.engine.url.database)

    def hold() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE server_meta SET value = '100' WHERE key = 'count'")
            locked.set()
            time.sleep(0.3)
            other.execute("COMMIT")

    holder = threading.Thread(target=hold)
    holder.start()
    assert locked.wait(5)
    add_one(0)
    holder.join(5)

    assert counted() == 101


def test_the_other_writer_does_not_stop_readers(counter: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL queues writers by itself")
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()

        assert counted() == 0

        assert time.monotonic() - began < 1
        other.execute("ROLLBACK")


def test_the_file_is_safe_against_power_loss_and_broken_references(app: Flask, tmp_path: Path) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("these are settings of SQLite")

    def pragma(name: str) -> Any:
        return db.session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)
