"""Queue news for people and places, in the transaction of the change it tells of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, insert, literal, select
from sqlalchemy.sql.elements import ColumnElement

from app.base.db import Instant
from app.base.unit_of_work import UnitOfWork
from app.delivery.fatigue import LOUD, QUIET, alerting
from app.delivery.models import Delivery, DeliveryAddress, DeliveryTarget, NewsItem, PushSubscription
from app.delivery.news import News
from app.delivery.policy import PEOPLES_CHANNELS, PLACES_CHANNELS, PURPOSES, is_allowed
from app.delivery.queries import policy_of
from app.people.models import User

# As many people as one statement may name: the engines limit the number of its values.
PEOPLE_AT_ONCE = 400
LIVING = ("active", "quarantined")
COLUMNS = (
    "id", "news", "channel", "target", "person", "device", "quiet", "state", "attempts", "next_try_at", "problem",
)  # fmt: skip


def enqueue(work: UnitOfWork, news: News, people: Iterable[str] = (), *, acknowledged: Collection[str] = ()) -> int:
    """Queue the news for every way to these people, and for the places that listen to its purpose; how many ways.

    `acknowledged` are those who are following already (fatigue.py). The same key again queues nothing. An exercise
    goes only where the site lets exercises out. KeyError for a purpose that nobody knows.
    """
    if work.session.execute(select(NewsItem.id).where(NewsItem.id == news.id)).first() is not None:
        return 0
    _store(work, news)
    following = frozenset(acknowledged)
    heard = {person: alerting(news.purpose, asks=news.asks, acknowledged=person in following) for person in set(people)}
    allowed = policy_of(news.site).exercise_channels
    return sum(
        _queue(work, source)
        for source in _sources(work, news, heard)
        if is_allowed(source[0], news.kind, allowed)
    )  # fmt: skip


def enqueue_test(
    work: UnitOfWork,
    news: News,
    *,
    subscription: str | None = None,
    target: str | None = None,
    address: str | None = None,
) -> int:
    """Queue a test for one phone's subscription, or for one configured target (a gateway: to an address), whatever
    its settings; how many."""
    _store(work, news)
    if subscription is not None:
        return _queue(work, ("push", _to_phones(work, news, PushSubscription.id == subscription, quiet=False)))
    query = select(DeliveryTarget.channel).where(DeliveryTarget.id == target)
    channel = work.session.execute(query).scalar_one()
    if address is not None:
        way = DeliveryAddress
        rows = _row(work, news, channel, way.id, way.user, literal(None)).where(way.id == address)
        return _queue(work, (channel, rows))
    return _queue(work, (channel, _to_places(work, news, channel, DeliveryTarget.id == target)))


def _store(work: UnitOfWork, news: News) -> None:
    values = {
        "id": news.id,
        "site": news.site,
        "purpose": news.purpose,
        "kind": news.kind,
        "incident": news.incident,
        "ref": news.ref,
        "path": news.path,
        "asks": news.asks,
        "facts": dict(news.facts),
        "created_at": work.now,
        "expires_at": work.now + PURPOSES[news.purpose].lasts,
    }
    work.session.execute(insert(NewsItem), [values])


Source = tuple[str, Select[*tuple[Any, ...]]]


def _sources(work: UnitOfWork, news: News, heard: dict[str, str]) -> Iterator[Source]:
    """Each channel with the ways that it has to these people or places."""
    gateways = _listening(work, news, PEOPLES_CHANNELS)
    for manner in (LOUD, QUIET):
        for some in _chunks(sorted(person for person, how in heard.items() if how == manner)):
            theirs = PushSubscription.user.in_(some) & PushSubscription.state.in_(LIVING)
            yield "push", _to_phones(work, news, theirs, quiet=manner == QUIET)
            if manner == LOUD:
                for channel in gateways:
                    yield channel, _to_addresses(work, news, channel, some)
    for channel in _listening(work, news, PLACES_CHANNELS):
        wanted = DeliveryTarget.id.in_(_targets(work, news, channel))
        yield channel, _to_places(work, news, channel, wanted)


def _queue(work: UnitOfWork, source: Source) -> int:
    # without the option one of our engines does not say how many there were
    rows = insert(Delivery.__table__).from_select(COLUMNS, source[1]).execution_options(preserve_rowcount=True)
    count = work.session.connection().execute(rows).rowcount
    work.give_way()
    return count


def _chunks(people: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        yield people[start : start + PEOPLE_AT_ONCE]


def _targets(work: UnitOfWork, news: News, channel: str) -> list[str]:
    """The enabled targets of a channel that are told of this purpose."""
    query = select(DeliveryTarget.id, DeliveryTarget.events).where(
        DeliveryTarget.site == news.site, DeliveryTarget.channel == channel, DeliveryTarget.enabled.is_(True)
    )
    return [target for target, events in work.session.execute(query) if news.purpose in events]


def _listening(work: UnitOfWork, news: News, channels: Sequence[str]) -> list[str]:
    return [channel for channel in channels if _targets(work, news, channel)]


def _row(
    work: UnitOfWork, news: News, channel: str, target: Any, person: Any, device: Any, *, quiet: bool = False
) -> Select[*tuple[Any, ...]]:
    return select(
        literal(f"{news.id}:") + target, literal(news.id), literal(channel), target, person, device, literal(quiet),
        literal("queued"), literal(0), literal(work.now, Instant()), literal(""),
    )  # fmt: skip


def _to_phones(work: UnitOfWork, news: News, which: ColumnElement[bool], *, quiet: bool) -> Select[*tuple[Any, ...]]:
    way = PushSubscription
    rows = _row(work, news, "push", way.id, way.user, way.device, quiet=quiet)
    return rows.join(User, User.id == way.user).where(User.active.is_(True), which)


def _to_addresses(work: UnitOfWork, news: News, channel: str, people: Sequence[str]) -> Select[*tuple[Any, ...]]:
    way = DeliveryAddress
    rows = _row(work, news, channel, way.id, way.user, literal(None))
    return rows.join(User, User.id == way.user).where(
        User.active.is_(True), way.channel == channel, way.user.in_(people)
    )


def _to_places(work: UnitOfWork, news: News, channel: str, which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return _row(work, news, channel, DeliveryTarget.id, literal(None), literal(None)).where(which)
