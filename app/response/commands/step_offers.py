"""Offering one step to another card: who takes it has it from then on, and both see what becomes of it (ADR 26, 39)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import insert

from app.base.attestation import Attestation
from app.base.errors import AppError, Conflict, NotAllowed, NotFound
from app.base.ids import uuid7
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.scopes import unit_scope
from app.live.timeline import tell
from app.people.person import Person
from app.people.queries import role_title, unit_name
from app.response.authority import roles_in, roles_lately_in
from app.response.book import BOOK
from app.response.commands.handover import count_early_answers
from app.response.commands.handover_rows import put_handover
from app.response.commands.step_moves import mark_offered, step_facts
from app.response.handover import fault_of_step_offer
from app.response.models import Handover
from app.response.queries import handover_of, incident_of, task_of


def offer_step(actor: Person, attestation: Attestation, *, task: str, unit: str, role: str, note: str) -> Outcome:
    """Offer a step to the holders of a role in a unit of the incident; it stays where it is until somebody takes it.

    Raises NotFound, NotAllowed, AppError, Conflict with a sentence. Closed, or on offer already: `superseded`.
    """
    with write() as work:
        BOOK.settle(work)
        found = task_of(task)
        if found is None:
            raise NotFound("This step is not on a card any more. Your entry is kept.")
        if not (roles_in(actor, found["unit"]) or roles_lately_in(actor, found["unit"])):
            raise NotAllowed("You do not belong to this unit. Your entry is kept.")
        known = handover_of((found["handed"] or {}).get("offer", ""))
        if known is not None and known["state"] == "offered":
            return Outcome(
                st="superseded", scope=unit_scope(found["unit"]), by=known["by"], by_name=known["by_name"],
                at=known["at"], code="already_offered", msg=f"{known['by_name']} offers this already.",
            )  # fmt: skip
        incident = incident_of(found["incident"]) or {}
        fault = fault_of_step_offer(found, unit=unit, role=role, units=incident.get("units", ()))
        if fault is not None:
            raise Conflict(*fault) if fault[0] == "step_closed" else AppError(*fault)
        _offer(work, actor, attestation, found, unit, role, note)
    return Outcome(scope=unit_scope(found["unit"]))


def _offer(
    work: UnitOfWork, actor: Person, attestation: Attestation, task: Mapping[str, Any], unit: str, role: str, note: str
) -> None:
    wait = timedelta(minutes=current_app.extensions["settings"].handover_minutes)
    handover = {
        "id": attestation.op or uuid7(),
        "site": actor.site,
        "unit": unit,
        "role": role,
        "incident": task["incident"],
        "by": actor.id,
        "by_name": actor.name,
        "at": attestation.occurred_at,
        "to": None,
        "to_name": "",
        "note": note,
        "tasks": 1,
        "safety": int(task["safety"]),
        "passed": [],
        "next_at": work.now + wait,
        "state": "offered",
        "answered_by": None,
        "answered_by_name": "",
        "answered_at": None,
        "reason": "",
        "task": task["id"],
        "from_unit": task["unit"],
        "from_role": task["role"],
        "step": step_facts(task),
    }
    work.session.execute(insert(Handover), [handover])
    put_handover(work, handover)
    mark_offered(work, task, handover)
    tell(
        work, "step.offered", attestation, incident=task["incident"], unit=task["unit"], code=task["code"],
        title=task["title"], unit_name=unit_name(task["unit"]), role=role_title(role), to_unit=unit_name(unit),
    )  # fmt: skip
    count_early_answers(work, handover)
