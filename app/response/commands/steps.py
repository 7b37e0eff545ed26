"""An incident moves from one state to the next: its clock starts, and what waits for it gets its due times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from app.base.attestation import Attestation
from app.base.unit_of_work import UnitOfWork
from app.live.rows import put_row
from app.live.scopes import site_scope
from app.live.timeline import tell
from app.plans.materialise import due_at
from app.response.bodies import incident_body
from app.response.commands.alerts import alert_turn
from app.response.commands.fresh_tasks import clocks_of
from app.response.commands.in_use import IN_USE
from app.response.commands.task_rows import put_task
from app.response.lifecycle import CLOCK_OF_STATE
from app.response.models import Incident, Task
from app.response.progress import put_progress

EVENT_OF_STATE = {
    "declared": "incident.started",
    "restored": "incident.restored",
    "all_clear": "incident.all_clear",
    "closed": "incident.closed",
    "cancelled": "incident.cancelled",
}


def move_on(work: UnitOfWork, attestation: Attestation, found: Mapping[str, Any], *, to: str, note: str) -> None:
    """The incident is in the state `to` from now on; its clock starts, and what waits for it gets its due times."""
    incident, scope = found["id"], site_scope(found["site"])
    changed: dict[str, Any] = {"state": to, "note": note, CLOCK_OF_STATE[to]: attestation.occurred_at}
    if to == "declared":
        changed["t0"] = attestation.occurred_at
    if found["planned"] is not None:
        changed["sequence"] = found["sequence"] + 1
    if to == "closed":
        changed["te"] = found["te"] or attestation.occurred_at
    work.session.execute(update(Incident).where(Incident.id == incident).values(**changed))
    now_is = {**found, **changed}
    put_row(work, scope, incident, "incident", incident_body(now_is))
    for clock in ("T0", "TD", "shift") if to == "declared" else (CLOCK_OF_STATE[to].upper(),):
        start_clock(work, now_is, clock)
    put_progress(work, now_is)
    IN_USE.mark(work, incident)
    facts = {"note": note, "level": found["level"]}
    tell(work, EVENT_OF_STATE[to], attestation, incident=incident, **facts)
    alert_turn(work, now_is, by=attestation.actor or "")


def start_clock(work: UnitOfWork, incident: Mapping[str, Any], clock: str) -> None:
    """Give due times to the tasks that count from a clock which has just started."""
    clocks = clocks_of(incident)
    waiting = work.session.execute(
        select(Task.__table__).where(
            Task.incident == incident["id"], Task.anchor == clock, Task.due_at.is_(None), Task.held.is_(None)
        )
    ).mappings()
    for task in list(waiting):
        due = due_at(clock, task["due_min"], clocks)
        if due is None:
            continue
        work.session.execute(update(Task).where(Task.id == task["id"]).values(due_at=due))
        put_task(work, {**task, "due_at": due})
