"""Lower bound of a push: the same rows by the bare sqlite3 module, prepared statements, one commit a request."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from app.base import clock

TABLES = (
    "CREATE TABLE task (id TEXT PRIMARY KEY, unit TEXT, state TEXT, by TEXT, at INTEGER, signs TEXT)",
    "CREATE TABLE task_attestation (id TEXT PRIMARY KEY, task TEXT, what TEXT, actor TEXT, at INTEGER, captured TEXT)",
    "CREATE TABLE event (id TEXT PRIMARY KEY, type TEXT, unit TEXT, actor TEXT, at INTEGER, facts TEXT)",
    'CREATE TABLE "row" (scope TEXT, id TEXT, seq INTEGER, body TEXT, PRIMARY KEY (scope, id))',
    "CREATE TABLE scope (id TEXT PRIMARY KEY, seq INTEGER)",
    "CREATE TABLE op_result (id TEXT PRIMARY KEY, actor TEXT, n INTEGER, args TEXT, result TEXT)",
)
BODY = json.dumps({"title": "Do what the card says.", "unit": "ward-001", "state": "done", "text": "x" * 500})


def bare_ops_per_second(folder: Path, *, ops: int, requests: int) -> float:
    """Ops a second with one writer, WAL and synchronous=FULL."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    for table in TABLES:
        connection.execute(table)
    connection.execute("INSERT INTO scope VALUES ('unit:ward-001', 0)")
    names = [f"{turn:08d}-task" for turn in range(ops * requests)]
    connection.executemany("INSERT INTO task VALUES (?, 'ward-001', 'open', NULL, NULL, '[]')", [(n,) for n in names])
    began = clock.ticks()
    for turn in range(requests):
        _one_request(connection, names[turn * ops : (turn + 1) * ops])
    took = clock.ticks() - began
    connection.close()
    return ops * requests / took


def _one_request(connection: sqlite3.Connection, tasks: list[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    marks = ",".join("?" * len(tasks))
    connection.execute(f"SELECT * FROM op_result WHERE id IN ({marks})", tasks).fetchall()  # noqa: S608 - marks only
    connection.execute(f"SELECT * FROM task WHERE id IN ({marks})", tasks).fetchall()  # noqa: S608 - marks only
    connection.executemany("UPDATE task SET state='done', by='p', at=1, signs='[{}]' WHERE id=?", [(t,) for t in tasks])
    connection.executemany("INSERT INTO task_attestation VALUES (?, ?, 'complete', 'p', 1, '{}')",
                           [(f"a{t}", t) for t in tasks])  # fmt: skip
    connection.executemany("INSERT INTO event VALUES (?, 'task.completed', 'ward-001', 'p', 1, '{}')",
                           [(f"e{t}",) for t in tasks])  # fmt: skip
    top = connection.execute("UPDATE scope SET seq = seq + ? RETURNING seq", (len(tasks),)).fetchone()[0]
    connection.executemany('INSERT OR REPLACE INTO "row" VALUES (?, ?, ?, ?)',
                           [("unit:ward-001", t, top, BODY) for t in tasks])  # fmt: skip
    connection.executemany("INSERT INTO op_result VALUES (?, 'p', 1, ?, '{}')", [(t, BODY[:100]) for t in tasks])
    connection.execute("COMMIT")
