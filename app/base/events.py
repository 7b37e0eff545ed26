"""Timeline events: stored in the transaction of the change they tell of."""

from __future__ import annotations

from typing import Any

from app.base import clock
from app.base.attestation import Attestation
from app.base.batches import Batch
from app.base.event_types import CARRIER, DOUBTFUL, EVENT_TYPES, sentence
from app.base.ids import uuid7
from app.base.models import Event
from app.base.unit_of_work import UnitOfWork

# Late: other collectors tell the timeline what they have found.
EVENTS = Batch(Event.__table__, order=95)


def record_event(
    work: UnitOfWork,
    event_type: str,
    attestation: Attestation,
    *,
    incident: str | None = None,
    unit: str | None = None,
    facts: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Store an event and return its row body (docs/protocol.md, `event`) with its id under `id`.

    KeyError for a type that EVENT_TYPES does not know or a fact its sentence needs: a gap in the timeline is a bug.
    """
    known = {"by": attestation.actor_name, **(facts or {})}
    if attestation.carried_by_name:
        known[CARRIER] = attestation.carried_by_name
    if attestation.uncertain:
        known[DOUBTFUL] = True
    text = sentence(event_type, known)
    event_id = uuid7()
    values = {
        "id": event_id,
        "type": event_type,
        "incident": incident,
        "unit": unit,
        "actor": attestation.actor,
        "actor_name": attestation.actor_name,
        "occurred_at": attestation.occurred_at,
        "received_at": attestation.received_at,
        "device": attestation.device,
        "skew_ms": attestation.skew_ms,
        "facts": known,
    }
    EVENTS.add(work, values)
    return {
        "id": event_id,
        "incident": incident,
        "type": event_type,
        "unit": unit,
        "by": attestation.actor,
        "by_name": attestation.actor_name,
        "at": clock.to_wire(attestation.occurred_at),
        "received_at": clock.to_wire(attestation.received_at),
        "text": text,
    }


def is_for_command(event_type: str) -> bool:
    """Whether leaders get this type live."""
    return EVENT_TYPES[event_type].audience == "command"
