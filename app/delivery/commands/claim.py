"""A worker takes deliveries into its hand, for as long as its lease lasts, and gives back what a dead one held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, and_, or_, select, update

from app.base import clock
from app.base.db import db
from app.base.reading import Record, all_records
from app.base.unit_of_work import UnitOfWork, write
from app.delivery.job import Job
from app.delivery.keys import Seal
from app.delivery.models import Delivery, DeliveryAddress, DeliveryTarget, NewsItem, PushSubscription
from app.delivery.policy import PEOPLES_CHANNELS
from app.delivery.queries import policy_of

# Longer than any request may take, so that only what a dead worker held comes free by itself.
LEASE = timedelta(seconds=90)
WAITING = ("queued", "failed", "quarantined")


def is_due(now: datetime) -> ColumnElement[bool]:
    """Whether a delivery may be claimed now: its time has come, or its claimant's has run out."""
    return or_(
        and_(Delivery.state.in_(WAITING), Delivery.next_try_at <= now),
        and_(Delivery.state == "claimed", Delivery.leased_until < now),
    )


def claim_due(lease: str, *, limit: int) -> list[Job]:
    """Claim up to `limit` deliveries that are due, the longest waiting first; nobody else gets them meanwhile.

    `lease` names the worker. Nothing is written when nothing is due.
    """
    due = select(Delivery.id).where(is_due(clock.now())).limit(1)
    nothing = db.session.execute(due).first() is None
    db.session.rollback()
    if nothing:
        return []
    with write() as work:
        query = select(Delivery.__table__).where(is_due(work.now)).order_by(Delivery.next_try_at, Delivery.id)
        found = all_records(query.limit(limit))
        _take(work, lease, [one["id"] for one in found])
        return _jobs(found, work.now)


def _take(work: UnitOfWork, lease: str, ids: list[str]) -> None:
    work.session.execute(
        update(Delivery)
        .where(Delivery.id.in_(ids), is_due(work.now))
        .values(state="claimed", lease=lease, leased_until=work.now + LEASE, attempts=Delivery.attempts + 1)
        .execution_options(synchronize_session=False)
    )


def release_leases(is_dead: Callable[[str], bool]) -> int:
    """Give back what workers hold that are known to be dead; how many. Repeating it finds none.

    What such a worker sent without being able to say so is sent again: replaced by its Topic at the push service, known
    by its id at a phone or a program.
    """
    held = select(Delivery.lease).where(Delivery.state == "claimed", Delivery.lease.is_not(None)).distinct()
    dead = [lease for lease in db.session.execute(held).scalars() if lease and is_dead(lease)]
    db.session.rollback()
    if not dead:
        return 0
    with write() as work:
        freed = work.session.execute(
            update(Delivery)
            .where(Delivery.state == "claimed", Delivery.lease.in_(dead))
            .values(state="failed", lease=None, leased_until=None, next_try_at=work.now)
        )
    return int(freed.rowcount)  # type: ignore[attr-defined]


def _jobs(found: list[Record], now: datetime) -> list[Job]:
    seal = Seal(current_app.config["SECRET_KEY"])
    news = _by_id(NewsItem, {one["news"] for one in found})
    ways = {
        **_by_id(PushSubscription, {one["target"] for one in found if one["channel"] == "push"}),
        **_by_id(DeliveryAddress, {one["target"] for one in found if one["channel"] in PEOPLES_CHANNELS}),
        **_by_id(DeliveryTarget, {one["target"] for one in found if one["channel"] != "push"}),
    }
    gateways = _gateways({news[one["news"]]["site"] for one in found})
    general = {site: policy_of(site).general_title for site in {item["site"] for item in news.values()}}
    return [_job(one, news[one["news"]], ways.get(one["target"], {}), gateways, seal, general, now) for one in found]


def _job(
    one: Record,
    news: Record,
    way: Record,
    gateways: Mapping[tuple[str, str], Record],
    seal: Seal,
    general: Mapping[str, bool],
    now: datetime,
) -> Job:
    channel, secret, path = one["channel"], "", one["target"]
    if channel == "push":
        path = way.get("origin", "")
    elif channel in PEOPLES_CHANNELS and "address" in way:
        gateway = gateways.get((news["site"], channel), {})
        path, secret = gateway.get("id", ""), seal.open(gateway.get("secret", ""))
        way = {**gateway.get("config", {}), **way} if gateway else {}
    elif way:
        secret, way = seal.open(way["secret"]), {**way["config"], "enabled": way["enabled"]}
    return Job(
        id=one["id"], channel=channel, path=path, attempts=one["attempts"] + 1, quiet=one["quiet"], was=one["state"],
        news=news, way=way, secret=secret, general_title=general.get(news["site"], False), now=now,
    )  # fmt: skip


def _gateways(sites: set[str]) -> dict[tuple[str, str], Record]:
    """The gateway of each site and people's channel: the one that was set up last."""
    query = (
        select(DeliveryTarget.__table__)
        .where(
            DeliveryTarget.site.in_(sites),
            DeliveryTarget.channel.in_(PEOPLES_CHANNELS),
            DeliveryTarget.enabled.is_(True),
        )
        .order_by(DeliveryTarget.created_at)
    )
    return {(one["site"], one["channel"]): one for one in all_records(query)}


def _by_id(model: Any, ids: set[str]) -> dict[str, Record]:
    if not ids:
        return {}
    return {one["id"]: one for one in all_records(select(model.__table__).where(model.id.in_(ids)))}
