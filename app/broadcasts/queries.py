"""Reads of the broadcasts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.base.reading import Record, all_records, one_record
from app.broadcasts.models import Broadcast, Receipt


def broadcast_of(broadcast_id: str) -> Record | None:
    """One broadcast with all its columns, or None."""
    return one_record(select(Broadcast.__table__).where(Broadcast.id == broadcast_id))


def broadcasts_of(incident: str) -> list[Record]:
    """The broadcasts of an incident, newest first."""
    query = select(Broadcast.__table__).where(Broadcast.incident == incident).order_by(Broadcast.no.desc())
    return all_records(query)


def broadcasts_of_all(incidents: Sequence[str]) -> dict[str, list[Record]]:
    """The broadcasts of many incidents, each list newest first; incidents without any are absent."""
    query = select(Broadcast.__table__).where(Broadcast.incident.in_(incidents)).order_by(Broadcast.no.desc())
    found: dict[str, list[Record]] = {}
    for broadcast in all_records(query):
        found.setdefault(broadcast["incident"], []).append(broadcast)
    return found


def receipts_of(broadcast: str, units: Sequence[str]) -> list[Record]:
    """The receipts of these units' people."""
    query = select(Receipt.__table__).where(Receipt.broadcast == broadcast, Receipt.unit.in_(units))
    return all_records(query)


def receipts_of_person(broadcast: str, person: str) -> list[Record]:
    """A person's receipts of a broadcast, one for each unit."""
    query = select(Receipt.__table__).where(Receipt.broadcast == broadcast, Receipt.person == person)
    return all_records(query)
