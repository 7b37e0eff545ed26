"""What is on record after a storm, compared with what the phones have recorded, seen and hold."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.bench.chaos.device import Device


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


def judge(devices: Sequence[Device], fresh: Sequence[Device], data_dir: Path) -> Verdict:
    """Compare the phones with the database, and with phones that hold nothing but a snapshot of now."""
    results, effects = _stored(data_dir)
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
    return set(ids) - _stored(data_dir)[0].keys()


def _stored(data_dir: Path) -> tuple[dict[str, str], int]:
    """The state of every result by op, and how many effects there are: signs on tasks, and notes."""
    connection = sqlite3.connect(data_dir / "wardlight.db")
    results = dict(connection.execute("SELECT id, json_extract(result, '$.st') FROM op_result"))
    effects = sum(
        int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names
        for table in ("task_attestation WHERE st != 'rejected'", "note")
    )
    connection.close()
    return results, effects


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
