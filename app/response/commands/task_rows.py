"""The row of a task on phones: there, unless it is a round of a shift long over; the tables keep every round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from app.base.unit_of_work import UnitOfWork
from app.live.rows import drop_row, put_row
from app.live.scopes import unit_scope
from app.response.bodies import task_body
from app.response.lifecycle import CLOSED_STATES
from app.response.models import Task
from app.response.shifts import SHIFT

# The present shift's and the one before it, to read at the hand-over what was done.
ROUNDS_ON_PHONES = 2


def put_task(work: UnitOfWork, task: Mapping[str, Any], *, fresh: bool = False) -> None:
    """Put the row where the unit reads it; of a step that comes with the shift a closed round of long ago stays away.

    `fresh`: it surely differs from the row before.
    """
    if _is_past(work, task):
        drop_row(work, unit_scope(task["unit"]), task["id"], "task")
    else:
        put_row(work, unit_scope(task["unit"]), task["id"], "task", task_body(task), fresh=fresh)


def drop_past_rounds(work: UnitOfWork, incident: str) -> None:
    """Take the rounds off phones that new ones have just made old. One that is still open stays until it is closed."""
    newest_first = Task.occurrence.desc()
    rank = func.row_number().over(partition_by=(Task.run, Task.key), order_by=newest_first).label("rank")
    comes_with_shift = (Task.incident == incident, Task.anchor == SHIFT, Task.repeat_min.is_(None))
    ranked = select(Task.id, Task.unit, Task.state, rank).where(*comes_with_shift).subquery()
    old = select(ranked.c.id, ranked.c.unit).where(
        ranked.c.rank == ROUNDS_ON_PHONES + 1, ranked.c.state.in_(CLOSED_STATES)
    )
    for task, unit in work.session.execute(old):
        drop_row(work, unit_scope(unit), task, "task")


def _is_past(work: UnitOfWork, task: Mapping[str, Any]) -> bool:
    if task["anchor"] != SHIFT or task["repeat_min"] is not None or task["state"] not in CLOSED_STATES:
        return False
    mine = (Task.run == task["run"], Task.key == task["key"], Task.occurrence > task["occurrence"])
    newer: int = work.session.execute(select(func.count()).where(*mine)).scalar() or 0
    return newer >= ROUNDS_ON_PHONES
