"""Tables of plans: which there are, and every text that was ever in force."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db


class PlanRecord(db.Model):  # type: ignore[name-defined,misc]
    """A plan of the site, by its slug."""

    __tablename__ = "plan"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(10))


class PlanVersion(db.Model):  # type: ignore[name-defined,misc]
    """The exact text of a plan file, kept for ever: what was done was done by it. One a plan is in force."""

    __tablename__ = "plan_version"
    __table_args__ = (
        Index(
            "ux_plan_version_in_force",
            "plan",
            unique=True,
            sqlite_where=text("in_force"),
            postgresql_where=text("in_force"),
        ),
    )

    plan: Mapped[str] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    version: Mapped[str] = mapped_column(String(16), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    in_force: Mapped[bool] = mapped_column(Boolean)


class PlanTranslation(db.Model):  # type: ignore[name-defined,misc]
    """The exact text of a translation file: every English text of a plan with its words in another language."""

    __tablename__ = "plan_translation"

    plan: Mapped[str] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
