"""Tables of replication (docs/protocol.md)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db


class Scope(db.Model):  # type: ignore[name-defined,misc]
    """A set of rows read together: its counter `seq` and the lowest cursor (`floor`) a delta can start from."""

    __tablename__ = "scope"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, default=0)
    floor: Mapped[int] = mapped_column(Integer, default=0)


class Row(db.Model):  # type: ignore[name-defined,misc]
    """A record as phones hold it; the body is JSON text, so that a pull only joins strings."""

    __tablename__ = "row"
    __table_args__ = (Index("ix_row_scope_seq", "scope", "seq"),)

    scope: Mapped[str] = mapped_column(String(120), primary_key=True)
    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer)
    type: Mapped[str] = mapped_column(String(40))
    deleted: Mapped[bool] = mapped_column(Boolean, default=False)
    body: Mapped[str] = mapped_column(Text, default="{}")
    changed_at: Mapped[datetime] = mapped_column(Instant)


class Process(db.Model):  # type: ignore[name-defined,misc]
    """A server process of the house, as it says of itself every few seconds; only where there may be several.

    `contacts` is JSON: whom it hears (docs/deploy.md). `line_lost_at`: since when it does not hear the others.
    """

    __tablename__ = "process"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    line_lost_at: Mapped[datetime | None] = mapped_column(Instant, nullable=True)
    sockets: Mapped[int] = mapped_column(Integer)
    contacts: Mapped[str] = mapped_column(Text)
