"""A phone wants alerts, wants them no more, tries them, and says that one arrived."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from flask import current_app
from sqlalchemy import ColumnElement, insert, select, update

from app.base.attestation import Attestation, attest_now
from app.base.errors import AppError, NotFound
from app.base.ids import uuid7
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.delivery.commands.enqueue import enqueue_test
from app.delivery.commands.push_rows import put_push_row
from app.delivery.models import Delivery, NewsItem, PushSubscription
from app.delivery.news import News
from app.delivery.origins import is_push_endpoint, named_origins, origin_of
from app.live.scopes import user_scope
from app.live.timeline import tell
from app.people.person import Person

MOST_OF_ONE_PERSON = 20
TESTS_APART = timedelta(seconds=10)
LIVING = ("active", "quarantined")


def subscribe(
    person: Person, *, endpoint: str, p256dh: str, auth: str, lang: str, address: str, server_key: str
) -> str:
    """Keep the subscription of the person's phone; its id. The endpoint belongs to whoever subscribed there last, and
    another one of the same phone ends. Saying the same again changes nothing.

    AppError `no_push_service` for an address that is no push service's, `malformed` for keys that are none.
    """
    named = named_origins(current_app.extensions["settings"].push_origins)
    if not is_push_endpoint(endpoint, named):
        raise AppError("no_push_service", "This browser's push service is not known here. Ask your IT lead.")
    if not _are_keys(p256dh, auth):
        raise AppError("malformed", "The keys of this subscription can't be read. Turn alerts off and on again.")
    values = {
        "endpoint": endpoint, "origin": origin_of(endpoint), "p256dh": p256dh, "auth": auth, "user": person.id,
        "device": str(person.device), "lang": lang, "address": address, "server_key": server_key, "state": "active",
    }  # fmt: skip
    digest = sha256(endpoint.encode()).hexdigest()
    with write() as work:
        known = (
            work.session.execute(select(PushSubscription.__table__).where(PushSubscription.endpoint_hash == digest))
            .mappings()
            .first()
        )
        if known is not None and all(known[name] == value for name, value in values.items()):
            return str(known["id"])
        subscription = _keep(work, None if known is None else dict(known), {**values, "endpoint_hash": digest})
        _end_others(work, person, subscription)
        put_push_row(work, subscription)
        tell(work, "device.alerts_on", attest_now(person.id, person.name, device=person.device))
    return subscription


def unsubscribe(person: Person, *, endpoint: str | None = None) -> int:
    """End this phone's alerts for the person (or the one subscription named); how many ended. Repeating ends none."""
    with write() as work:
        mine = [PushSubscription.user == person.id, PushSubscription.state.in_(LIVING)]
        if endpoint is None:
            mine.append(PushSubscription.device == str(person.device))
        else:
            mine.append(PushSubscription.endpoint_hash == sha256(endpoint.encode()).hexdigest())
        ended = _end(work, *mine)
        if ended:
            tell(work, "device.alerts_off", attest_now(person.id, person.name, device=person.device))
    return ended


def end_on_sign_out(work: UnitOfWork, person: Person) -> None:
    """Who has signed out of a phone is not alerted on it any more."""
    mine = (PushSubscription.user == person.id, PushSubscription.device == str(person.device))
    _end(work, *mine, PushSubscription.state.in_(LIVING))


def send_test(person: Person) -> str:
    """Send a test to the phone that asks; the id of its news. AppError `no_alerts` (409) when the phone has no
    subscription, `slow_down` (429) when the last test was a moment ago."""
    with write() as work:
        query = select(PushSubscription.id).where(
            PushSubscription.user == person.id,
            PushSubscription.device == str(person.device),
            PushSubscription.state.in_(LIVING),
        )
        subscription = work.session.execute(query.order_by(PushSubscription.state_at.desc()).limit(1)).scalar()
        if subscription is None:
            raise AppError("no_alerts", "Alerts are off on this phone. Turn them on first.", status=409)
        _refuse_too_soon(work, subscription)
        fresh = uuid7()
        news = News(
            key=f"test:{fresh}", purpose="test", kind="real", site=person.site, ref=fresh, path="/app/more",
            facts={"time": f"{work.now:%H:%M}"},
        )  # fmt: skip
        enqueue_test(work, news, subscription=subscription)
        put_push_row(work, subscription)
    return news.id


