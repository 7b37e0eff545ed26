"""What leaves the server when an update is sent, asked for again, or acknowledged by a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app.base.unit_of_work import UnitOfWork
from app.broadcasts.models import Broadcast, Receipt
from app.delivery.commands.enqueue import enqueue
from app.delivery.news import News
from app.people.queries import unit_name
from app.response.commands.alerts import incident_facts


def alert_broadcast(work: UnitOfWork, incident: Mapping[str, Any], broadcast: Mapping[str, Any]) -> None:
    """Tell everybody whom the update was sent to, and the programs and rooms that listen; its receipts are stored."""
    work.session.flush()
    targeted = select(Receipt.person).where(Receipt.broadcast == broadcast["id"], Receipt.targeted.is_(True))
    people = set(work.session.execute(targeted).scalars()) - {broadcast["by"]}
    news = _news("broadcast.sent", f"broadcast.sent:{broadcast['id']}", incident, broadcast)
    enqueue(work, news, people, acknowledged=_following(work, incident["id"]))


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


def _following(work: UnitOfWork, incident: str) -> list[str]:
    """Who has acknowledged an update of this incident."""
    query = (
        select(Receipt.person)
        .join(Broadcast, Broadcast.id == Receipt.broadcast)
        .where(Broadcast.incident == incident, Receipt.acked_at.is_not(None))
        .distinct()
    )
    return list(work.session.execute(query).scalars())
