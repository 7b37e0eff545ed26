"""Tables of plans: which there are, and every text that was ever in force."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, ForeignKeyConstraint, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db


class PlanRecord(db.Model):  # type: ignore[name-defined,misc]
    """A plan of the site, by its slug."""

    __tablename__ = "plan"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(10))


class PlanVersion(db.Model):  # type: ignore[name-defined,misc]
    """The exact text of a plan file, kept for ever: what was done was done by it. One a plan is in force.

    `state` is draft, review, approved, in_force or retired; `replaces` the version that was in force before it.
    """

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
    state: Mapped[str] = mapped_column(String(10))
    replaces: Mapped[str | None] = mapped_column(String(16))
    by: Mapped[str | None] = mapped_column(String(36))
    by_name: Mapped[str | None] = mapped_column(String(120))
    returned: Mapped[str | None] = mapped_column(String(400))  # why a review gave it back


class PlanDraft(db.Model):  # type: ignore[name-defined,misc]
    """A draft in the making, one a plan: a text that may still have faults. `rev` counts its saves.

    The plan need not be there yet; `based_on` is the version it began as, if it began as one.
    """

    __tablename__ = "plan_draft"

    plan: Mapped[str] = mapped_column(String(60), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    based_on: Mapped[str | None] = mapped_column(String(16))
    rev: Mapped[int] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(String(36))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)


class PlanTranslation(db.Model):  # type: ignore[name-defined,misc]
    """The exact text of a translation file: every English text of a plan with its words in another language."""

    __tablename__ = "plan_translation"

    plan: Mapped[str] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class PlanDraftWords(db.Model):  # type: ignore[name-defined,misc]
    """A translation file while somebody writes it, one a plan and language, until its plan comes in force.

    `rev` counts its saves; the first one begins with the translation that phones have.
    """

    __tablename__ = "plan_draft_words"

    plan: Mapped[str] = mapped_column(String(60), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(String(36))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)


class CommandFile(db.Model):  # type: ignore[name-defined,misc]
    """The positions of a site's incident command with their successors: the exact text of its file."""

    __tablename__ = "command_file"

    site: Mapped[str] = mapped_column(String(60), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    by_name: Mapped[str] = mapped_column(String(120))


class PlanApproval(db.Model):  # type: ignore[name-defined,misc]
    """A person's yes to a version, as its owner or for emergency management; two people, never one twice."""

    __tablename__ = "plan_approval"
    __table_args__ = (ForeignKeyConstraint(["plan", "version"], ["plan_version.plan", "plan_version.version"]),)

    plan: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[str] = mapped_column(String(16), primary_key=True)
    part: Mapped[str] = mapped_column(String(10), primary_key=True)
    by: Mapped[str] = mapped_column(String(36))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)


class PlanReading(db.Model):  # type: ignore[name-defined,misc]
    """Somebody says that they have read a version of a plan."""

    __tablename__ = "plan_reading"

    plan: Mapped[str] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    version: Mapped[str] = mapped_column(String(16), primary_key=True)
    person: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


class FormFile(db.Model):  # type: ignore[name-defined,misc]
    """The bytes of a downtime form, by their SHA-256: the same file is kept once, and never changed."""

    __tablename__ = "form_file"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class PlanForm(db.Model):  # type: ignore[name-defined,misc]
    """Which file is a version of a plan's form; the newest upload of a version stands. `size` in bytes."""

    __tablename__ = "plan_form"

    plan: Mapped[str] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("form_file.digest"))
    size: Mapped[int] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(String(36))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)
