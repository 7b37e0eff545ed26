"""Entries that came by a colleague's phone: opened here, applied under their author's name, answered with a receipt."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import insert, select

from app.base import clock
from app.base.attestation import attest_now
from app.base.db import db
from app.base.errors import AppError
from app.base.instants import to_wire
from app.base.keys import ServerKeys, from_base64
from app.base.unit_of_work import UnitOfWork, write
from app.live import presence
from app.live.timeline import tell
from app.people.commands.tokens import authenticate_token
from app.people.person import Person
from app.sync.commands import commit_pushes
from app.sync.envelope import PushRequest
from app.sync.models import Relayed
from app.sync.pushes import Push
from app.sync.sealed import Inside, Opened, Unreadable, digest_of, open_envelope, push_request

PURPOSE = "receipt"
ENVELOPES_AT_MOST = 8
# Of one carrier, taken or refused. A ward's worth of phones in one pocket stays well below.
HANDED_IN_AT_MOST, WITHIN = 60, timedelta(minutes=10)
TRY_AGAIN_AFTER_MS = 60_000

ALTERED = "This code is damaged, altered or not of this hospital. Have it shown again on the phone it came from."
MUST_SIGN_IN = (
    "Their author has to sign in again before these entries can be taken. They are still on the phone they came from."
)
NOT_PLAIN = "The server cannot read these entries. They are still on the phone they came from."


@dataclass(frozen=True)
class Carried:
    """One envelope as its carrier hands it in, and how long they held it."""

    envelope: str
    held_ms: int


def take_in(carrier: Person, envelopes: Sequence[Carried]) -> list[dict[str, Any]]:
    """Deliver envelopes under their authors' names; one answer each (docs/protocol.md, section 10).

    A repeated envelope gets its first answer, its entries have no second effect. What can't be opened is refused with a
    sentence and leaves nothing. AppError `slow_down` (429) beyond what one person can have carried.
    """
    presence.heard(carrier.id, carrier.device)
    return [_take_one(carrier, one) for one in envelopes]


def _take_one(carrier: Person, carried: Carried) -> dict[str, Any]:
    try:
        data = from_base64(carried.envelope)
    except ValueError:
        data = b""
    digest = digest_of(data)
    known = _known(digest)
    if known is not None:
        return known
    _count(carrier)
    received_at = clock.now()
    keys: ServerKeys = current_app.extensions["keys"]
    try:
        opened = open_envelope(data, keys.relay)
    except Unreadable:
        return _refused(digest, "altered", ALTERED)
    return _deliver(carrier, digest, opened, carried.held_ms, received_at)


def _deliver(carrier: Person, digest: str, opened: Opened, held_ms: int, received_at: datetime) -> dict[str, Any]:
    inside = opened.inside
    try:
        author, device = authenticate_token(inside.token)
        request = _request(inside, device, held_ms, received_at)
    except AppError as error:
        if error.code != "token_unknown":
            return _refused(digest, error.code, error.sentence)
        return _refused(digest, "sign_in", MUST_SIGN_IN)
    push = Push(author, device, request, received_at, carrier=carrier)
    with write() as work:
        known = _known(digest)
        if known is not None:
            return known
        commit_pushes([push])
        if push.error is not None:
            raise push.error
        return _answer(work, digest, push, carrier, opened.code)


def _request(inside: Inside, device: str, held_ms: int, received_at: datetime) -> PushRequest:
    if inside.device != device or len(inside.ops) > current_app.extensions["settings"].max_push_ops:
        raise AppError("altered", ALTERED)
    try:
        return push_request(inside, received_at=received_at, held_ms=held_ms)
    except ValueError:
        raise AppError("malformed", NOT_PLAIN) from None


def _answer(work: UnitOfWork, digest: str, push: Push, carrier: Person, code: str) -> dict[str, Any]:
    """Kept for whoever brings the same envelope again, unless an entry in it has to wait."""
    results = push.answers or []
    if any(result["st"] == "retry" for result in results):
        return {"digest": digest, "st": "later", "author_name": push.actor.name, "after_ms": TRY_AGAIN_AFTER_MS}
    refused = [
        op.n
        for op, result in zip(push.request.ops, results, strict=True)
        if result.get("first", result["st"]) == "rejected"
    ]
    answer = {
        "digest": digest,
        "st": "taken",
        "author_name": push.actor.name,
        "count": push.size,
        "refused": refused,
        "receipt": _receipt(digest, push, refused),
        "code": "" if refused else code,
    }
    _keep(work, answer, push, carrier)
    return answer


def _receipt(digest: str, push: Push, refused: Sequence[int]) -> dict[str, str]:
    body = {"v": 1, "digest": digest, "count": push.size, "refused": list(refused), "at": to_wire(push.received_at)}
    text = json.dumps(body, separators=(",", ":"))
    keys: ServerKeys = current_app.extensions["keys"]
    return {"text": text, "sig": keys.sign(PURPOSE, text)}


def _keep(work: UnitOfWork, answer: dict[str, Any], push: Push, carrier: Person) -> None:
    record = {
        "digest": answer["digest"],
        "author": push.actor.id,
        "device": push.device,
        "carrier": carrier.id,
        "carrier_device": carrier.device,
        "count": push.size,
        "received_at": push.received_at,
        "answer": answer,
    }
    work.session.execute(insert(Relayed), [record])
    attestation = attest_now(carrier.id, carrier.name, device=carrier.device)
    tell(work, "entries.carried", attestation, author=push.actor.name, count=push.size)


def _known(digest: str) -> dict[str, Any] | None:
    found = db.session.execute(select(Relayed.answer).where(Relayed.digest == digest)).scalar()
    return None if found is None else dict(found)


def _refused(digest: str, code: str, sentence: str) -> dict[str, Any]:
    return {"digest": digest, "st": "refused", "code": code, "msg": sentence}


def _count(carrier: Person) -> None:
    """One more of this carrier; forged ones count too, as opening them costs as much."""
    lately: dict[str, deque[datetime]] = current_app.extensions.setdefault("carried_lately", {})
    mine, now = lately.setdefault(carrier.id, deque(maxlen=HANDED_IN_AT_MOST)), clock.now()
    if len(mine) == HANDED_IN_AT_MOST and now - mine[0] < WITHIN:
        sentence = (
            "That is more than the server takes from one person at once. It stays on this phone and goes on by itself."
        )
        raise AppError("slow_down", sentence, status=429, retry_after=60)
    mine.append(now)
