"""Reads of delivery: frozen values, never live objects."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.base.db import db
from app.delivery.models import (
    Delivery,
    DeliveryAddress,
    DeliveryPolicy,
    DeliveryTarget,
    NewsItem,
    PathState,
    PushSubscription,
)
from app.delivery.overview import PersonPaths, PushView, TargetView
from app.delivery.policy import EXERCISES_BY_DEFAULT
from app.people.models import User

PROBED_AFTER = timedelta(minutes=5)
LIVING = ("active", "quarantined")


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


def targets_of(site: str) -> list[TargetView]:
    """The configured ways out of a site, by kind and name, without their secrets."""
    states = {one.id: one for one in db.session.execute(select(PathState)).scalars()}
    waiting, sent = _waiting_by_target(), _last_sent_by_target()
    query = select(DeliveryTarget).where(DeliveryTarget.site == site)
    found = db.session.execute(query.order_by(DeliveryTarget.channel, DeliveryTarget.label)).scalars()
    return [_target_view(one, states.get(one.id), waiting.get(one.id, 0), sent.get(one.id)) for one in found]


def _target_view(
    one: DeliveryTarget, path: PathState | None, waiting: int, last_sent_at: datetime | None
) -> TargetView:
    place = str(one.config.get("url") or one.config.get("host") or "")
    return TargetView(
        id=one.id, channel=one.channel, label=one.label, enabled=one.enabled, events=tuple(one.events),
        place=place.partition("?")[0], state=path.state if path else "untried", since=path.since if path else None,
        last_sent_at=last_sent_at or (path.last_up_at if path else None), waiting=waiting,
        problem=path.problem if path else "",
    )  # fmt: skip


def _waiting_by_target() -> dict[str, int]:
    waits = Delivery.state.in_(("queued", "failed", "quarantined", "claimed"))
    query = select(Delivery.target, func.count().label("n")).where(waits).group_by(Delivery.target)
    return {row.target: row.n for row in db.session.execute(query)}


def _last_sent_by_target() -> dict[str, datetime | None]:
    query = select(Delivery.target, func.max(Delivery.sent_at).label("at")).where(Delivery.channel != "push")
    return {row.target: row.at for row in db.session.execute(query.group_by(Delivery.target))}


def push_services() -> list[PushView]:
    """The push services that living subscriptions use, the most used first."""
    states = {one.id: one for one in db.session.execute(select(PathState)).scalars()}
    living = PushSubscription.state.in_(LIVING)
    query = select(PushSubscription.origin, func.count()).where(living).group_by(PushSubscription.origin)
    found = [(origin, count, states.get(origin)) for origin, count in db.session.execute(query)]
    return [
        PushView(
            origin=origin, phones=count, state=path.state if path else "untried", since=path.since if path else None,
            problem=path.problem if path else "",
        )
        for origin, count, path in sorted(found, key=lambda one: -one[1])
    ]  # fmt: skip


def paths_of_people() -> list[PersonPaths]:
    """Everybody with an active account and the ways to them, by name."""
    counted = (
        select(PushSubscription.user, func.count().label("n"))
        .where(PushSubscription.state.in_(LIVING))
        .group_by(PushSubscription.user)
    )
    phones = {row.user: row.n for row in db.session.execute(counted)}
    addresses = {(one.user, one.channel): one.address for one in db.session.execute(select(DeliveryAddress)).scalars()}
    people = db.session.execute(select(User.id, User.name, User.username).where(User.active).order_by(User.name))
    return [
        PersonPaths(
            name=one.name, username=one.username, phones=phones.get(one.id, 0),
            email=addresses.get((one.id, "email"), ""), mobile=addresses.get((one.id, "sms"), ""),
        )
        for one in people
    ]  # fmt: skip


def user_named(username: str) -> tuple[str, str] | None:
    """(id, name) of an active account, or None."""
    query = select(User.id, User.name).where(User.username == username.strip().lower(), User.active)
    found = db.session.execute(query).first()
    return None if found is None else (found.id, found.name)
