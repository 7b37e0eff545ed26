"""Tables of the broadcasts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db

UUID = String(36)
SLUG = String(60)
NAME = String(120)


class Broadcast(db.Model):  # type: ignore[name-defined,misc]
    """A numbered message of an incident. `units` and `roles` null mean all of the incident.

    `units` is what the audience came down to; `services` and `people` say how it was chosen. `promised_at` is the
    promise that this one answered. `superseded_relation` says what became of it: supersedes, corrects or cancels.
    """

    __tablename__ = "broadcast"
    __table_args__ = (UniqueConstraint("incident", "no"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"))
    site: Mapped[str] = mapped_column(SLUG)
    no: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(10))
    headline: Mapped[str] = mapped_column(String(140))
    do_now: Mapped[Any] = mapped_column(JSON)
    works: Mapped[Any] = mapped_column(JSON)
    stage: Mapped[str | None] = mapped_column(String(16))
    what_down: Mapped[Any] = mapped_column(JSON, server_default='""')
    affected: Mapped[str] = mapped_column(String(400), server_default="")
    do_not: Mapped[Any] = mapped_column(JSON, server_default='""')
    estimate: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    contact: Mapped[str] = mapped_column(String(400), server_default="")
    next_update_at: Mapped[datetime | None] = mapped_column(Instant)
    nothing_new: Mapped[bool] = mapped_column(Boolean, server_default=false())
    level: Mapped[int | None] = mapped_column(Integer)
    ack: Mapped[str] = mapped_column(String(10))
    ack_lasts_min: Mapped[int | None] = mapped_column(Integer)
    units: Mapped[list[str] | None] = mapped_column(JSON)
    roles: Mapped[list[str] | None] = mapped_column(JSON)
    on_duty: Mapped[bool] = mapped_column(Boolean, server_default=false())
    services: Mapped[list[str] | None] = mapped_column(JSON)
    people: Mapped[list[str] | None] = mapped_column(JSON)
    relation: Mapped[str | None] = mapped_column(String(12))
    refers_to: Mapped[int | None] = mapped_column(Integer)
    supersedes: Mapped[str | None] = mapped_column(UUID)
    superseded_by: Mapped[str | None] = mapped_column(UUID)
    superseded_by_no: Mapped[int | None] = mapped_column(Integer)
    superseded_relation: Mapped[str | None] = mapped_column(String(12))
    promised_at: Mapped[datetime | None] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(NAME)
    by_role: Mapped[str] = mapped_column(SLUG)
    at: Mapped[datetime] = mapped_column(Instant)
    approved_by: Mapped[str | None] = mapped_column(UUID)
    approved_by_name: Mapped[str | None] = mapped_column(NAME)


class Receipt(db.Model):  # type: ignore[name-defined,misc]
    """What is known of one person of one unit and one broadcast: received, read, acknowledged are separate facts.

    `targeted` is false for people who were not in the audience when it was sent. `path` is the way of the first
    receipt, `renewed_at` when an acknowledgement that had run out was last given again, `ack_carried_by` the name of
    the colleague whose phone brought the acknowledgement.
    """

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_person", "person"),)

    broadcast: Mapped[str] = mapped_column(ForeignKey("broadcast.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(SLUG, primary_key=True)
    person: Mapped[str] = mapped_column(UUID, primary_key=True)
    person_name: Mapped[str] = mapped_column(NAME)
    roles: Mapped[list[str]] = mapped_column(JSON)
    targeted: Mapped[bool] = mapped_column(Boolean)
    received_at: Mapped[datetime | None] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    acked_at: Mapped[datetime | None] = mapped_column(Instant)
    ack_received_at: Mapped[datetime | None] = mapped_column(Instant)
    renewed_at: Mapped[datetime | None] = mapped_column(Instant)
    ack_carried_by: Mapped[str | None] = mapped_column(NAME)
    path: Mapped[str | None] = mapped_column(String(10))
    device: Mapped[str | None] = mapped_column(String(64))


class DeviceReceipt(db.Model):  # type: ignore[name-defined,misc]
    """The same facts of one person on one device: read on a ward tablet and acknowledged on a phone are two rows."""

    __tablename__ = "device_receipt"

    broadcast: Mapped[str] = mapped_column(ForeignKey("broadcast.id"), primary_key=True)
    person: Mapped[str] = mapped_column(UUID, primary_key=True)
    device: Mapped[str] = mapped_column(String(64), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    acked_at: Mapped[datetime | None] = mapped_column(Instant)
    path: Mapped[str] = mapped_column(String(10))


class Carry(db.Model):  # type: ignore[name-defined,misc]
    """Somebody brought a broadcast to a unit on foot or on paper; `taken_by` of the unit took it. Each stays."""

    __tablename__ = "carry"
    __table_args__ = (Index("ix_carry_broadcast", "broadcast"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    broadcast: Mapped[str] = mapped_column(ForeignKey("broadcast.id"))
    unit: Mapped[str] = mapped_column(SLUG)
    path: Mapped[str] = mapped_column(String(10))
    taken_by: Mapped[str] = mapped_column(NAME)
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(NAME)
    at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str | None] = mapped_column(String(64))


class Approval(db.Model):  # type: ignore[name-defined,misc]
    """A broadcast that waits, or has waited, for a second leader; `args` is what was written."""

    __tablename__ = "approval"
    __table_args__ = (Index("ix_approval_incident", "incident"),)

    broadcast: Mapped[str] = mapped_column(UUID, primary_key=True)
    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"))
    state: Mapped[str] = mapped_column(String(10))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(NAME)
    by_role: Mapped[str] = mapped_column(SLUG)
    at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(UUID)
    decided_by_name: Mapped[str | None] = mapped_column(NAME)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(400))


class Promise(db.Model):  # type: ignore[name-defined,misc]
    """What an incident owes next, and who was told that it is due or late. `no` is the number of the owed update."""

    __tablename__ = "promise"

    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    no: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    overdue_since: Mapped[datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    nagged_at: Mapped[datetime | None] = mapped_column(Instant)
    nags: Mapped[int] = mapped_column(Integer)


class Escalation(db.Model):  # type: ignore[name-defined,misc]
    """What is done about a unit that has not acknowledged: the step it is on and when the next one comes."""

    __tablename__ = "escalation"
    __table_args__ = (Index("ix_escalation_state_next_at", "state", "next_at"),)

    broadcast: Mapped[str] = mapped_column(ForeignKey("broadcast.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(SLUG, primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    step: Mapped[int] = mapped_column(Integer)
    path: Mapped[str] = mapped_column(String(10))
    who: Mapped[str | None] = mapped_column(UUID)
    who_name: Mapped[str] = mapped_column(NAME)
    tried: Mapped[list[str]] = mapped_column(JSON)
    stepped_at: Mapped[datetime | None] = mapped_column(Instant)
    next_at: Mapped[datetime | None] = mapped_column(Instant)


class RunnerRoute(db.Model):  # type: ignore[name-defined,misc]
    """The doors that somebody walks to with a broadcast, in walking order."""

    __tablename__ = "runner_route"
    __table_args__ = (Index("ix_runner_route_broadcast", "broadcast"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    broadcast: Mapped[str] = mapped_column(ForeignKey("broadcast.id"))
    units: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(NAME)
    at: Mapped[datetime] = mapped_column(Instant)


class BroadcastPolicy(db.Model):  # type: ignore[name-defined,misc]
    """What a site has decided about its broadcasts (app/broadcasts/policy.py); without a row the defaults hold."""

    __tablename__ = "broadcast_policy"

    site: Mapped[str] = mapped_column(SLUG, primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class ReadyText(db.Model):  # type: ignore[name-defined,misc]
    """A text that is ready to be sent, in one language, as the site wants it (app/broadcasts/ready_texts.py)."""

    __tablename__ = "ready_text"

    site: Mapped[str] = mapped_column(SLUG, primary_key=True)
    key: Mapped[str] = mapped_column(SLUG, primary_key=True)
    lang: Mapped[str] = mapped_column(String(5), primary_key=True)
    order: Mapped[int] = mapped_column(Integer)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
