"""Sending a broadcast, and what people say of it: received, read, acknowledged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from app.base.attestation import Attestation
from app.base.errors import AppError, NotAllowed, NotFound
from app.base.instants import to_wire
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.broadcasts.audience import Acked, Audience, has_quorum
from app.broadcasts.bodies import broadcast_body
from app.broadcasts.commands.alerts import alert_broadcast, alert_unit_acknowledged
from app.broadcasts.models import Broadcast, Receipt
from app.broadcasts.queries import broadcast_of, broadcasts_of, receipts_of, receipts_of_person
from app.broadcasts.reach import REACH
from app.live.rows import put_row
from app.live.scopes import command_scope, site_scope, unit_scope, user_scope
from app.live.timeline import tell
from app.people.permissions import may
from app.people.queries import people_by_unit, unit_name
from app.response.authority import Actor
from app.response.commands.incidents import note_first_broadcast
from app.response.queries import incident_of


def send_broadcast(
    actor: Actor,
    attestation: Attestation,
    *,
    broadcast: str,
    incident: str,
    headline: str,
    do_now: str | list[str],
    works: str | list[str],
    next_update_at: datetime | None,
    units: Sequence[str] | None,
    roles: Sequence[str] | None,
    ack: str,
) -> Outcome:
    """Send the incident's next numbered message. It replaces the newest current one whose audience it covers.

    `broadcast` is the caller's id: the same id again changes nothing (`superseded`).
    """
    if not may(actor.roles, "broadcast.send"):
        raise NotAllowed("Only IT leads and incident commanders send updates.")
    with write() as work:
        found = incident_of(incident)
        if found is None or found["site"] != actor.site:
            raise NotFound("This incident is not known here.")
        known = broadcast_of(broadcast)
        if known is not None:
            return _sent_already(known)
        _check_audience(found, units)
        audience = Audience(_tuple(units), _tuple(roles))
        values = {
            "id": broadcast,
            "incident": incident,
            "site": found["site"],
            "no": _next_no(work, incident),
            "state": "current",
            "kind": found["kind"],
            "headline": headline,
            "do_now": do_now,
            "works": works,
            "next_update_at": next_update_at,
            "ack": ack,
            "units": list(units) if units is not None else None,
            "roles": list(roles) if roles is not None else None,
            "supersedes": None,
            "superseded_by": None,
            "superseded_by_no": None,
            "by": actor.id,
            "by_name": actor.name,
            "by_role": next((role for role in actor.roles if may([role], "broadcast.send")), ""),
            "at": attestation.occurred_at,
        }
        values["supersedes"] = _replace_older(work, found, audience, values)
        work.session.execute(insert(Broadcast), [values])
        targets = list(units) if units is not None else list(found["units"])
        _target(work, values, targets, roles)
        _put(work, found, values)
        alert_broadcast(work, found, values)
        note_first_broadcast(work, found, attestation.occurred_at)
        tell(work, "broadcast.sent", attestation, incident=incident, no=values["no"], headline=headline)
    return Outcome(scope=_scopes(found, values)[0])


def _sent_already(known: Mapping[str, Any]) -> Outcome:
    return Outcome(
        st="superseded", scope=site_scope(known["site"]), by=known["by"], by_name=known["by_name"], at=known["at"],
        code="already_sent", msg=f"Update {known['no']} is sent already.",
    )  # fmt: skip


def _check_audience(incident: Mapping[str, Any], units: Sequence[str] | None) -> None:
    if units is not None and not units:
        raise AppError("no_audience", "Choose at least one unit, or all of them.")
    unknown = sorted(set(units or ()) - set(incident["units"]))
    if unknown:
        raise AppError("no_such_unit", f"The unit “{unknown[0]}” is not part of this incident.", units=unknown)


def _tuple(names: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)


def _next_no(work: UnitOfWork, incident: str) -> int:
    last = work.session.execute(select(func.max(Broadcast.no)).where(Broadcast.incident == incident)).scalar()
    return (last or 0) + 1


def _replace_older(
    work: UnitOfWork, incident: Mapping[str, Any], audience: Audience, newer: Mapping[str, Any]
) -> str | None:
    first_replaced = None
    for older in broadcasts_of(incident["id"]):
        covered = audience.covers(Audience(_tuple(older["units"]), _tuple(older["roles"])))
        if older["state"] != "current" or not covered:
            continue
        changed = {"state": "superseded", "superseded_by": newer["id"], "superseded_by_no": newer["no"]}
        work.session.execute(update(Broadcast).where(Broadcast.id == older["id"]).values(**changed))
        _put(work, incident, {**older, **changed})
        first_replaced = first_replaced or older["id"]
    return first_replaced


def _target(work: UnitOfWork, broadcast: Mapping[str, Any], units: Sequence[str], roles: Sequence[str] | None) -> None:
    receipts = [
        _receipt(broadcast["id"], unit, person.id, person.name, person.roles, targeted=True)
        for unit, people in people_by_unit(units, roles).items()
        for person in people
    ]
    if receipts:
        work.session.execute(insert(Receipt), receipts)
    for unit in units:
        REACH.mark(work, (broadcast["id"], unit))


def _receipt(
    broadcast: str, unit: str, person: str, name: str, roles: Sequence[str], *, targeted: bool
) -> dict[str, Any]:
    return {
        "broadcast": broadcast,
        "unit": unit,
        "person": person,
        "person_name": name,
        "roles": list(roles),
        "targeted": targeted,
        **dict.fromkeys(("received_at", "read_at", "acked_at", "ack_received_at", "device")),
    }


def _scopes(incident: Mapping[str, Any], broadcast: Mapping[str, Any]) -> list[str]:
    if broadcast["units"] is None:
        return [site_scope(incident["site"])]
    return [command_scope(incident["id"]), *(unit_scope(unit) for unit in broadcast["units"])]


def _put(work: UnitOfWork, incident: Mapping[str, Any], broadcast: Mapping[str, Any]) -> None:
    if incident["retired"]:
        return
    for scope in _scopes(incident, broadcast):
        put_row(work, scope, broadcast["id"], "broadcast", broadcast_body(broadcast))


def receive_broadcast(actor: Actor, attestation: Attestation, *, broadcast: str, read: bool = False) -> Outcome:
    """A device of the person has the message (`read`: the person opened it). The earliest time stays."""
    with write() as work:
        _note(work, actor, attestation, broadcast, read=read)
    return Outcome()


def acknowledge_broadcast(actor: Actor, attestation: Attestation, *, broadcast: str) -> Outcome:
    """The person says: I have read this and my unit knows. It silences nobody else; a second time changes nothing."""
    with write() as work:
        found, receipts = _note(work, actor, attestation, broadcast, read=True)
        fresh = [receipt for receipt in receipts if receipt["acked_at"] is None]
        if not fresh:
            return Outcome(
                st="superseded", scope=user_scope(actor.id), at=receipts[0]["acked_at"], by=actor.id,
                by_name=actor.name, code="acked_before", msg="You had acknowledged this already.",
            )  # fmt: skip
        for receipt in fresh:
            had_quorum = _has_quorum(broadcast, receipt["unit"])
            _set(
                work, receipt, acked_at=attestation.occurred_at, ack_received_at=attestation.received_at,
                device=attestation.device,
            )  # fmt: skip
            if not had_quorum and _has_quorum(broadcast, receipt["unit"]):
                place = unit_name(receipt["unit"])
                tell(
                    work, "broadcast.unit_acknowledged", attestation, incident=found["incident"], unit=receipt["unit"],
                    no=found["no"], unit_name=place,
                )  # fmt: skip
                _alert_unit(work, found, receipt["unit"])
        tell(work, "broadcast.acknowledged", attestation, incident=found["incident"], no=found["no"])
        body = {"broadcast": broadcast, "incident": found["incident"], "acked_at": to_wire(attestation.occurred_at)}
        put_row(work, user_scope(actor.id), f"ack:{broadcast}", "ack", body)
    return Outcome(scope=user_scope(actor.id))


def _alert_unit(work: UnitOfWork, broadcast: Mapping[str, Any], unit: str) -> None:
    incident = incident_of(broadcast["incident"])
    if incident is not None:
        alert_unit_acknowledged(work, incident, broadcast, unit)


def _note(
    work: UnitOfWork, actor: Actor, attestation: Attestation, broadcast: str, *, read: bool
) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    found = broadcast_of(broadcast)
    if found is None or found["site"] != actor.site:
        raise NotFound("This update is not known here. Your entry is kept.")
    if not (actor.memberships or actor.duty):
        raise NotAllowed("You belong to no unit. Your entry is kept.")
    receipts = [dict(receipt) for receipt in receipts_of_person(broadcast, actor.id)]
    if not receipts:
        receipts = _join(work, actor, found)
    for receipt in receipts:
        known = {name: receipt[name] for name in ("received_at", "read_at")}
        times = {"received_at": _earliest(known["received_at"], attestation.occurred_at)}
        if read:
            times["read_at"] = _earliest(known["read_at"], attestation.occurred_at)
        _set(work, receipt, **times)
        receipt.update(times)
    return found, receipts


def _earliest(known: datetime | None, new: datetime) -> datetime:
    return new if known is None else min(known, new)


def _join(work: UnitOfWork, actor: Actor, broadcast: Mapping[str, Any]) -> list[dict[str, Any]]:
    held: dict[str, list[str]] = {}
    for unit, role in (*actor.memberships, *actor.duty):
        held.setdefault(unit, []).append(role)
    receipts = [
        _receipt(broadcast["id"], unit, actor.id, actor.name, roles, targeted=False) for unit, roles in held.items()
    ]
    work.session.execute(insert(Receipt), receipts)
    return receipts


def _set(work: UnitOfWork, receipt: Mapping[str, Any], **values: Any) -> None:
    work.session.execute(
        update(Receipt)
        .where(
            Receipt.broadcast == receipt["broadcast"],
            Receipt.unit == receipt["unit"],
            Receipt.person == receipt["person"],
        )
        .values(**values)
    )
    REACH.mark(work, (receipt["broadcast"], receipt["unit"]))


def _has_quorum(broadcast: str, unit: str) -> bool:
    receipts = receipts_of(broadcast, [unit])
    acked = [Acked(r["person"], r["roles"]) for r in receipts if r["acked_at"] is not None]
    return has_quorum(acked, targeted=sum(1 for r in receipts if r["targeted"]))
