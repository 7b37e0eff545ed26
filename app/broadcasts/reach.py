"""Keeps the leaders' `reach` rows in step with receipts and acks: one row a unit and broadcast, never one a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.recount import Recount
from app.base.unit_of_work import UnitOfWork
from app.broadcasts.bodies import reach_body
from app.broadcasts.queries import broadcast_of, broadcasts_of, receipts_of
from app.live.rows import put_row
from app.live.scopes import command_scope
from app.response.queries import running_incidents, silent_units


def _count(work: UnitOfWork, keys: set[tuple[str, str]]) -> None:
    by_broadcast: dict[str, list[str]] = {}
    for broadcast_id, unit in sorted(keys):
        by_broadcast.setdefault(broadcast_id, []).append(unit)
    for broadcast_id, units in by_broadcast.items():
        broadcast = broadcast_of(broadcast_id)
        if broadcast is not None:
            _put_reach(work, broadcast, units)


REACH = Recount(_count)


def _put_reach(work: UnitOfWork, broadcast: Mapping[str, Any], units: Sequence[str]) -> None:
    receipts: dict[str, list[Mapping[str, Any]]] = {unit: [] for unit in units}
    for receipt in receipts_of(broadcast["id"], units):
        receipts[receipt["unit"]].append(receipt)
    silent = silent_units(units)
    for unit in units:
        body = reach_body(broadcast, unit, receipts[unit], silent_since=silent.get(unit))
        put_row(work, command_scope(broadcast["incident"]), f"{broadcast['id']}:{unit}", "reach", body)


def mark_units(work: UnitOfWork, units: Sequence[str]) -> None:
    """Count these units anew for every broadcast of the running incidents (a unit fell silent or is heard again)."""
    for incident in running_incidents():
        for broadcast in broadcasts_of(incident["id"]):
            targets = broadcast["units"] if broadcast["units"] is not None else incident["units"]
            for unit in set(units) & set(targets):
                REACH.mark(work, (broadcast["id"], unit))
