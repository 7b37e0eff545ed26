"""Gates in the tables: what a task waits for, and the `gate` rows that every phone holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from app.base.reading import Record, all_records
from app.base.recount import Recount
from app.base.unit_of_work import UnitOfWork
from app.live.rows import put_row
from app.live.scopes import site_scope
from app.plans.queries import plan_at
from app.response.gates import gate_body, gate_keys, still_locking, waits_on
from app.response.models import Activation, Task
from app.response.queries import incident_of


def locks_of(task: Mapping[str, Any]) -> list[Record]:
    """The tasks that this one waits for now; nothing for a step without rules. What is gathered must be written."""
    _own, foreign = waits_on(task)
    if not foreign:
        return []
    query = select(Task.__table__).where(Task.incident == task["incident"], Task.key.in_(foreign), Task.occurrence == 1)
    return [dict(found) for found in still_locking(task, all_records(query.order_by(Task.position, Task.unit)))]


def note_gate(work: UnitOfWork, task: Mapping[str, Any]) -> None:
    """A task has changed: if others wait for its step, the gate is counted anew."""
    if task["key"] in _keys_of(work, task["incident"]):
        GATES.mark(work, task["incident"])


def gate_rows(incident: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`{row id: body}` of an incident's gates; none for a unit's own start, which no other unit takes part in."""
    if incident["no"] <= 0:
        return {}
    keys = plan_gates(incident["id"])
    query = select(Task.__table__).where(Task.incident == incident["id"], Task.key.in_(keys), Task.occurrence == 1)
    by_key: dict[str, list[Record]] = {}
    for task in all_records(query.order_by(Task.unit)) if keys else []:
        by_key.setdefault(task["key"], []).append(task)
    return {
        f"gate:{incident['id']}:{key}": gate_body(incident["id"], by_key[key], order=order)
        for order, key in enumerate(keys)
        if key in by_key
    }


def plan_gates(incident: str) -> tuple[str, ...]:
    """The gate steps of the plans in force in an incident."""
    query = select(Activation.__table__).where(Activation.incident == incident)
    return tuple(key for found in all_records(query) for key in _gates_at(found["plan"], found["version"]))


@lru_cache(maxsize=64)
def _gates_at(plan: str, version: str) -> tuple[str, ...]:
    return gate_keys(plan_at(plan, version))


def _keys_of(work: UnitOfWork, incident: str) -> tuple[str, ...]:
    known = work.memory.setdefault("gate_keys", {})
    if incident not in known:
        known[incident] = plan_gates(incident)
    return tuple(known[incident])


def _put(work: UnitOfWork, incidents: set[str]) -> None:
    for incident_id in sorted(incidents):
        incident = incident_of(incident_id)
        if incident is None or incident["retired"]:
            continue
        for row_id, body in gate_rows(incident).items():
            put_row(work, site_scope(incident["site"]), row_id, "gate", body)


GATES = Recount(_put)
