"""Reads of the response: frozen mappings, never live objects."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, or_, select

from app.base.among import among
from app.base.db import Instant, db
from app.base.reading import Record, all_records, one_record
from app.response.lifecycle import ADOPTED, LOCAL, RUNNING_STATES
from app.response.models import (
    Backlog,
    Handover,
    HelpRequest,
    Incident,
    LocalRun,
    Task,
    TaskAlias,
    UnitCheck,
    UnitContact,
)

# What every entry of a storm asks is built once: building a statement costs as much as asking it.
_INCIDENT = select(Incident.__table__).where(Incident.id == bindparam("incident"))
_RETIRED = select(Incident.retired).where(Incident.id == bindparam("incident"))

IN_SIGHT = ("planned", *RUNNING_STATES, LOCAL)
PHASE_STARTS_MIN = {"pre": -100_000, "0-15": 0, "15-60": 15, "1-4h": 60, "4-12h": 240, "12h+": 720}


def incident_of(incident_id: str) -> Record | None:
    """One incident with all its columns, or None."""
    return one_record(_INCIDENT, {"incident": incident_id})


def is_on_phones(incident_id: str) -> bool:
    """Whether phones still hold this incident: late entries on one that has left them must not bring it back."""
    return db.session.connection().execute(_RETIRED, {"incident": incident_id}).scalar() is False


def running_incidents(site: str | None = None) -> list[Record]:
    """Incidents that still ask people to do something, newest first."""
    query = select(Incident.__table__).where(Incident.state.in_(RUNNING_STATES)).order_by(Incident.td.desc())
    if site is not None:
        query = query.where(Incident.site == site)
    return all_records(query)


def incidents_since(site: str, *, ended_after: datetime) -> list[Record]:
    """Incidents that are announced, run, or ended after an instant, newest first; units' own starts are none."""
    ended = and_(Incident.state.in_(("closed", "cancelled")), Incident.ts >= ended_after)
    query = (
        select(Incident.__table__)
        .where(Incident.site == site, or_(Incident.state.in_(("planned", *RUNNING_STATES)), ended))
        .order_by(Incident.td.desc(), Incident.id.desc())
    )
    return all_records(query)


def any_real_incident_runs() -> bool:
    """Whether a real incident runs now (phones hold app updates while it does)."""
    query = select(Incident.id).where(Incident.state.in_(RUNNING_STATES), Incident.kind == "real").limit(1)
    return db.session.execute(query).first() is not None


def planned_incidents(site: str | None = None, *, since: datetime | None = None) -> list[Record]:
    """Planned downtimes by their start: all that wait or run, and with `since` those that started after it."""
    lasting = Incident.state.in_(("planned", *RUNNING_STATES))
    recent = lasting if since is None else or_(lasting, Incident.planned >= since)
    query = select(Incident.__table__).where(Incident.planned.is_not(None), recent).order_by(Incident.planned)
    return all_records(query if site is None else query.where(Incident.site == site))


def incidents_in_sight(site: str, *, closed_after: datetime) -> dict[str, datetime | None]:
    """The incidents whose command scope leaders still read: running, own starts, closed after an instant. By id, with
    when it was closed (None: time alone does not end it)."""
    lasts = Incident.state.in_(IN_SIGHT)
    ended = and_(Incident.ts >= closed_after, Incident.state != ADOPTED)
    query = select(Incident.id, lasts, Incident.ts).where(Incident.site == site, or_(lasts, ended))
    return {incident: None if stays else closed_at for incident, stays, closed_at in db.session.execute(query)}


def task_of(task_id: str) -> Record | None:
    """One task with all its columns, or None; the one that took its place, if a unit's own start was adopted."""
    found = one_record(select(Task.__table__).join(TaskAlias, TaskAlias.task == Task.id).where(TaskAlias.id == task_id))
    return found or one_record(select(Task.__table__).where(Task.id == task_id))


