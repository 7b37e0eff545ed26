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
    """One response, from declaration to stand-down; the clocks T0..TS are instants, null until reached.

    `planned` and `planned_end` are those of a planned downtime (until it begins, `td` is only the intended one and
    `t0` is null), `go` and `all_clear` what its two voices (`it`,
    `clinical`) have said, `sequence` how often what was announced has changed, `notices` words that lie ready.
    """

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
    planned: Mapped[datetime | None] = mapped_column(Instant)
    planned_end: Mapped[datetime | None] = mapped_column(Instant)
    overrun_at: Mapped[datetime | None] = mapped_column(Instant)
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    go: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    all_clear: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    notices: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class Activation(db.Model):  # type: ignore[name-defined,misc]
    """A plan in force in an incident, in the version it had then."""

    __tablename__ = "activation"

    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    plan: Mapped[str] = mapped_column(SLUG, primary_key=True)
    version: Mapped[str] = mapped_column(String(64))
    activated_at: Mapped[datetime] = mapped_column(Instant)


class Task(db.Model):  # type: ignore[name-defined,misc]
    """A step materialised for one unit and role. `signers` are who signed since the last reopening, in order.

    `rules` is what holds between this step and others (`gate`, `when`, ...: app/plans/pack.step_rules), `local` the
    unit's own line. `held` says why it is not asked for yet (holds.py), `handed` from whose card it came.
    """

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
    rules: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    local: Mapped[str | None] = mapped_column(String(160))
    held: Mapped[str | None] = mapped_column(String(5))
    handed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


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
    """Somebody on a unit asks for help, has a question or finds a step wrong; a leader takes it and answers.

    `safety` and `answer_by` say how soon somebody should have taken it, `handed` from whom to whom it went.
    """

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
    what: Mapped[str] = mapped_column(String(12))
    safety: Mapped[bool] = mapped_column(Boolean)
    answer_by: Mapped[datetime | None] = mapped_column(Instant)
    handed: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


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


class Handover(db.Model):  # type: ignore[name-defined,misc]
    """A role in a unit is offered to somebody (`to`), or to whoever takes it (`to` null).

    `passed` are those it was offered to before, `next_at` when it goes to the next; `tasks` and `safety` count what
    was open when it was offered. With a `task` it is one step that is offered to the role, from the card of `from_role`
    in `from_unit`; `step` is how that step stands, and `next_at` when nobody's answer counts as late.
    """

    __tablename__ = "handover"
    __table_args__ = (Index("ix_handover_state", "state"), Index("ix_handover_task", "task"))

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    site: Mapped[str] = mapped_column(SLUG)
    unit: Mapped[str] = mapped_column(SLUG)
    role: Mapped[str] = mapped_column(SLUG)
    incident: Mapped[str | None] = mapped_column(UUID)
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)
    to: Mapped[str | None] = mapped_column(UUID)
    to_name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(String(400))
    tasks: Mapped[int] = mapped_column(Integer)
    safety: Mapped[int] = mapped_column(Integer)
    passed: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    next_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(12))
    answered_by: Mapped[str | None] = mapped_column(UUID)
    answered_by_name: Mapped[str] = mapped_column(String(120))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(400))
    task: Mapped[str | None] = mapped_column(UUID)
    from_unit: Mapped[str | None] = mapped_column(SLUG)
    from_role: Mapped[str | None] = mapped_column(SLUG)
    step: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class HandoverAnswer(db.Model):  # type: ignore[name-defined,misc]
    """What somebody said to a hand-over; never changed. `waits` while the offer itself has not arrived."""

    __tablename__ = "handover_answer"
    __table_args__ = (Index("ix_handover_answer_handover", "handover"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    handover: Mapped[str] = mapped_column(UUID)
    what: Mapped[str] = mapped_column(String(10))
    st: Mapped[str] = mapped_column(String(12))
    actor: Mapped[str] = mapped_column(UUID)
    actor_name: Mapped[str] = mapped_column(String(120))
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(400))


class UnitCheck(db.Model):  # type: ignore[name-defined,misc]
    """A unit has looked whether the system is back for it: one of its checks, with what came out."""

    __tablename__ = "unit_check"

    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(SLUG, primary_key=True)
    check: Mapped[str] = mapped_column(SLUG, primary_key=True)
    works: Mapped[bool] = mapped_column(Boolean)
    note: Mapped[str] = mapped_column(String(400))
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)


class Backlog(db.Model):  # type: ignore[name-defined,misc]
    """What a unit still has on paper, counted by kind: numbers only. The newest report of a unit stands."""

    __tablename__ = "backlog"

    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(SLUG, primary_key=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    first: Mapped[dict[str, int]] = mapped_column(JSON)
    sampled: Mapped[int] = mapped_column(Integer)
    wrong: Mapped[int] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)
