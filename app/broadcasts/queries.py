"""Reads of the broadcasts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, select

from app.base.db import db
from app.broadcasts.models import Broadcast, Receipt


def broadcast_of(broadcast_id: str) -> RowMapping | None:
    """One broadcast with all its columns, or None."""
    return db.session.execute(select(Broadcast.__table__).where(Broadcast.id == broadcast_id)).mappings().first()


def broadcasts_of(incident: str) -> list[RowMapping]:
    """The broadcasts of an incident, newest first."""
    query = select(Broadcast.__table__).where(Broadcast.incident == incident).order_by(Broadcast.no.desc())
    return list(db.session.execute(query).mappings())


def receipts_of(broadcast: str, units: Sequence[str]) -> list[RowMapping]:
    """The receipts of these units' people."""
    query = select(Receipt.__table__).where(Receipt.broadcast == broadcast, Receipt.unit.in_(units))
    return list(db.session.execute(query).mappings())


def receipts_of_person(broadcast: str, person: str) -> list[RowMapping]:
    """A person's receipts of a broadcast, one for each unit."""
    query = select(Receipt.__table__).where(Receipt.broadcast == broadcast, Receipt.person == person)
    return list(db.session.execute(query).mappings())
