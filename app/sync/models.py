"""What the door remembers: the result of every op, for ever."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db


class OpResult(db.Model):  # type: ignore[name-defined,misc]
    """One op, one effect: stored in the transaction of its effect; a repeated id is answered from here."""

    __tablename__ = "op_result"
    __table_args__ = (Index("ix_op_result_device_n", "device", "n"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    actor: Mapped[str] = mapped_column(String(36))
    device: Mapped[str] = mapped_column(String(64))
    n: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    v: Mapped[int] = mapped_column(Integer)
    base: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[str] = mapped_column(String(40))
    age_ms: Mapped[int] = mapped_column(BigInteger)
    skew_ms: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(Instant)
    carried_by: Mapped[str | None] = mapped_column(String(36))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)


class Relayed(db.Model):  # type: ignore[name-defined,misc]
    """An envelope that a colleague's phone has brought, by the digest of its bytes, with the answer its carrier got."""

    __tablename__ = "relayed"

    digest: Mapped[str] = mapped_column(String(43), primary_key=True)
    author: Mapped[str] = mapped_column(String(36))
    device: Mapped[str] = mapped_column(String(64))
    carrier: Mapped[str] = mapped_column(String(36))
    carrier_device: Mapped[str | None] = mapped_column(String(64))
    count: Mapped[int] = mapped_column(Integer)
    received_at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
