"""Everything the database holds, as plain values: what must not change, must be the same after it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import select

from app.base.db import db

Contents = dict[str, list[tuple[Any, ...]]]

# What a request may note although it changes nothing: what was answered, and how the device is that asked.
BOOKKEEPING = ("op_result", "device", "device_author")


def _is_a_device_s_scope(scope: str) -> bool:
    return scope.startswith("user:") or (scope.startswith("site:") and scope.endswith(":command"))


OF_DEVICES: dict[str, Callable[[Any], bool]] = {
    "row": lambda row: row.type in ("device", "device_state"),
    "event": lambda event: event.type.startswith("device."),
    "scope": lambda scope: _is_a_device_s_scope(scope.id),  # their counters; what else they hold is in `row`
}


def contents(*, without: Collection[str] = BOOKKEEPING) -> Contents:
    """Every row of every table except `without` and what is told of devices, in an order of their own."""
    db.session.remove()
    found: Contents = {}
    for table in db.metadata.sorted_tables:
        if table.name not in without:
            is_of_devices = OF_DEVICES.get(table.name, lambda _row: False)
            rows = [tuple(row) for row in db.session.execute(select(table)) if not is_of_devices(row)]
            found[table.name] = sorted(rows, key=repr)
    db.session.remove()
    return found


def changed_tables(before: Contents, after: Contents) -> list[str]:
    """The tables whose rows are not the same."""
    return [name for name in before if before[name] != after[name]]
