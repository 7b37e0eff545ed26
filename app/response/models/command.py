"""Tables of command: what it wants to reach, in which stretches it plans, and what does not work since when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db
from app.response.models import SLUG, UUID


class Objective(db.Model):  # type: ignore[name-defined,misc]
    """What command wants to reach, in one line; `period` is the operational period in which it was set."""

    __tablename__ = "objective"
    __table_args__ = (Index("ix_objective_incident", "incident"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"))
    period: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(String(160))
    owner: Mapped[str] = mapped_column(SLUG)
    state: Mapped[str] = mapped_column(String(8))
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(String(400))
    closed_in: Mapped[int | None] = mapped_column(Integer)
    changed_by_name: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[datetime] = mapped_column(Instant)


class OperationalPeriod(db.Model):  # type: ignore[name-defined,misc]
    """A stretch of an incident that command plans at once: from `starts_at` to the next one's start.

    `ends_at` is when it is meant to end, `note` what the period before handed over.
    """

    __tablename__ = "operational_period"

    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    no: Mapped[int] = mapped_column(Integer, primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(String(400))
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[datetime] = mapped_column(Instant)


class ServiceOutage(db.Model):  # type: ignore[name-defined,misc]
    """A service does not work in an incident, itself or by what it needs; `until` is empty while that lasts."""

    __tablename__ = "service_outage"

    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    service: Mapped[str] = mapped_column(SLUG, primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    until: Mapped[datetime | None] = mapped_column(Instant)


class WorkaroundExpiry(db.Model):  # type: ignore[name-defined,misc]
    """The timeline has told that a workaround is past its safe time: once for each time its service stops."""

    __tablename__ = "workaround_expiry"

    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    service: Mapped[str] = mapped_column(SLUG, primary_key=True)
    code: Mapped[str] = mapped_column(SLUG, primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    told_at: Mapped[datetime] = mapped_column(Instant)
