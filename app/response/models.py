"""Tables of the response."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db

UUID = String(36)
SLUG = String(60)


class Incident(db.Model):  # type: ignore[name-defined,misc]
    """One response, from declaration to stand-down; the clocks T0..TS are instants, null until reached."""

    __tablename__ = "incident"
    __table_args__ = (UniqueConstraint("site", "no"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    site: Mapped[str] = mapped_column(SLUG)
    no: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(140))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12))
    level: Mapped[int] = mapped_column(Integer)
    plan: Mapped[str] = mapped_column(SLUG)
    plan_title: Mapped[str] = mapped_column(String(140))
    services: Mapped[list[str]] = mapped_column(JSON)
    units: Mapped[list[str]] = mapped_column(JSON)
    lead: Mapped[str] = mapped_column(UUID)
    lead_name: Mapped[str] = mapped_column(String(120))
    do_now: Mapped[str] = mapped_column(String(400), default="")
    works: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(String(400), default="")
    t0: Mapped[datetime | None] = mapped_column(Instant)
    td: Mapped[datetime] = mapped_column(Instant)
    tb: Mapped[datetime | None] = mapped_column(Instant)
    tr: Mapped[datetime | None] = mapped_column(Instant)
    ta: Mapped[datetime | None] = mapped_column(Instant)
    te: Mapped[datetime | None] = mapped_column(Instant)
    ts: Mapped[datetime | None] = mapped_column(Instant)
    retired: Mapped[bool] = mapped_column(Boolean, default=False)


class Activation(db.Model):  # type: ignore[name-defined,misc]
    """A plan in force in an incident, in the version it had then."""

    __tablename__ = "activation"

    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    plan: Mapped[str] = mapped_column(SLUG, primary_key=True)
    version: Mapped[str] = mapped_column(String(64))
    activated_at: Mapped[datetime] = mapped_column(Instant)


class Task(db.Model):  # type: ignore[name-defined,misc]
    """A step materialised for one unit and role. `signers` are who signed since the last reopening, in order."""

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_incident_unit", "incident", "unit", "role"),
        Index("ix_task_due", "due_at"),
    )

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    run: Mapped[str] = mapped_column(UUID)
    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"))
    unit: Mapped[str] = mapped_column(SLUG)
    role: Mapped[str] = mapped_column(SLUG)
    plan: Mapped[str] = mapped_column(SLUG)
    key: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(12))
    phase: Mapped[str] = mapped_column(String(12))
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(200))
    hint: Mapped[str | None] = mapped_column(String(400))
    anchor: Mapped[str] = mapped_column(String(10))
    due_min: Mapped[int | None] = mapped_column(Integer)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    safety: Mapped[bool] = mapped_column(Boolean)
    two_person: Mapped[bool] = mapped_column(Boolean)
    confirm_roles: Mapped[list[str] | None] = mapped_column(JSON)
    role_only: Mapped[bool] = mapped_column(Boolean)
    capture: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    repeat_min: Mapped[int | None] = mapped_column(Integer)
    until: Mapped[str | None] = mapped_column(String(10))
    occurrence: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    by: Mapped[str | None] = mapped_column(UUID)
    by_name: Mapped[str | None] = mapped_column(String(120))
    at: Mapped[datetime | None] = mapped_column(Instant)
    captured: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(String(400))
    reason: Mapped[str] = mapped_column(String(400))
    signs: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class LocalRun(db.Model):  # type: ignore[name-defined,misc]
    """A card that a unit started by itself. Its id is also that of the incident row that stands in for a declared one.

    `starts` are those who started it; `adopted_into` is the incident (or run) that took it in, `into_run` the run
    whose tasks took the place of its own; `merge_with` another run of the unit that is probably the same downtime.
    """

    __tablename__ = "local_run"
    __table_args__ = (Index("ix_local_run_unit_plan", "unit", "plan"),)

    id: Mapped[str] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    site: Mapped[str] = mapped_column(SLUG)
    unit: Mapped[str] = mapped_column(SLUG)
    plan: Mapped[str] = mapped_column(SLUG)
    day: Mapped[str] = mapped_column(String(10))
    shift: Mapped[str] = mapped_column(String(5))
    started_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    starts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    adopted_into: Mapped[str | None] = mapped_column(UUID)
    into_run: Mapped[str | None] = mapped_column(UUID)
    adopted_at: Mapped[datetime | None] = mapped_column(Instant)
    merge_with: Mapped[str | None] = mapped_column(UUID)


class TaskAlias(db.Model):  # type: ignore[name-defined,misc]
    """A task of a local run and the task that took its place: phones may name the old one for ever."""

    __tablename__ = "task_alias"
    __table_args__ = (Index("ix_task_alias_task", "task"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    task: Mapped[str] = mapped_column(ForeignKey("task.id"))


class TaskAttestation(db.Model):  # type: ignore[name-defined,misc]
    """Who said what about a task, when, and from which device; never changed, also kept when somebody was first."""

    __tablename__ = "task_attestation"
    __table_args__ = (Index("ix_task_attestation_task", "task"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    task: Mapped[str] = mapped_column(ForeignKey("task.id"))
    what: Mapped[str] = mapped_column(String(10))
    st: Mapped[str] = mapped_column(String(12))
    actor: Mapped[str] = mapped_column(UUID)
    actor_name: Mapped[str] = mapped_column(String(120))
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str | None] = mapped_column(String(64))
    skew_ms: Mapped[int | None] = mapped_column(Integer)
    uncertain: Mapped[bool] = mapped_column(Boolean)
    late: Mapped[bool] = mapped_column(Boolean)
    carried_by: Mapped[str | None] = mapped_column(UUID)
    said: Mapped[str] = mapped_column(String(400))
    captured: Mapped[dict[str, Any]] = mapped_column(JSON)


class HelpRequest(db.Model):  # type: ignore[name-defined,misc]
    """Somebody on a unit asks for help; a leader takes it and answers."""

    __tablename__ = "help_request"
    __table_args__ = (Index("ix_help_request_incident", "incident"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"))
    unit: Mapped[str] = mapped_column(SLUG)
    task: Mapped[str | None] = mapped_column(UUID)
    text: Mapped[str] = mapped_column(String(400))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)
    owner: Mapped[str | None] = mapped_column(UUID)
    owner_name: Mapped[str | None] = mapped_column(String(120))
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(String(400))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class Note(db.Model):  # type: ignore[name-defined,misc]
    """A line somebody wrote for the unit."""

    __tablename__ = "note"

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"))
    unit: Mapped[str] = mapped_column(SLUG)
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)


class StepFlag(db.Model):  # type: ignore[name-defined,misc]
    """Somebody says that a step is wrong: work for the plan's owner after the incident."""

    __tablename__ = "step_flag"

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    task: Mapped[str] = mapped_column(ForeignKey("task.id"))
    plan: Mapped[str] = mapped_column(SLUG)
    key: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(400))
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)


class UnitContact(db.Model):  # type: ignore[name-defined,misc]
    """When a unit was last heard and since when it is silent; what a restart must not forget."""

    __tablename__ = "unit_contact"

    unit: Mapped[str] = mapped_column(SLUG, primary_key=True)
    last_heard_at: Mapped[datetime | None] = mapped_column(Instant)
    silent_since: Mapped[datetime | None] = mapped_column(Instant)
