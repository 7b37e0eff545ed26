"""Tasks that nobody has touched: made from a plan for units, in one go."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from app.base.unit_of_work import UnitOfWork
from app.live.rows import put_row
from app.live.scopes import unit_scope
from app.plans.format import Plan
from app.plans.materialise import TaskSeed, materialise
from app.plans.pack import UnitRef
from app.response.bodies import clock_values, task_body
from app.response.commands.rounds import UNTOUCHED
from app.response.commands.shift_clock import first_shift
from app.response.models import Task


def make_tasks(
    work: UnitOfWork,
    plan: Plan,
    incident: Mapping[str, Any],
    places: Sequence[UnitRef],
    *,
    named: str | None = None,
    known: Container[str] = (),
) -> list[dict[str, Any]]:
    """A task for every step and unit, with its row; what was made.

    `named` stands in place of the incident in the ids of a local run; tasks in `known` are there already.
    """
    clocks = clocks_of(incident)
    seeds = materialise(plan, places, incident=named or incident["id"], clocks=clocks, kind=incident["kind"])
    tasks = [task_values(seed, incident["id"], plan.id) for seed in seeds if seed.id not in known]
    if tasks:
        work.session.connection().execute(insert(Task.__table__), tasks)  # no objects: nothing reads them here
    for task in tasks:
        put_row(work, unit_scope(task["unit"]), task["id"], "task", task_body(task), fresh=True)
    return tasks


def task_values(seed: TaskSeed, incident: str, plan: str) -> dict[str, Any]:
    """The columns of a task fresh from the plan."""
    return {
        **UNTOUCHED,
        "id": seed.id,
        "run": seed.run_id,
        "incident": incident,
        "unit": seed.unit,
        "role": seed.role,
        "plan": plan,
        "key": seed.key,
        "code": seed.code,
        "phase": seed.phase,
        "position": seed.order,
        "title": seed.title,
        "hint": seed.hint,
        "anchor": seed.anchor,
        "due_min": seed.due_min,
        "due_at": seed.due_at,
        "safety": seed.safety,
        "two_person": seed.two_person,
        "confirm_roles": list(seed.confirm_roles) if seed.confirm_roles else None,
        "role_only": seed.role_only,
        "capture": list(seed.capture),
        "repeat_min": seed.repeat_min,
        "until": seed.until,
        "occurrence": seed.occurrence,
        "kind": seed.kind,
        "rules": seed.rules,
        "local": seed.local,
        "held": seed.held,
        "handed": None,
    }


def clocks_of(incident: Mapping[str, Any]) -> dict[str, datetime]:
    """The clocks that have started, and of a declared incident the first start of a shift after it."""
    clocks = {name: at for name, at in clock_values(incident).items() if at is not None}
    declared = clocks.get("TD")
    return {**clocks, "shift": first_shift(incident, declared)} if declared and incident["no"] > 0 else clocks
