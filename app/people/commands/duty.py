"""Going on duty and off duty: who holds a role in a unit now."""

from __future__ import annotations

from sqlalchemy import ColumnElement, insert, select, update

from app.base.attestation import Attestation
from app.base.errors import NotAllowed, NotFound
from app.base.ids import uuid7
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.scopes import user_scope
from app.live.timeline import tell
from app.people.commands.accounts import rights_changed
from app.people.models import Duty, Role, Unit
from app.people.permissions import may_claim_duty
from app.people.person import Person
from app.people.standby.queries import is_successor


def claim_duty(actor: Person, attestation: Attestation, *, unit: str, role: str) -> Outcome:
    """Go on duty in a role in a unit. Raises NotFound, NotAllowed. Being on duty there already changes nothing."""
    with write() as work:
        unit_name, role_title = _names(work, unit, role)
        mine = may_claim_duty((held for _unit, held in actor.memberships), role)
        if not mine and not is_successor(actor.id, unit, role):
            raise NotAllowed(f"You do not hold the role {role_title}, so you cannot go on duty in it.")
        if work.session.execute(select(Duty.id).where(*_open_duty(actor.id, unit, role))).first() is None:
            _begin(work, actor.id, unit, role, attestation)
            tell(work, "duty.claimed", attestation, unit=unit, role=role_title, unit_name=unit_name)
            rights_changed(work, actor.id)
    return Outcome(scope=user_scope(actor.id))


def release_duty(actor: Person, attestation: Attestation, *, unit: str, role: str) -> Outcome:
    """Go off duty. Raises NotFound. Not being on duty there is `superseded`, as it has ended already."""
    with write() as work:
        unit_name, role_title = _names(work, unit, role)
        ended = work.session.execute(
            update(Duty)
            .where(*_open_duty(actor.id, unit, role))
            .values(until=attestation.received_at, ended_by=attestation.actor)
        )
        if ended.rowcount == 0:  # type: ignore[attr-defined]
            sentence = f"You were not on duty as {role_title} in {unit_name} any more."
            return Outcome(st="superseded", scope=user_scope(actor.id), code="not_on_duty", msg=sentence)
        tell(work, "duty.released", attestation, unit=unit, role=role_title, unit_name=unit_name)
        rights_changed(work, actor.id)
    return Outcome(scope=user_scope(actor.id))


def pass_duty(work: UnitOfWork, attestation: Attestation, *, unit: str, role: str, giver: str, taker: str) -> None:
    """A role in a unit goes from one person to another; whoever of them is on duty in it already stays as they are.

    The caller has made sure that the taker may hold it, and tells the timeline.
    """
    work.session.execute(
        update(Duty).where(*_open_duty(giver, unit, role)).values(until=work.now, ended_by=attestation.actor)
    )
    if work.session.execute(select(Duty.id).where(*_open_duty(taker, unit, role))).first() is None:
        _begin(work, taker, unit, role, attestation)
    for user in (giver, taker):
        rights_changed(work, user)


def _begin(work: UnitOfWork, user: str, unit: str, role: str, attestation: Attestation) -> None:
    values = {"user": user, "unit": unit, "role": role, "since": attestation.occurred_at, "until": None}
    work.session.execute(insert(Duty), [{**values, "id": uuid7(), "ended_by": None}])


def _open_duty(user: str, unit: str, role: str) -> tuple[ColumnElement[bool], ...]:
    return (Duty.user == user, Duty.unit == unit, Duty.role == role, Duty.until.is_(None))


def _names(work: UnitOfWork, unit: str, role: str) -> tuple[str, str]:
    unit_name = work.session.execute(select(Unit.name).where(Unit.id == unit)).scalar()
    role_title = work.session.execute(select(Role.title_en).where(Role.code == role)).scalar()
    if unit_name is None or role_title is None:
        raise NotFound("This unit or role is not known here.")
    return unit_name, role_title
