"""What repeats in the server: leaders read how the ways out fare, which the worker writes down; old things go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, func, select

from app.base import clock
from app.base.db import db
from app.base.instants import to_wire
from app.base.meta import meta
from app.base.reading import all_records
from app.base.unit_of_work import write
from app.delivery.commands.claim import WAITING
from app.delivery.models import Delivery, DeliveryTarget, NewsItem, PathState, PushSubscription
from app.delivery.policy import PEOPLES_CHANNELS
from app.live.beat import line_lost_since
from app.live.models import Row
from app.live.rows import drop_row, put_row
from app.live.scopes import site_command_scope

WORKER_IS_LATE = timedelta(seconds=45)
KEEP_NEWS = timedelta(days=30)
WORKER_ROW = "path:worker"
HOUSE_ROW = "path:house"


def sweep_paths() -> None:
    """Put a `channel_state` row for every way out that is in use, one when the worker itself has stalled, and one when
    the processes of the house do not hear each other.

    Rows that have not changed stay as they are, so that a healthy server writes nothing.
    """
    bodies = _bodies(clock.now())
    scope = site_command_scope(meta("site"))
    known = set(
        db.session.execute(
            select(Row.id).where(Row.scope == scope, Row.type == "channel_state", Row.deleted.is_(False))
        ).scalars()
    )
    db.session.rollback()
    if not bodies and not known:
        return
    with write() as work:
        for row_id, body in bodies.items():
            put_row(work, scope, row_id, "channel_state", body)
        for row_id in known - set(bodies):
            drop_row(work, scope, row_id, "channel_state")


def _bodies(now: datetime) -> dict[str, dict[str, Any]]:
    waiting = _waiting()
    labels = {one.id: one.label for one in db.session.execute(select(DeliveryTarget.id, DeliveryTarget.label))}
    origins = select(PushSubscription.origin).where(PushSubscription.state.in_(("active", "quarantined"))).distinct()
    used = {**labels, **{origin: origin.partition("//")[2] for origin in db.session.execute(origins).scalars()}}
    paths = all_records(select(PathState.__table__))
    bodies = {
        f"path:{one['id']}": _body(one, used[one["id"]], waiting.get(_way(one), 0))
        for one in paths
        if one["id"] in used
    }
    late = _late_since(now)
    if late is not None:
        stalled = {"id": "worker", "channel": "worker", "state": "stalled", "since": late, "last_up_at": None}
        bodies[WORKER_ROW] = _body({**stalled, "problem": "no_worker"}, "", sum(waiting.values()))
    lost = line_lost_since()
    if lost is not None:
        cut = {"id": "house", "channel": "house", "state": "down", "since": lost, "last_up_at": None}
        bodies[HOUSE_ROW] = _body({**cut, "problem": "no_redis"}, "", 0)
    return bodies


def _way(path: Mapping[str, Any]) -> str:
    return str(path["channel"] if path["channel"] in PEOPLES_CHANNELS else path["id"])


def _body(path: Mapping[str, Any], label: str, waiting: int) -> dict[str, Any]:
    return {
        "channel": path["channel"],
        "label": label,
        "state": path["state"],
        "since": to_wire(path["since"]),
        "last_up_at": _minute(path["last_up_at"]),
        "waiting": waiting,
        "problem": path["problem"],
    }


def _minute(instant: datetime | None) -> str | None:
    # whole minutes, so that a way in use does not change its row with every message
    return to_wire(instant.replace(second=0, microsecond=0)) if instant else None


def _waiting() -> dict[str, int]:
    """How many deliveries wait on each path; those to people's addresses by their channel."""
    path = case(
        (Delivery.channel == "push", PushSubscription.origin),
        (Delivery.channel.in_(PEOPLES_CHANNELS), Delivery.channel),
        else_=Delivery.target,
    )
    query = (
        select(path, func.count())
        .select_from(Delivery)
        .outerjoin(PushSubscription, PushSubscription.id == Delivery.target)
        .where(Delivery.state.in_((*WAITING, "claimed")))
        .group_by(path)
    )
    return {one: count for one, count in db.session.execute(query) if one}


def _late_since(now: datetime) -> datetime | None:
    """Since when something is due that nobody has claimed, if that is too long."""
    query = select(func.min(Delivery.next_try_at)).where(Delivery.state.in_(WAITING))
    oldest = db.session.execute(query).scalar()
    return oldest if oldest is not None and now - oldest > WORKER_IS_LATE else None


def forget_old_news() -> None:
    """Delete news and deliveries of a month ago, and subscriptions that nobody will come back to."""
    with write() as work:
        long_ago = work.now - KEEP_NEWS
        old = select(NewsItem.id).where(NewsItem.created_at < long_ago)
        work.session.execute(
            delete(Delivery).where(Delivery.news.in_(old)).execution_options(synchronize_session=False)
        )
        work.session.execute(delete(NewsItem).where(NewsItem.created_at < long_ago))
        work.session.execute(
            delete(PushSubscription).where(
                PushSubscription.state.in_(("gone", "ended")), PushSubscription.state_at < long_ago
            )
        )
