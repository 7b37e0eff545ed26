"""Tables of the base: what this server is, and the facts of the timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db


class ServerMeta(db.Model):  # type: ignore[name-defined,misc]
    """One row a key: `epoch` (identity of this history), `site`, `demo`, the words that plans are told in."""

    __tablename__ = "server_meta"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Event(db.Model):  # type: ignore[name-defined,misc]
    """A fact of the timeline: what happened, who, when; written with the change it tells of, never changed."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_incident_id", "incident", "id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    type: Mapped[str] = mapped_column(String(60))
    incident: Mapped[str | None] = mapped_column(String(36))
    unit: Mapped[str | None] = mapped_column(String(60))
    actor: Mapped[str | None] = mapped_column(String(36))
    actor_name: Mapped[str] = mapped_column(String(120), default="")
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    device: Mapped[str | None] = mapped_column(String(64))
    skew_ms: Mapped[int | None] = mapped_column(Integer)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