def _refuse_too_soon(work: UnitOfWork, subscription: str) -> None:
    lately = (
        select(NewsItem.id)
        .join(Delivery, Delivery.news == NewsItem.id)
        .where(
            Delivery.target == subscription, NewsItem.purpose == "test", NewsItem.created_at > work.now - TESTS_APART
        )
    )
    if work.session.execute(lately).first() is not None:
        sentence = "A test is on its way. Wait a few seconds before the next one."
        raise AppError("slow_down", sentence, status=429, retry_after=int(TESTS_APART.total_seconds()))


def note_arrival(actor: Person, attestation: Attestation, *, news: str) -> Outcome:
    """A phone says that a push has arrived on it; the earliest time stays. NotFound when none was sent to this person.

    Repeating it changes nothing.
    """
    with write() as work:
        if not _arrived(work, actor.id, attestation, NewsItem.id == news):
            raise NotFound("This alert is not known here. Your entry is kept.")
    return Outcome(scope=user_scope(actor.id))


def note_push_of(work: UnitOfWork, person: str, attestation: Attestation, *, ref: str) -> None:
    """The news about `ref` (an update) has arrived on a phone by push, as its receipt says."""
    _arrived(work, person, attestation, NewsItem.ref == ref)


def _arrived(work: UnitOfWork, person: str, attestation: Attestation, which: ColumnElement[bool]) -> bool:
    query = (
        select(Delivery.id, Delivery.target, Delivery.arrived_at)
        .join(NewsItem, NewsItem.id == Delivery.news)
        .where(which, Delivery.channel == "push", Delivery.person == person, Delivery.device == attestation.device)
    )
    found = work.session.execute(query).all()
    for one in found:
        if one.arrived_at is not None and one.arrived_at <= attestation.occurred_at:
            continue
        changed = update(Delivery).where(Delivery.id == one.id).values(arrived_at=attestation.occurred_at)
        work.session.execute(changed)
        put_push_row(work, one.target)
    return bool(found)


def _are_keys(p256dh: str, auth: str) -> bool:
    try:
        point, secret = _decoded(p256dh), _decoded(auth)
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except (ValueError, binascii.Error):
        return False
    return len(point) == 65 and len(secret) == 16


def _decoded(text: str) -> bytes:
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def _keep(work: UnitOfWork, known: Mapping[str, Any] | None, values: dict[str, Any]) -> str:
    if known is None:
        fresh = {"id": uuid7(), "created_at": work.now, "state_at": work.now, **values}
        work.session.execute(insert(PushSubscription), [fresh])
        return str(fresh["id"])
    if known["state"] != "ended" and (known["user"], known["device"]) != (values["user"], values["device"]):
        _end(work, PushSubscription.id == known["id"])  # its former owner reads that this phone alerts them no more
    changed = update(PushSubscription).where(PushSubscription.id == known["id"])
    work.session.execute(changed.values(**values, state_at=work.now))
    return str(known["id"])


def _end_others(work: UnitOfWork, person: Person, subscription: str) -> None:
    """Browsers give a new endpoint without ending the old one; and nobody has so many phones."""
    mine = (PushSubscription.user == person.id, PushSubscription.state.in_(LIVING), PushSubscription.id != subscription)
    _end(work, *mine, PushSubscription.device == str(person.device))
    query = select(PushSubscription.id).where(*mine).order_by(PushSubscription.state_at.desc())
    for too_many in list(work.session.execute(query.offset(MOST_OF_ONE_PERSON - 1)).scalars()):
        _end(work, PushSubscription.id == too_many)


def _end(work: UnitOfWork, *which: ColumnElement[bool]) -> int:
    ids = list(work.session.execute(select(PushSubscription.id).where(*which)).scalars())
    for subscription in ids:
        ended = update(PushSubscription).where(PushSubscription.id == subscription)
        work.session.execute(ended.values(state="ended", state_at=work.now))
        put_push_row(work, subscription)
    return len(ids)
