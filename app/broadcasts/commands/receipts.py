"""What people say of a broadcast: received, read, acknowledged. Separate facts, per person and per device."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from app.base.attestation import Attestation
from app.base.errors import NotAllowed, NotFound
from app.base.outcome import Outcome
from app.base.reading import one_record
from app.base.unit_of_work import UnitOfWork, write
from app.broadcasts.bodies import ack_body, last_given
from app.broadcasts.commands.alerts import alert_unit_acknowledged
from app.broadcasts.commands.targets import fresh_receipt
from app.broadcasts.models import DeviceReceipt, Receipt
from app.broadcasts.queries import broadcast_of, receipts_of_person
from app.broadcasts.quorum import still_counts
from app.broadcasts.reach import REACH, reach_bodies
from app.live import presence
from app.live.rows import put_row
from app.live.scopes import user_scope
from app.live.timeline import tell
from app.people.queries import unit_name
from app.response.authority import Actor
from app.response.queries import incident_of

Mine = list[dict[str, Any]]


def receive_broadcast(
    actor: Actor, attestation: Attestation, *, broadcast: str, read: bool = False, path: str | None = None
) -> Outcome:
    """A device of the person has the message (`read`: the person opened it), by a `path`. The earliest time stays.

    What a colleague's phone brings has come by that way, whatever the phone it comes from says of itself.
    """
    with write() as work:
        _note(work, actor, attestation, broadcast, read=read, path=path)
    return Outcome()


def acknowledge_broadcast(actor: Actor, attestation: Attestation, *, broadcast: str) -> Outcome:
    """The person says: I have read this and my unit knows. It silences nobody else; a second time changes nothing.

    It is credited at the time it was made, however late it arrives. One that had run out is renewed.
    """
    with write() as work:
        found, receipts = _note(work, actor, attestation, broadcast, read=True, path=None)
        changes = [(receipt, _ack_change(found, receipt, attestation)) for receipt in receipts]
        if not any(change for _receipt, change in changes):
            return Outcome(
                st="superseded", scope=user_scope(actor.id), at=receipts[0]["acked_at"], by=actor.id,
                by_name=actor.name, code="acked_before", msg="You had acknowledged this already.",
            )  # fmt: skip
        units = [receipt["unit"] for receipt, change in changes if change]
        before = reach_bodies(work, found, units)
        for receipt, change in changes:
            if change:
                _set(work, receipt, **change)
                receipt.update(change)
        _note_device(work, actor, attestation, broadcast, acked_at=attestation.occurred_at)
        _tell_of_units(work, attestation, found, before, reach_bodies(work, found, units))
        tell(work, "broadcast.acknowledged", attestation, incident=found["incident"], no=found["no"])
        put_row(work, user_scope(actor.id), f"ack:{broadcast}", "ack", ack_body(found, receipts))
    return Outcome(scope=user_scope(actor.id))


def _ack_change(broadcast: Mapping[str, Any], receipt: Mapping[str, Any], attestation: Attestation) -> dict[str, Any]:
    made_at, known = attestation.occurred_at, receipt["acked_at"]
    if known is None or made_at < known:
        came = {"ack_received_at": attestation.received_at, "ack_carried_by": attestation.carried_by_name or None}
        return {"acked_at": made_at, "device": attestation.device, **came}
    has_run_out = not still_counts(last_given(receipt), broadcast["ack_lasts_min"], made_at)
    return {"renewed_at": made_at} if has_run_out else {}


def _tell_of_units(
    work: UnitOfWork,
    attestation: Attestation,
    broadcast: Mapping[str, Any],
    before: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, Mapping[str, Any]],
) -> None:
    for unit, body in after.items():
        if body["quorum"] and not before[unit]["quorum"]:
            tell(
                work, "broadcast.unit_acknowledged", attestation, incident=broadcast["incident"], unit=unit,
                no=broadcast["no"], unit_name=unit_name(unit),
            )  # fmt: skip
            incident = incident_of(broadcast["incident"])
            if incident is not None:
                alert_unit_acknowledged(work, incident, broadcast, unit)


def _note(
    work: UnitOfWork, actor: Actor, attestation: Attestation, broadcast: str, *, read: bool, path: str | None
) -> tuple[Mapping[str, Any], Mine]:
    found = broadcast_of(broadcast)
    if found is None or found["site"] != actor.site:
        raise NotFound("This update is not known here. Your entry is kept.")
    if not (actor.memberships or actor.duty):
        raise NotAllowed("You belong to no unit. Your entry is kept.")
    path = _path(actor, attestation, path)
    receipts: Mine = [dict(receipt) for receipt in receipts_of_person(broadcast, actor.id)]
    if not receipts:
        receipts = _join(work, actor, found)
    for receipt in receipts:
        news = _news(receipt, attestation.occurred_at, read=read, path=path)
        _set(work, receipt, **news)
        receipt.update(news)
    read_at = attestation.occurred_at if read else None
    _note_device(work, actor, attestation, broadcast, read_at=read_at, path=path)
    return found, receipts


def _path(actor: Actor, attestation: Attestation, said: str | None) -> str:
    if attestation.carried_by is not None:
        return "carried"
    return said or ("socket" if presence.contact_of(actor.id).connected else "poll")


def _news(receipt: Mapping[str, Any], at: datetime, *, read: bool, path: str) -> dict[str, Any]:
    is_first = receipt["received_at"] is None or at < receipt["received_at"]
    news: dict[str, Any] = {"received_at": at, "path": path} if is_first else {}
    if read:
        news["read_at"] = _earliest(receipt["read_at"], at)
    return news


def _earliest(known: datetime | None, new: datetime) -> datetime:
    return new if known is None else min(known, new)


def _note_device(
    work: UnitOfWork,
    actor: Actor,
    attestation: Attestation,
    broadcast: str,
    *,
    read_at: datetime | None = None,
    acked_at: datetime | None = None,
    path: str = "",
) -> None:
    at = attestation.occurred_at
    here = (
        DeviceReceipt.broadcast == broadcast,
        DeviceReceipt.person == actor.id,
        DeviceReceipt.device == (attestation.device or ""),
    )
    known = one_record(select(DeviceReceipt.__table__).where(*here))
    if known is None:
        who = {"broadcast": broadcast, "person": actor.id, "device": attestation.device or ""}
        facts = {"received_at": at, "read_at": read_at, "acked_at": acked_at, "path": path}
        work.session.execute(insert(DeviceReceipt), [{**who, **facts}])
        return
    times = {"received_at": at, "read_at": read_at, "acked_at": acked_at}
    earlier = {n: _earliest(known[n], time) for n, time in times.items() if time is not None}
    work.session.execute(update(DeviceReceipt).where(*here).values(**earlier))


def _join(work: UnitOfWork, actor: Actor, broadcast: Mapping[str, Any]) -> Mine:
    held: dict[str, list[str]] = {}
    for unit, role in (*actor.memberships, *actor.duty):
        held.setdefault(unit, []).append(role)
    receipts = [
        fresh_receipt(broadcast["id"], unit, actor.id, actor.name, roles, targeted=False)
        for unit, roles in held.items()
    ]
    work.session.execute(insert(Receipt), receipts)
    return receipts


def _set(work: UnitOfWork, receipt: Mapping[str, Any], **values: Any) -> None:
    if not values:
        return
    mine = (
        Receipt.broadcast == receipt["broadcast"],
        Receipt.unit == receipt["unit"],
        Receipt.person == receipt["person"],
    )
    work.session.execute(update(Receipt).where(*mine).values(**values))
    REACH.mark(work, (receipt["broadcast"], receipt["unit"]))
