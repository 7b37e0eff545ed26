"""What comes again with each shift while an incident lasts: made when the shift begins, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import insert, select, update

from app.base import clock
from app.base.attestation import by_system
from app.base.reading import Record, all_records
from app.base.unit_of_work import UnitOfWork, write
from app.live.timeline import tell
from app.plans.ids import task_id
from app.response.bodies import clock_values
from app.response.commands.gates import note_gate
from app.response.commands.overdue import end_overdue
from app.response.commands.rounds import UNTOUCHED
from app.response.commands.shift_clock import shifts_begun
from app.response.commands.task_rows import drop_past_rounds, put_task
from app.response.gates import role_of_key
from app.response.holds import first_hold
from app.response.lifecycle import CLOSED_STATES
from app.response.models import Task
from app.response.progress import PROGRESS
from app.response.queries import incident_of, running_incidents
from app.response.shifts import CLOSE, SHIFT, at_shift_end

SHIFT_ENDED = "shift_ended"  # the reason of a step that was closed undone; phones put it into words
SYSTEM = "Wardlight"


def sweep_shifts() -> None:
    """Begin the shift of every running incident where a new one has come. Repeating it finds nothing to do.

    After a standstill of days only the present shift gets its steps: nobody can do those of yesterday.
    """
    done: dict[str, int] = current_app.extensions.setdefault("shifts_swept", {})
    now = clock.now()
    for incident in running_incidents():
        starts = shifts_begun(incident, now)
        if len(starts) < 2 or done.get(incident["id"]) == len(starts):
            continue
        with write() as work:
            begin_shift(work, incident["id"], number=len(starts), start=starts[-1])
        done[incident["id"]] = len(starts)


def begin_shift(work: UnitOfWork, incident_id: str, *, number: int, start: datetime) -> None:
    """The `number`-th shift of an incident begins: its steps appear, open ones of before go on or are closed."""
    incident = incident_of(incident_id)
    if incident is None:
        return
    reached = {name for name, at in clock_values(incident).items() if at is not None}
    made: list[dict[str, Any]] = []
    for task in _newest_rounds(incident_id):
        if task["occurrence"] >= number or task["until"] in reached:
            continue
        if task["state"] not in CLOSED_STATES:
            if at_shift_end(task) != CLOSE:
                continue
            _close(work, task)
        made.append(_next_round(task, number, start))
    if not made:
        return
    work.session.execute(insert(Task), made)
    for task in made:
        put_task(work, task, fresh=True)
        PROGRESS.mark(work, (incident_id, task["unit"]))
        note_gate(work, task)
    drop_past_rounds(work, incident_id)
    tell(work, "shift.began", by_system(), incident=incident_id, count=len(made))


def _newest_rounds(incident: str) -> Sequence[Record]:
    """The last round of each step that comes with the shift; a step with a beat of its own goes by that."""
    query = select(Task.__table__).where(
        Task.incident == incident, Task.anchor == SHIFT, Task.repeat_min.is_(None)
    )  # fmt: skip
    newest: dict[tuple[str, str], Record] = {}
    for task in all_records(query.order_by(Task.occurrence, Task.id)):
        newest[task["run"], task["key"]] = task
    return list(newest.values())


def _next_round(task: Record, number: int, start: datetime) -> dict[str, Any]:
    origin = task["handed"] or {"unit": task["unit"], "role": role_of_key(task["key"])}
    held = first_hold(task["rules"])
    due = None if held or task["due_min"] is None else start + timedelta(minutes=task["due_min"])
    home = {"unit": origin["unit"], "role": origin["role"], "handed": None}
    again = {"id": task_id(task["run"], task["key"], number), "occurrence": number, "due_at": due, "held": held}
    return {**task, **UNTOUCHED, **home, **again}


def _close(work: UnitOfWork, task: Mapping[str, Any]) -> None:
    now_is = {"state": "skipped", "by": None, "by_name": SYSTEM, "at": work.now, "reason": SHIFT_ENDED}
    work.session.execute(update(Task).where(Task.id == task["id"]).values(**now_is))
    put_task(work, {**task, **now_is})
    PROGRESS.mark(work, (task["incident"], task["unit"]))
    end_overdue(work, by_system(), {**task, **now_is})