def present_incident(incident_id: str) -> Record | None:
    """One incident, or the one that took in the unit's own start of this id; None when neither is known."""
    into = db.session.execute(select(LocalRun.adopted_into).where(LocalRun.id == incident_id)).scalar()
    return incident_of(into or incident_id)


def local_run_of(run_id: str) -> Record | None:
    """One card that a unit started by itself, or None."""
    return one_record(select(LocalRun.__table__).where(LocalRun.id == run_id))


def own_starts(site: str, plan: str, *, units: Sequence[str]) -> list[Record]:
    """What these units started by themselves of a plan and nothing has taken in yet, oldest first."""
    query = (
        select(LocalRun.__table__)
        .join(Incident, Incident.id == LocalRun.id)
        .where(LocalRun.site == site, LocalRun.plan == plan, LocalRun.unit.in_(units), Incident.state == LOCAL)
        .order_by(LocalRun.started_at, LocalRun.id)
    )
    return all_records(query)


def incidents_of_plan(site: str, plan: str) -> list[Record]:
    """Every incident of a plan, the newest first: those that run before those that have ended."""
    query = (
        select(Incident.__table__)
        .where(Incident.site == site, Incident.plan == plan, Incident.state.not_in((LOCAL, ADOPTED)))
        .order_by(Incident.state.in_(RUNNING_STATES).desc(), Incident.td.desc())
        .limit(50)
    )
    return all_records(query)


def adopted_by(run_id: str) -> list[Record]:
    """The own starts that this run has taken in."""
    return all_records(select(LocalRun.__table__).where(LocalRun.adopted_into == run_id))


def tasks_of(incident: str, *, unit: str | None = None, role: str | None = None) -> list[Record]:
    """Tasks of an incident in card order."""
    query = select(Task.__table__).where(Task.incident == incident)
    if unit is not None:
        query = query.where(Task.unit == unit)
    if role is not None:
        query = query.where(Task.role == role)
    query = query.order_by(Task.unit, Task.role, Task.position, Task.occurrence)
    return all_records(query)


def help_of(help_id: str) -> Record | None:
    """One request for help, or None."""
    return one_record(select(HelpRequest.__table__).where(HelpRequest.id == help_id))


def checks_of(incident: str, unit: str) -> dict[str, Record]:
    """What a unit has said of its checks, by check."""
    query = select(UnitCheck.__table__).where(UnitCheck.incident == incident, UnitCheck.unit == unit)
    return {found["check"]: found for found in all_records(query)}


def confirmed_units(incident: str, wanted: Collection[str]) -> set[str]:
    """The units that have made every wanted check, and all of them work."""
    query = (
        select(UnitCheck.unit)
        .where(UnitCheck.incident == incident, UnitCheck.check.in_(wanted), UnitCheck.works.is_(True))
        .group_by(UnitCheck.unit)
        .having(func.count() == len(wanted))
    )
    return set(db.session.execute(query).scalars())


def backlog_of(incident: str, unit: str) -> Record | None:
    """The newest count of what a unit still has on paper, or None."""
    return one_record(select(Backlog.__table__).where(Backlog.incident == incident, Backlog.unit == unit))


def open_safety_count(incident: str) -> int:
    """How many safety steps whose clock runs are open in an incident."""
    query = select(func.count()).where(
        Task.incident == incident, Task.safety, Task.due_at.is_not(None), Task.state.in_(("open", "half", "blocked"))
    )
    return int(db.session.execute(query).scalar_one())


def handover_of(handover_id: str) -> Record | None:
    """One hand-over, or None."""
    return one_record(select(Handover.__table__).where(Handover.id == handover_id))


def offered_handover(unit: str, role: str) -> Record | None:
    """The offer of a role in a unit that waits for an answer, or None."""
    query = select(Handover.__table__).where(
        Handover.unit == unit, Handover.role == role, Handover.state == "offered",
        Handover.task.is_(None),
    )  # fmt: skip
    return one_record(query.limit(1))


