"""Tell the timeline: the event is stored with the change, and leaders of the incident see it live."""

from __future__ import annotations

from typing import Any

from app.base.attestation import Attestation
from app.base.events import is_for_command, record_event
from app.base.unit_of_work import UnitOfWork
from app.live.rows import put_row
from app.live.scopes import command_scope


def tell(
    work: UnitOfWork,
    event_type: str,
    attestation: Attestation,
    *,
    incident: str | None = None,
    unit: str | None = None,
    **facts: Any,
) -> None:
    """Record an event with its facts (those its sentence names are required)."""
    body = record_event(work, event_type, attestation, incident=incident, unit=unit, facts=facts)
    if incident is not None and is_for_command(event_type):
        put_row(work, command_scope(incident), body.pop("id"), "event", body, fresh=True)
