"""Handing over a role in a unit: offered, accepted, refused, taken back. Any order of arrival ends the same way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import insert, select, update

from app.base.attestation import Attestation
from app.base.errors import AppError, NotAllowed, NotFound
from app.base.ids import uuid7
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.scopes import unit_scope, user_scope
from app.live.timeline import tell
from app.people.commands.duty import pass_duty
from app.people.permissions import may, may_claim_duty
from app.people.person import Person
from app.people.queries import person_of, role_title, unit_name
from app.people.standby.queries import is_successor
from app.response.authority import roles_in, roles_lately_in
from app.response.commands.handover_rows import put_handover
from app.response.commands.step_moves import apply_step_answer
from app.response.handover import ANSWERS, Answer, Offer, answered
from app.response.models import Handover, HandoverAnswer
from app.response.queries import handover_of, offered_handover, open_task_counts, running_incidents

EVENT_OF_ANSWER = {
    "accept": "handover.accepted",
    "refuse": "handover.refused",
    "withdraw": "handover.withdrawn",
}


def offer_handover(
    actor: Person, attestation: Attestation, *, unit: str, role: str, to: str | None, note: str
) -> Outcome:
    """Offer a role that one holds in a unit to somebody of it, or to whoever takes it (`to` None).

    Raises NotAllowed, NotFound. While another offer of the role waits it is `superseded`. Answers that arrived before
    their offer count now, the first one first.
    """
    with write() as work:
        if role not in (*roles_in(actor, unit), *roles_lately_in(actor, unit)):
            raise NotAllowed("You do not hold this role in this unit, so you cannot hand it over. Your entry is kept.")
        known = offered_handover(unit, role)
        if known is not None:
            return Outcome(
                st="superseded", scope=unit_scope(unit), by=known["by"], by_name=known["by_name"], at=known["at"],
                code="already_offered", msg=f"{known['by_name']} offers this already.",
            )  # fmt: skip
        taker = _taker(actor, unit, role, to)
        make_offer(work, actor, attestation, unit=unit, role=role, taker=taker, note=note, offer=attestation.op)
    return Outcome(scope=unit_scope(unit))


def make_offer(
    work: UnitOfWork,
    actor: Person,
    attestation: Attestation,
    *,
    unit: str,
    role: str,
    taker: Person | None,
    note: str = "",
    offer: str | None = None,
) -> None:
    """Offer a role in a unit to somebody, or to whoever takes it; answers that were faster count now.

    The caller has made sure that the actor may offer it, the taker may hold it, and no other offer of it waits.
    """
    handover = _values(work, actor, attestation, unit, role, taker, note, offer)
    work.session.execute(insert(Handover), [handover])
    put_handover(work, handover)
    tell(
        work, "handover.offered", attestation, incident=handover["incident"], unit=unit, role=role_title(role),
        unit_name=unit_name(unit), to=taker.name if taker else "whoever takes it",
    )  # fmt: skip
    count_early_answers(work, handover)


def accept_handover(actor: Person, attestation: Attestation, *, handover: str) -> Outcome:
    """Take over: the role goes from who offered it to the actor. The first wins, a later one is `superseded`."""
    return _answer("accept", actor, attestation, handover)


def refuse_handover(actor: Person, attestation: Attestation, *, handover: str, reason: str = "") -> Outcome:
    """Say that one does not take it. If one was asked by name, it ends; else others may still take it."""
    return _answer("refuse", actor, attestation, handover, reason)


def withdraw_handover(actor: Person, attestation: Attestation, *, handover: str) -> Outcome:
    """Take an offer back: who made it, or a leader."""
    return _answer("withdraw", actor, attestation, handover)


def _taker(actor: Person, unit: str, role: str, to: str | None) -> Person | None:
    if to is None:
        return None
    taker = person_of(to)
    if taker is None or not (taker.belongs_to(unit) or is_successor(to, unit, role)):
        raise NotFound("This person does not belong to the unit. Your entry is kept.")
    if to == actor.id:
        raise AppError("own_offer", "You hold this yourself. Choose somebody else.")
    if not _may_hold(taker, unit, role):
        raise AppError("cannot_hold", f"{taker.name} may not hold this role. Choose somebody else.")
    return taker


def _may_hold(person: Person, unit: str, role: str) -> bool:
    return may_claim_duty((held for _unit, held in person.memberships), role) or is_successor(person.id, unit, role)


def _values(
    work: UnitOfWork,
    actor: Person,
    attestation: Attestation,
    unit: str,
    role: str,
    taker: Person | None,
    note: str,
    offer: str | None,
) -> dict[str, Any]:
    incident = next((one["id"] for one in running_incidents(actor.site) if unit in one["units"]), None)
    tasks, safety = open_task_counts(incident, unit, role) if incident else (0, 0)
    wait = timedelta(minutes=current_app.extensions["settings"].handover_minutes)
    return {
        "id": offer or uuid7(),
        "site": actor.site,
        "unit": unit,
        "role": role,
        "incident": incident,
        "by": actor.id,
        "by_name": actor.name,
        "at": attestation.occurred_at,
        "to": taker.id if taker else None,
        "to_name": taker.name if taker else "",
        "note": note,
        "tasks": tasks,
        "safety": safety,
        "passed": [],
        "next_at": work.now + wait if taker else None,
        "state": "offered",
        "answered_by": None,
        "answered_by_name": "",
        "answered_at": None,
        "reason": "",
        **dict.fromkeys(("task", "from_unit", "from_role", "step")),
    }


def _answer(what: str, actor: Person, attestation: Attestation, handover_id: str, reason: str = "") -> Outcome:
    with write() as work:
        handover = handover_of(handover_id)
        if handover is None:
            _keep_answer(work, what, "waits", attestation, handover_id, reason)
            return Outcome(
                scope=user_scope(actor.id), code="offer_unknown", msg="It counts once the offer itself has arrived."
            )
        if not _belongs(what, actor, handover):
            raise NotAllowed("You do not belong to this unit. Your entry is kept.")
        decision = _decide(what, actor, handover)
        _keep_answer(work, what, decision.st, attestation, handover_id, reason)
        if decision.st == "ok":
            _apply(work, what, decision, attestation, handover, reason)
    return _outcome(decision, handover)


def _belongs(what: str, actor: Person, handover: Mapping[str, Any]) -> bool:
    unit = handover["from_unit"] if what == "withdraw" and handover["from_unit"] else handover["unit"]
    leads = what == "withdraw" and may(actor.roles, "help.handle")
    is_of_unit = roles_in(actor, unit) or roles_lately_in(actor, unit)
    return leads or bool(is_of_unit) or is_successor(actor.id, unit, handover["role"])


def _decide(what: str, actor: Person, handover: Mapping[str, Any]) -> Answer:
    offer = Offer(
        state=handover["state"],
        by=handover["by"],
        to=handover["to"],
        passed=[step["to"] for step in handover["passed"]],
        is_step=handover["task"] is not None,
    )
    leads = may(actor.roles, "help.handle")
    return answered(what, offer, actor=actor.id, may_hold=_may_answer(actor, handover), leads=leads)


def _may_answer(actor: Person, handover: Mapping[str, Any]) -> bool:
    if handover["task"] is None:
        return _may_hold(actor, handover["unit"], handover["role"])
    unit = handover["unit"]
    return handover["role"] in (*roles_in(actor, unit), *roles_lately_in(actor, unit))


def _keep_answer(work: UnitOfWork, what: str, st: str, attestation: Attestation, handover: str, reason: str) -> None:
    values = {
        "id": attestation.op or uuid7(),
        "handover": handover,
        "what": what,
        "st": st,
        "actor": attestation.actor,
        "actor_name": attestation.actor_name,
        "occurred_at": attestation.occurred_at,
        "received_at": attestation.received_at,
        "device": attestation.device,
        "reason": reason,
    }
    work.session.execute(insert(HandoverAnswer), [values])


def _apply(
    work: UnitOfWork, what: str, decision: Answer, attestation: Attestation, handover: Mapping[str, Any], reason: str
) -> None:
    if decision.state == ANSWERS[what]:
        changed = {
            "state": decision.state,
            "answered_by": attestation.actor,
            "answered_by_name": attestation.actor_name,
            "answered_at": attestation.occurred_at,
            "reason": reason,
            "next_at": None,
        }
        work.session.execute(update(Handover).where(Handover.id == handover["id"]).values(**changed))
        put_handover(work, {**handover, **changed})
    if handover["task"] is not None:
        apply_step_answer(work, what, attestation, handover, reason)
        return
    unit, role = handover["unit"], handover["role"]
    if what == "accept" and attestation.actor is not None:
        pass_duty(work, attestation, unit=unit, role=role, giver=handover["by"], taker=attestation.actor)
    tell(
        work, EVENT_OF_ANSWER[what], attestation, incident=handover["incident"], unit=unit, role=role_title(role),
        unit_name=unit_name(unit), giver=handover["by_name"], reason=reason,
    )  # fmt: skip


def count_early_answers(work: UnitOfWork, handover: Mapping[str, Any]) -> None:
    """Somebody's phone was faster than the one that offers: what it said counts now."""
    early = (
        select(HandoverAnswer.__table__)
        .where(HandoverAnswer.handover == handover["id"], HandoverAnswer.st == "waits")
        .order_by(HandoverAnswer.received_at, HandoverAnswer.id)
    )
    for said in [dict(found) for found in work.session.execute(early).mappings()]:
        actor, now_is = person_of(said["actor"]), handover_of(handover["id"])
        if actor is None or now_is is None or not _belongs(said["what"], actor, now_is):
            continue
        decision = _decide(said["what"], actor, now_is)
        work.session.execute(update(HandoverAnswer).where(HandoverAnswer.id == said["id"]).values(st=decision.st))
        if decision.st == "ok":
            _apply(work, said["what"], decision, _attestation_of(said), now_is, said["reason"])


def _attestation_of(said: Mapping[str, Any]) -> Attestation:
    return Attestation(
        actor=said["actor"],
        actor_name=said["actor_name"],
        occurred_at=said["occurred_at"],
        received_at=said["received_at"],
        device=said["device"],
        op=said["id"],
    )


def _outcome(decision: Answer, handover: Mapping[str, Any]) -> Outcome:
    scope = unit_scope(handover["unit"])
    if decision.st == "ok":
        return Outcome(scope=scope)
    if decision.st == "rejected":
        return Outcome(st="rejected", scope=scope, code=decision.code, msg=decision.sentence)
    words = {"accepted": "took it over", "refused": "did not take it", "withdrawn": "took the offer back"}
    who = handover["answered_by_name"]
    return Outcome(
        st="superseded", scope=scope, by=handover["answered_by"], by_name=who, at=handover["answered_at"],
        code="somebody_first", msg=f"{who} {words[decision.state]} already.",
    )  # fmt: skip