def open_task_counts(incident: str, unit: str, role: str) -> tuple[int, int]:
    """(tasks, safety steps) of a role in a unit that are still open."""
    query = select(func.count(), _count(Task.safety.is_(True))).where(
        Task.incident == incident, Task.unit == unit, Task.role == role, Task.held.is_(None),
        Task.state.in_(("open", "half", "blocked")),
    )  # fmt: skip
    total, safety = db.session.execute(query).one()
    return int(total), int(safety or 0)


def _count(condition: Any) -> Any:
    return func.count().filter(condition)


def _progress() -> Select[Any]:
    is_open = and_(Task.state.in_(("open", "half", "blocked")), Task.held.is_(None))
    asked_for = or_(Task.held.is_(None), Task.state != "open")
    overdue = and_(is_open, Task.due_at < bindparam("now", type_=Instant()))
    begun = among(Task.phase, "begun")
    return (
        select(
            Task.unit,
            Task.role,
            _count(asked_for).label("total"),
            _count(Task.state == "done").label("done"),
            _count(Task.state == "skipped").label("skipped"),
            _count(Task.state == "half").label("half"),
            _count(Task.state == "blocked").label("blocked"),
            _count(overdue).label("overdue"),
            _count(and_(overdue, Task.safety.is_(True))).label("safety_overdue"),
            _count(and_(begun, asked_for)).label("now_total"),
            _count(and_(begun, Task.state.in_(("done", "skipped")))).label("now_done"),
            func.min(case((is_open, Task.due_at))).label("next_due_at"),
            _count(~asked_for).label("held"),
            _count(and_(Task.held.is_not(None), Task.state.in_(("half", "done")))).label("out_of_order"),
        )
        .where(Task.incident == bindparam("incident"))
        .group_by(Task.unit, Task.role)
    )


_PROGRESS = _progress()
_PROGRESS_OF_UNITS = _PROGRESS.where(among(Task.unit, "units"))


def progress_counts(
    incident: str, clocks: Mapping[str, datetime | None], *, units: Sequence[str] | None, now: datetime
) -> list[Record]:
    """Counts per unit and role: total, done, skipped, half, blocked, overdue, safety_overdue, next_due_at,
    total and done of the phases that have begun (`now_total`, `now_done`), `held` (not asked for yet, in no other
    count) and `out_of_order` (signed while they were held)."""
    values = {"incident": incident, "now": now, "begun": begun_phases(clocks, now)}
    if units is None:
        return all_records(_PROGRESS, values)
    return all_records(_PROGRESS_OF_UNITS, {**values, "units": list(units)})


def begun_phases(clocks: Mapping[str, datetime | None], now: datetime) -> list[str]:
    """The phases that have begun: by the minutes since TD, recovery since TR, back-entry and close since TA."""
    declared = clocks.get("TD")
    minutes = (now - declared).total_seconds() / 60 if declared else -1
    phases = [phase for phase, start in PHASE_STARTS_MIN.items() if minutes >= start]
    if clocks.get("TR"):
        phases.append("recovery")
    if clocks.get("TA"):
        phases += ["back-entry", "close"]
    return phases


def newly_overdue(*, after: datetime, until: datetime) -> list[tuple[str, str]]:
    """(incident, unit) pairs where an open task came due in (after, until]."""
    query = (
        select(Task.incident, Task.unit)
        .where(Task.due_at > after, Task.due_at <= until, Task.state.in_(("open", "half", "blocked")))
        .distinct()
    )
    return [(row.incident, row.unit) for row in db.session.execute(query)]


def contacts() -> dict[str, Record]:
    """What is stored of every unit's contact."""
    return {row["unit"]: row for row in all_records(select(UnitContact.__table__))}


def silent_units(units: Sequence[str]) -> dict[str, datetime]:
    """Since when each of these units is silent; those that are heard are left out."""
    query = select(UnitContact.unit, UnitContact.silent_since).where(
        UnitContact.unit.in_(units), UnitContact.silent_since.is_not(None)
    )
    return {unit: since for unit, since in db.session.execute(query) if since is not None}
