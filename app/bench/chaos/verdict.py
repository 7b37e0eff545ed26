"""What is on record after a storm, compared with what the phones have recorded, seen and hold."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from app.bench.chaos.device import Device

# The state of every result by op, and how many effects there are: signs on tasks, and notes.
Stored = tuple[dict[str, str], int]
Ask = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Verdict:
    """`lost`: recorded, not on record. `doubled`: effects beyond one an op. `wrong_green`: shown as taken and lost."""

    recorded: int
    on_record: int
    lost: int
    doubled: int
    wrong_green: int
    still_waiting: int
    refused: int
    differing_scopes: int
    broken: list[str]


def judge(devices: Sequence[Device], fresh: Sequence[Device], stored: Stored) -> Verdict:
    """Compare the phones with what is stored, and with phones that hold nothing but a snapshot of now."""
    results, effects = stored
    entries = [entry for device in devices for entry in device.entries.values()]
    missing = {entry.op["id"] for entry in entries} - results.keys()
    shown = {entry.op["id"] for entry in entries if entry.state}
    took_effect = sum(1 for entry in entries if results.get(entry.op["id"]) in ("ok", "superseded"))
    return Verdict(
        recorded=len(entries),
        on_record=len(entries) - len(missing),
        lost=len(missing),
        doubled=effects - took_effect,
        wrong_green=len(shown & missing),
        still_waiting=sum(len(device.waiting) for device in devices),
        refused=sum(1 for entry in entries if entry.state == "rejected"),
        differing_scopes=_differing([*devices, *fresh]),
        broken=[f"{text}: {count} times" for text, count in Counter(_broken(devices)).most_common(5)],
    )


def missing_of(ids: Iterable[str], data_dir: Path) -> set[str]:
    """Ops that are not on record."""
    return set(ids) - stored_in_file(data_dir)[0].keys()


def stored_in_file(data_dir: Path) -> Stored:
    """What the SQLite database of a data folder holds."""
    connection = sqlite3.connect(data_dir / "wardlight.db")
    try:
        return _stored(lambda query: connection.execute(query).fetchall())
    finally:
        connection.close()


def stored_in_postgres(dsn: str, *, people: Sequence[str]) -> Stored:
    """What a PostgreSQL database holds of these people."""
    with psycopg.connect(dsn.replace("+psycopg", "", 1)) as connection:
        names = ", ".join(sql.Literal(person).as_string(connection) for person in people)
        return _stored(lambda query: connection.execute(query.encode()).fetchall(), f"IN ({names})")


def _stored(ask: Ask, whose: str = "IS NOT NULL") -> Stored:
    # our own names and quoted literals
    results = {op: _state(result) for op, result in ask(f"SELECT id, result FROM op_result WHERE actor {whose}")}  # noqa: S608
    signs = ask(f"SELECT count(*) FROM task_attestation WHERE st != 'rejected' AND actor {whose}")  # noqa: S608
    notes = ask(f'SELECT count(*) FROM note WHERE "by" {whose}')  # noqa: S608
    return results, int(signs[0][0]) + int(notes[0][0])


def _state(result: Any) -> str:
    found = json.loads(result) if isinstance(result, str) else result
    return str(found["st"])


def _differing(devices: Sequence[Device]) -> int:
    """Scopes of which two phones hold different rows."""
    held: dict[str, object] = {}
    differing = set()
    for device in devices:
        for scope, rows in device.base.items():
            if held.setdefault(scope, rows) != rows:
                differing.add(scope)
    return len(differing)


def _broken(devices: Sequence[Device]) -> list[str]:
    return [text for device in devices for text in device.broken]
