"""Calling people into the positions of command: the first successor is asked, then the next, as in any hand-over."""

from __future__ import annotations

from sqlalchemy import select

from app.base.attestation import Attestation
from app.base.errors import NotAllowed, NotFound
from app.base.ids import uuid7
from app.base.outcome import Outcome
from app.base.reading import all_records
from app.base.unit_of_work import UnitOfWork, write
from app.live.scopes import unit_scope
from app.people.permissions import may
from app.people.person import Person
from app.people.queries import person_of
from app.people.standby.queries import holders_of, successors_of
from app.plans.command.format import Position
from app.plans.command.queries import command_chart, command_unit
from app.response.command_chart import first_to_ask, vacant
from app.response.commands.handover import make_offer
from app.response.models import Handover
from app.response.queries import running_incidents


def call_position(
    actor: Person, attestation: Attestation, *, position: str | None = None, incident: str | None = None
) -> Outcome:
    """Ask the first successor to take a position; with `position` None for every one that must be held and is vacant.

    Who does not answer in time is passed over (ADR 26). Nothing to call, or called already, is `superseded`.
    Raises NotFound, NotAllowed.
    """
    if not may(actor.roles, "position.call"):
        raise NotAllowed("Only leaders call people into positions. Your entry is kept.")
    with write() as work:
        chart, unit = command_chart(actor.site), command_unit(actor.site)
        known = {one.code: one for one in chart.positions} if chart else {}
        if unit is None or not known or (position is not None and position not in known):
            raise NotFound("This position is not on the chart here. Your entry is kept.")
        held = set(holders_of(unit))
        wanted = [known[position]] if position else vacant(known.values(), held, level=_level(actor.site, incident))
        called = _offered(unit)
        left = [one for one in wanted if one.code not in held and one.code not in called]
        for one in left:
            _call(work, actor, attestation, unit, one)
        if not left:
            said = "These positions are held, or somebody is asked already."
            return Outcome(st="superseded", scope=unit_scope(unit), code="already_called", msg=said)
    return Outcome(scope=unit_scope(unit))


def _call(work: UnitOfWork, actor: Person, attestation: Attestation, unit: str, position: Position) -> None:
    user = first_to_ask(successors_of(unit, position.code), but=[actor.id])
    taker = person_of(user) if user else None
    make_offer(work, actor, attestation, unit=unit, role=position.code, taker=taker, offer=uuid7())


def _offered(unit: str) -> set[str]:
    query = select(Handover.role).where(Handover.unit == unit, Handover.state == "offered")
    return {one["role"] for one in all_records(query)}


def _level(site: str, incident: str | None) -> int:
    """The level that counts: that of the incident, else the highest that runs; without one, none is required."""
    running = running_incidents(site)
    return max((one["level"] for one in running if incident in (None, one["id"])), default=0)
