"""Reads of delivery: frozen values, never live objects."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.base.db import db
from app.delivery.models import Delivery, DeliveryPolicy, NewsItem, PathState, PushSubscription
from app.delivery.policy import EXERCISES_BY_DEFAULT

PROBED_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Policy:
    """What a site has decided about what leaves the server."""

    general_title: bool = False
    exercise_channels: Collection[str] = EXERCISES_BY_DEFAULT


def policy_of(site: str) -> Policy:
    """The policy of a site; the defaults when it has decided nothing."""
    columns = (DeliveryPolicy.general_title, DeliveryPolicy.exercise_channels)
    found = db.session.execute(select(*columns).where(DeliveryPolicy.site == site)).first()
    return Policy() if found is None else Policy(found.general_title, tuple(found.exercise_channels))


def delivered_by(ref: str) -> dict[tuple[str, str], str]:
    """`{(person, device): channel}` where the device itself said that the news about `ref` (a broadcast) has arrived.

    Only push has such receipts. Without one nothing is known: see `handed_over`.
    """
    return _ways(ref, Delivery.arrived_at.is_not(None))


def handed_over(ref: str) -> dict[tuple[str, str], str]:
    """`{(person, device): channel}` where the outside took the news about `ref`; `device` is "" for e-mail and SMS.

    It says that a mail server or push service has it, not that a person does.
    """
    return _ways(ref, Delivery.state == "sent")


def _ways(ref: str, condition: object) -> dict[tuple[str, str], str]:
    query = (
        select(Delivery.person, Delivery.device, Delivery.channel)
        .join(NewsItem, NewsItem.id == Delivery.news)
        .where(NewsItem.ref == ref, Delivery.person.is_not(None), condition)  # type: ignore[arg-type]
        .order_by(Delivery.channel.desc())
    )
    return {(person, device or ""): channel for person, device, channel in db.session.execute(query) if person}


def origins_to_probe(*, now: datetime) -> list[str]:
    """The push services of living subscriptions that are down, or that nothing was heard of for a while."""
    used = select(PushSubscription.origin).where(PushSubscription.state.in_(("active", "quarantined"))).distinct()
    found = {one.id: one for one in db.session.execute(select(PathState.id, PathState.state, PathState.tried_at))}
    return [
        origin
        for origin in db.session.execute(used).scalars()
        if origin not in found or found[origin].state == "down" or found[origin].tried_at < now - PROBED_AFTER
    ]
