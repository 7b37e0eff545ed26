"""What leaves the server when an update is sent, asked for again, or acknowledged by a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.base.instants import to_wire
from app.base.unit_of_work import UnitOfWork
from app.broadcasts.bodies import broadcast_body
from app.broadcasts.fatigue import alert_reason
from app.broadcasts.models import Receipt
from app.broadcasts.queries import broadcasts_of
from app.delivery.commands.enqueue import enqueue
from app.delivery.news import News
from app.people.permissions import ROLES, may
from app.people.queries import people_by_unit, unit_name
from app.response.commands.alerts import incident_facts


def alert_broadcast(work: UnitOfWork, incident: Mapping[str, Any], broadcast: Mapping[str, Any]) -> None:
    """Tell everybody whom the update was sent to, and the programs and rooms that listen; its receipts are stored."""
    work.session.flush()
    targeted = select(Receipt.person).where(Receipt.broadcast == broadcast["id"], Receipt.targeted.is_(True))
    people = set(work.session.execute(targeted).scalars()) - {broadcast["by"]}
    news = _news("broadcast.sent", f"broadcast.sent:{broadcast['id']}", incident, broadcast)
    quiet = people if broadcast["nothing_new"] else _calm(work, incident["id"], broadcast)
    enqueue(work, news, people, acknowledged=quiet)


def alert_promise(work: UnitOfWork, incident: Mapping[str, Any], *, no: int, due_at: datetime, turn: int) -> None:
    """Tell who may send updates that one is due or late, for the `turn`-th time (0: before it is due)."""
    leaders = [
        person.id
        for people in people_by_unit(None, [role for role in ROLES if may([role], "broadcast.send")]).values()
        for person in people
    ]
    facts = {**incident_facts(incident), "no": no, "time": to_wire(due_at)}
    news = News(
        key=f"update.due:{incident['id']}:{no}:{to_wire(due_at)}:{turn}", purpose="update.due", kind=incident["kind"],
        site=incident["site"], incident=incident["id"], path="/app/compose", facts=facts,
    )  # fmt: skip
    enqueue(work, news, set(leaders))


def alert_reminder(
    work: UnitOfWork,
    incident: Mapping[str, Any],
    broadcast: Mapping[str, Any],
    people: Iterable[str],
    *,
    turn: int | str,
) -> int:
    """Remind these people that an update waits for their answer; how many ways were queued. `turn` names the reminder.

    Who has acknowledged it meanwhile hears nothing. The same turn again queues nothing.
    """
    answered = select(Receipt.person).where(Receipt.broadcast == broadcast["id"], Receipt.acked_at.is_not(None))
    news = _news("ack.reminder", f"ack.reminder:{broadcast['id']}:{turn}", incident, broadcast)
    return enqueue(work, news, people, acknowledged=list(work.session.execute(answered).scalars()))


def alert_unanswered(
    work: UnitOfWork,
    incident: Mapping[str, Any],
    broadcast: Mapping[str, Any],
    leaders: Iterable[str],
    *,
    unit: str,
    turn: str,
) -> None:
    """Tell these leaders that a unit has not acknowledged an update. The same turn again queues nothing."""
    place = {"unit": unit, "unit_name": unit_name(unit)}
    news = _news("unit.unanswered", f"unit.unanswered:{broadcast['id']}:{turn}", incident, broadcast, **place)
    enqueue(work, replace(news, asks=False, path=f"/app/reach/{broadcast['id']}"), leaders)


def alert_unit_acknowledged(
    work: UnitOfWork, incident: Mapping[str, Any], broadcast: Mapping[str, Any], unit: str
) -> None:
    """Tell the programs and rooms that listen that a unit has the update. Once for each unit and update."""
    key = f"broadcast.acknowledged:{broadcast['id']}:{unit}"
    place = {"unit": unit, "unit_name": unit_name(unit)}
    enqueue(work, _news("broadcast.acknowledged", key, incident, broadcast, **place))


def _news(purpose: str, key: str, incident: Mapping[str, Any], broadcast: Mapping[str, Any], **facts: Any) -> News:
    do_now = broadcast["do_now"]
    said = {
        "no": broadcast["no"],
        "headline": broadcast["headline"],
        "do_now": do_now if isinstance(do_now, str) else " · ".join(do_now),
    }
    return News(
        key=key, purpose=purpose, kind=broadcast["kind"], site=broadcast["site"], incident=broadcast["incident"],
        ref=broadcast["id"], path=f"/app/updates/{broadcast['id']}", asks=broadcast["ack"] != "none",
        facts={**incident_facts(incident), **said, **facts},
    )  # fmt: skip


def _calm(work: UnitOfWork, incident: str, broadcast: Mapping[str, Any]) -> list[str]:
    """Who follows this incident already and whom this update does not concern more than others (fatigue guard)."""
    bodies = {one["id"]: broadcast_body(one) for one in broadcasts_of(incident)}
    columns = (Receipt.person, Receipt.unit, Receipt.roles, Receipt.broadcast)
    query = select(*columns).where(Receipt.broadcast.in_(list(bodies)), Receipt.acked_at.is_not(None))
    known: dict[str, tuple[set[str], set[str], list[dict[str, Any]]]] = {}
    for person, unit, roles, update in work.session.execute(query):
        units, held, acked = known.setdefault(person, (set(), set(), []))
        units.add(unit)
        held.update(roles)
        acked.append(bodies[update])
    body = broadcast_body(broadcast)
    return [
        person
        for person, (units, held, acked) in known.items()
        if alert_reason(body, acked=acked, person=person, units=units, roles=held) is None
    ]
