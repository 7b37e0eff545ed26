"""Tables of the broadcasts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db

UUID = String(36)


class Broadcast(db.Model):  # type: ignore[name-defined,misc]
    """A numbered message of an incident. `units` and `roles` null mean all of the incident."""

    __tablename__ = "broadcast"
    __table_args__ = (UniqueConstraint("incident", "no"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"))
    site: Mapped[str] = mapped_column(String(60))
    no: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(10))
    headline: Mapped[str] = mapped_column(String(140))
    do_now: Mapped[Any] = mapped_column(JSON)
    works: Mapped[Any] = mapped_column(JSON)
    next_update_at: Mapped[datetime | None] = mapped_column(Instant)
    ack: Mapped[str] = mapped_column(String(10))
    units: Mapped[list[str] | None] = mapped_column(JSON)
    roles: Mapped[list[str] | None] = mapped_column(JSON)
    supersedes: Mapped[str | None] = mapped_column(UUID)
    superseded_by: Mapped[str | None] = mapped_column(UUID)
    superseded_by_no: Mapped[int | None] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    by_role: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Instant)


class Receipt(db.Model):  # type: ignore[name-defined,misc]
    """What is known of one person of one unit and one broadcast: received, read, acknowledged are separate facts.

    `targeted` is false for people who were not in the audience when it was sent.
    """

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_person", "person"),)

    broadcast: Mapped[str] = mapped_column(ForeignKey("broadcast.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(String(60), primary_key=True)
    person: Mapped[str] = mapped_column(UUID, primary_key=True)
    person_name: Mapped[str] = mapped_column(String(120))
    roles: Mapped[list[str]] = mapped_column(JSON)
    targeted: Mapped[bool] = mapped_column(Boolean)
    received_at: Mapped[datetime | None] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    acked_at: Mapped[datetime | None] = mapped_column(Instant)
    ack_received_at: Mapped[datetime | None] = mapped_column(Instant)
    device: Mapped[str | None] = mapped_column(String(64))
