"""Table of the amendments of incidents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db
from app.response.models import SLUG, UUID


class Amendment(db.Model):  # type: ignore[name-defined,misc]
    """An incident went over to another version of its plan: from which to which, who did it, and why."""

    __tablename__ = "amendment"
    __table_args__ = (Index("ix_amendment_incident", "incident"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    incident: Mapped[str] = mapped_column(ForeignKey("incident.id"))
    plan: Mapped[str] = mapped_column(SLUG)
    before: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(UUID)
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(400))
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
