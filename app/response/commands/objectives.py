"""What command wants to reach, period by period; leaders and who holds a position say it, also without a network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import insert, select, update

from app.base.attestation import Attestation
from app.base.errors import AppError, Conflict, NotAllowed, NotFound
from app.base.ids import uuid7
from app.base.outcome import Outcome
from app.base.reading import Record, all_records, one_record
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import drop_row, put_row
from app.live.scopes import command_scope, unit_scope
from app.live.timeline import tell
from app.people.permissions import LEADER_ROLES
from app.people.queries import role_title
from app.plans.command.queries import command_chart, command_unit
from app.response.authority import Actor, roles_in, roles_lately_in
from app.response.command_chart import current_period, objective_body, period_body
from app.response.models.command import Objective, OperationalPeriod
from app.response.queries import present_incident

LONGEST_PERIOD = timedelta(days=14)
EVENT_OF_STATE = {"open": "objective.reopened", "met": "objective.met", "dropped": "objective.dropped"}


def add_objective(actor: Actor, attestation: Attestation, *, incident: str, text: str, owner: str) -> Outcome:
    """Set an objective in the period that runs; its id is that of the op. Raises NotFound, NotAllowed."""
    with write() as work:
        found = _commanded(actor, incident)
        chart = command_chart(found["site"])
        if chart is None or owner not in {one.code for one in chart.positions}:
            raise NotFound("This position is not on the chart here. Your entry is kept.")
        values = {
            "id": attestation.op or uuid7(),
            "incident": found["id"],
            "period": current_period(periods_of(found["id"])),
            "text": text,
            "owner": owner,
            "state": "open",
            "by": actor.id,
            "by_name": actor.name,
            "at": attestation.occurred_at,
            "note": "",
            "closed_in": None,
            "changed_by_name": actor.name,
            "changed_at": attestation.occurred_at,
        }
        work.session.execute(insert(Objective), [values])
        _put_objective(work, found, values)
        tell(work, "objective.added", attestation, incident=found["id"], text=text, owner=role_title(owner))
    return Outcome(scope=command_scope(found["id"]))


def change_objective(
    actor: Actor, attestation: Attestation, *, objective: str, to: Literal["open", "met", "dropped"], note: str = ""
) -> Outcome:
    """Say that an objective is met, dropped (with a reason) or open again. The newest word stands.

    An older word that was on its way, and one that changes nothing, is `superseded`. Raises NotFound, NotAllowed.
    """
    with write() as work:
        before = one_record(select(Objective.__table__).where(Objective.id == objective))
        if before is None:
            raise NotFound("This objective is not known here. Your entry is kept.")
        found = _commanded(actor, before["incident"])
        if to == "dropped" and not note:
            raise AppError("reason_needed", "Say why it is dropped. Your entry is kept.")
        scope = command_scope(found["id"])
        if before["state"] == to or before["changed_at"] > attestation.occurred_at:
            return Outcome(
                st="superseded", scope=scope, by_name=before["changed_by_name"], at=before["changed_at"],
                code="somebody_first", msg=f"{before['changed_by_name']} was first.",
            )  # fmt: skip
        changed = {
            "state": to,
            "note": note,
            "closed_in": None if to == "open" else current_period(periods_of(found["id"])),
            "changed_by_name": actor.name,
            "changed_at": attestation.occurred_at,
        }
        work.session.execute(update(Objective).where(Objective.id == objective).values(**changed))
        _put_objective(work, found, {**before, **changed})
        tell(work, EVENT_OF_STATE[to], attestation, incident=found["id"], text=before["text"], note=note)
    return Outcome(scope=scope)


def begin_period(
    actor: Actor, attestation: Attestation, *, incident: str, no: int, ends_at: datetime | None, note: str = ""
) -> Outcome:
    """Begin the operational period `no`, or say of the one that runs when it is meant to end.

    The period before ends with it; open objectives are carried over, as they are not bound to one. Two people who begin
    the same number begin it once: the second is `superseded`. Raises NotFound, NotAllowed; Conflict `not_next`.
    """
    with write() as work:
        found = _commanded(actor, incident)
        known = periods_of(found["id"])
        running, scope = current_period(known), command_scope(found["id"])
        first = next((one for one in known if one["no"] == no), None)
        if no < running or (first is not None and first["by"] != actor.id):
            return _somebody_began(scope, first)
        if no > running + 1:
            raise Conflict("not_next", f"Period {running} runs now, so the next one is {running + 1}.", no=running)
        starts_at = found["td"] if no == 1 else attestation.occurred_at
        _refuse_times(starts_at, ends_at)
        if no > running:
            _end_period(work, found, known, running, attestation)
        _put_period(work, found, first, no, starts_at, ends_at, note, attestation)
        facts = {"no": no, "open": sum(one["state"] == "open" for one in objectives_of(found["id"]))}
        event_type = "period.begun" if first is None else "period.changed"
        tell(work, event_type, attestation, incident=found["id"], **facts)
    return Outcome(scope=scope)


def objectives_of(incident: str) -> list[Record]:
    """The objectives of an incident, oldest first."""
    query = select(Objective.__table__).where(Objective.incident == incident)
    return all_records(query.order_by(Objective.at, Objective.id))


def periods_of(incident: str) -> list[Record]:
    """The operational periods of an incident that somebody has planned, by number."""
    query = select(OperationalPeriod.__table__).where(OperationalPeriod.incident == incident)
    return all_records(query.order_by(OperationalPeriod.no))


def command_rows(incident: Mapping[str, Any]) -> dict[tuple[str, str, str], dict[str, Any]]:
    """`{(scope, row id, type): body}` of an incident's objectives and periods."""
    rows = {(one["id"], "objective"): objective_body(one) for one in objectives_of(incident["id"])}
    rows |= {(_period_id(one), "period"): period_body(one) for one in periods_of(incident["id"])}
    return {(scope, *key): body for key, body in rows.items() for scope in _scopes(incident)}


