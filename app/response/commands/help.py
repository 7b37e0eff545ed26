"""The triage queue: asking, taking, answering, handing to another leader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import insert, update

from app.base.attestation import Attestation
from app.base.errors import AppError, NotAllowed, NotFound
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import put_row
from app.live.scopes import command_scope, unit_scope
from app.live.timeline import tell
from app.people.permissions import may
from app.people.queries import person_of, unit_name
from app.response.authority import Actor, roles_in, roles_lately_in
from app.response.bodies import help_body
from app.response.commands.alerts import alert_answer
from app.response.models import HelpRequest
from app.response.queries import help_of, is_on_phones, present_incident
from app.response.triage import answer_by

EVENT_OF_WHAT = {"help": "help.asked", "question": "help.question"}


def ask_help(
    actor: Actor, attestation: Attestation, *, incident: str, unit: str | None, text: str, what: str = "help"
) -> Outcome:
    """Ask for help for a unit, or a question; `unit` None means the author's own. Raises NotFound, NotAllowed."""
    place = unit or own_unit(actor)
    with write() as work:
        found = present_incident(incident)
        if found is None:
            raise NotFound("This incident is not known here. Your entry is kept.")
        incident = found["id"]
        if not (roles_in(actor, place) or roles_lately_in(actor, place)):
            raise NotAllowed("You do not belong to this unit. Your entry is kept.")
        about = {"id": None, "unit": place, "incident": incident, "kind": found["kind"], "safety": False}
        open_help(work, attestation, task=about, text=text, what=what)
        tell(
            work, EVENT_OF_WHAT[what], attestation, incident=incident, unit=place, unit_name=unit_name(place), text=text
        )
    return Outcome(scope=unit_scope(place))


def own_unit(actor: Actor) -> str:
    """The unit an entry without one belongs to: where the author is on duty, else a member."""
    for unit, _role in (*actor.duty, *actor.memberships):
        return unit
    raise AppError("no_unit", "You belong to no unit yet. Name the unit that needs help.")


def open_help(
    work: UnitOfWork, attestation: Attestation, *, task: Mapping[str, Any], text: str, what: str = "help"
) -> None:
    """Store what a unit asks (about its task, if there is one) and put its rows."""
    request = {
        "id": attestation.op or uuid7(),  # handed in again after a restore, it is the same request
        "incident": task["incident"],
        "unit": task["unit"],
        "task": task["id"],
        "text": text,
        "kind": task["kind"],
        "state": "open",
        "by": attestation.actor,
        "by_name": attestation.actor_name,
        "at": attestation.occurred_at,
        "owner": None,
        "owner_name": None,
        "taken_at": None,
        "answer": "",
        "closed_at": None,
        "what": what,
        "safety": task["safety"],
        "answer_by": answer_by(what, safety=task["safety"], asked_at=attestation.occurred_at, minutes=answer_minutes()),
        "handed": [],
    }
    work.session.execute(insert(HelpRequest), [request])
    put_help(work, request)


def answer_minutes() -> dict[str, int]:
    """Within how many minutes somebody should have taken what the floor says, by kind."""
    settings = current_app.extensions["settings"]
    return {
        "help": settings.help_answer_minutes,
        "question": settings.question_answer_minutes,
        "safety": settings.safety_answer_minutes,
    }


def take_help(actor: Actor, attestation: Attestation, *, help: str) -> Outcome:
    """Take a request; the first leader has it, a second one sees who."""
    with write() as work:
        request = _request_for(actor, help)
        scope = command_scope(request["incident"])
        if request["state"] != "open":
            who = request["owner_name"] or request["by_name"]
            return Outcome(
                st="superseded", scope=scope, by=request["owner"], by_name=who, at=request["taken_at"],
                code="somebody_first", msg=f"{who} has it already.",
            )  # fmt: skip
        changed = {
            "state": "taken",
            "owner": actor.id,
            "owner_name": actor.name,
            "taken_at": attestation.occurred_at,
        }
        _change(work, request, changed)
        tell(
            work, "help.taken", attestation, incident=request["incident"], unit=request["unit"],
            unit_name=unit_name(request["unit"]), text=request["text"],
        )  # fmt: skip
    return Outcome(scope=scope)


def close_help(actor: Actor, attestation: Attestation, *, help: str, answer: str) -> Outcome:
    """Answer a request; the unit reads the answer."""
    with write() as work:
        request = _request_for(actor, help)
        scope = command_scope(request["incident"])
        if request["state"] == "closed":
            return _answered_already(request, scope)
        changed = {
            "state": "closed",
            "owner": actor.id,
            "owner_name": actor.name,
            "taken_at": request["taken_at"] or attestation.occurred_at,
            "answer": answer,
            "closed_at": attestation.occurred_at,
        }
        _change(work, request, changed)
        tell(
            work, "help.closed", attestation, incident=request["incident"], unit=request["unit"],
            unit_name=unit_name(request["unit"]), answer=answer,
        )  # fmt: skip
        found = present_incident(request["incident"])
        if found is not None:
            alert_answer(work, found, {**request, **changed})
    return Outcome(scope=scope)


def hand_help(actor: Actor, attestation: Attestation, *, help: str, to: str) -> Outcome:
    """Hand a request to another leader, who has it from now on; NotFound when `to` is no leader here.

    An answered one is `superseded`; handing it to who has it already changes nothing.
    """
    with write() as work:
        request = _request_for(actor, help)
        scope = command_scope(request["incident"])
        if request["state"] == "closed":
            return _answered_already(request, scope)
        leader = person_of(to)
        if leader is None or not may(leader.roles, "help.handle") or leader.site != actor.site:
            raise NotFound("This person leads nothing here. Your entry is kept.")
        if request["owner"] != to:
            step = {"by": actor.id, "by_name": actor.name, "to": to, "to_name": leader.name}
            handed = [*request["handed"], {**step, "at": to_wire(attestation.occurred_at)}]
            owned = {"state": "taken", "owner": to, "owner_name": leader.name, "taken_at": attestation.occurred_at}
            _change(work, request, {**owned, "handed": handed})
            tell(
                work, "help.handed", attestation, incident=request["incident"], unit=request["unit"],
                unit_name=unit_name(request["unit"]), to=leader.name,
            )  # fmt: skip
    return Outcome(scope=scope)


def _answered_already(request: Mapping[str, Any], scope: str) -> Outcome:
    who = request["owner_name"] or "Somebody"
    return Outcome(
        st="superseded", scope=scope, by=request["owner"], by_name=who, at=request["closed_at"],
        code="somebody_first", msg=f"{who} answered already.",
    )  # fmt: skip


def _request_for(actor: Actor, help_id: str) -> Mapping[str, Any]:
    if not may(actor.roles, "help.handle"):
        raise NotAllowed("Only leaders answer requests for help. Your entry is kept.")
    request = help_of(help_id)
    if request is None:
        raise NotFound("This request is not known here. Your entry is kept.")
    return request


def _change(work: UnitOfWork, request: Mapping[str, Any], changed: dict[str, Any]) -> None:
    work.session.execute(update(HelpRequest).where(HelpRequest.id == request["id"]).values(**changed))
    put_help(work, {**request, **changed})


def put_help(work: UnitOfWork, request: Mapping[str, Any]) -> None:
    """Put the row where the unit and the leaders read it."""
    if not is_on_phones(request["incident"]):
        return
    for scope in (unit_scope(request["unit"]), command_scope(request["incident"])):
        put_row(work, scope, request["id"], "help", help_body(request))
