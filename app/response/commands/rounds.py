"""Repeated tasks: when one round is closed, the next appears."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from app.base.unit_of_work import UnitOfWork
from app.live.rows import put_row
from app.live.scopes import unit_scope
from app.plans.ids import task_id
from app.plans.materialise import next_due_at
from app.response.bodies import clock_values, task_body
from app.response.lifecycle import is_running
from app.response.models import Task
from app.response.queries import incident_of

UNTOUCHED: dict[str, Any] = {
    "state": "open",
    "by": None,
    "by_name": None,
    "at": None,
    "captured": {},
    "note": "",
    "reason": "",
    "signs": [],
    "held": None,
}


def make_next_round(work: UnitOfWork, task: Mapping[str, Any]) -> None:
    """The next round of a repeated task, unless its end has come or it is there already."""
    if task["repeat_min"] is None:
        return
    incident = incident_of(task["incident"])
    if incident is None or not is_running(incident["state"]):
        return
    if clock_values(incident).get(task["until"]) is not None:
        return
    number = task["occurrence"] + 1
    next_id = task_id(task["run"], task["key"], number)
    if work.session.execute(select(Task.id).where(Task.id == next_id)).first() is not None:
        return
    due = next_due_at(task["due_at"], repeat_min=task["repeat_min"], finished_at=task["at"])
    fresh = {**task, **UNTOUCHED, "id": next_id, "occurrence": number, "due_at": due}
    work.session.execute(insert(Task), [fresh])
    put_row(work, unit_scope(task["unit"]), next_id, "task", task_body(fresh), fresh=True)