def drop_command_rows(work: UnitOfWork, incident: Mapping[str, Any]) -> None:
    """Take objectives and periods of an incident off the phones."""
    for scope, row_id, row_type in command_rows(incident):
        drop_row(work, scope, row_id, row_type)


def _commanded(actor: Actor, incident: str) -> Record:
    found = present_incident(incident)
    if found is None or found["site"] != actor.site:
        raise NotFound("This incident is not known here. Your entry is kept.")
    unit = command_unit(found["site"]) or ""
    leads = not LEADER_ROLES.isdisjoint(actor.roles)
    if not leads and not roles_in(actor, unit) and not roles_lately_in(actor, unit):
        raise NotAllowed("Only leaders and who holds a position in command do this. Your entry is kept.")
    return found


def _scopes(incident: Mapping[str, Any]) -> list[str]:
    unit = command_unit(incident["site"])
    return [command_scope(incident["id"]), *([unit_scope(unit)] if unit else [])]


def _put_objective(work: UnitOfWork, incident: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    if not incident["retired"]:
        for scope in _scopes(incident):
            put_row(work, scope, values["id"], "objective", objective_body(values))


def _somebody_began(scope: str, first: Mapping[str, Any] | None) -> Outcome:
    who = first["by_name"] if first else "Somebody"
    return Outcome(
        st="superseded", scope=scope, by_name=who, at=first["starts_at"] if first else None, code="somebody_first",
        msg=f"{who} began it already.",
    )  # fmt: skip


def _refuse_times(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and not starts_at < ends_at <= starts_at + LONGEST_PERIOD:
        raise AppError("bad_time", "A period ends after its start, and at most 14 days later.")


def _end_period(
    work: UnitOfWork, incident: Mapping[str, Any], known: list[Record], no: int, attestation: Attestation
) -> None:
    ended = {"ended_at": attestation.occurred_at, "changed_at": attestation.occurred_at}
    before = next((one for one in known if one["no"] == no), None)
    if before is None:
        _put_period(work, incident, None, no, incident["td"], None, "", attestation, **ended)
        return
    mine = (OperationalPeriod.incident == incident["id"], OperationalPeriod.no == no)
    work.session.execute(update(OperationalPeriod).where(*mine).values(**ended))
    _put_period_rows(work, incident, {**before, **ended})


def _put_period(
    work: UnitOfWork,
    incident: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    no: int,
    starts_at: datetime,
    ends_at: datetime | None,
    note: str,
    attestation: Attestation,
    **ended: datetime,
) -> None:
    key = {"incident": incident["id"], "no": no}
    said = {"ends_at": ends_at, "note": note, "changed_at": attestation.occurred_at}
    if before is not None:
        mine = (OperationalPeriod.incident == incident["id"], OperationalPeriod.no == no)
        work.session.execute(update(OperationalPeriod).where(*mine).values(**said))
        _put_period_rows(work, incident, {**before, **said})
        return
    who = {"by": attestation.actor, "by_name": attestation.actor_name}
    values = {**key, "starts_at": starts_at, "ended_at": None, **who, **said, **ended}
    work.session.execute(insert(OperationalPeriod), [values])
    _put_period_rows(work, incident, values)


def _put_period_rows(work: UnitOfWork, incident: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    if not incident["retired"]:
        for scope in _scopes(incident):
            put_row(work, scope, _period_id(values), "period", period_body(values))


def _period_id(period: Mapping[str, Any]) -> str:
    return f"period:{period['incident']}:{period['no']}"
