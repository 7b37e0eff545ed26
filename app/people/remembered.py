"""Whose a sign-in or a push token is, asked at every request: remembered as long as nothing has changed.

What a memory holds counts only together with its stamps (table `rights`): they are read anew at every question, so that
a change by whatever process is noticed by the very next request. What time alone ends is known beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import bindparam, select

from app.base import clock
from app.base.asking import Asked
from app.base.db import Instant
from app.base.lru import Lru
from app.base.unit_of_work import is_writing
from app.people.models import HOUSE, PushToken, Rights, SignIn, User
from app.people.person import Person
from app.people.queries import ACCOUNT, person_and_end

REMEMBERED_AT_MOST = 20_000
NEVER = datetime.max.replace(tzinfo=UTC)

Stamps = frozenset[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A person as they are under these stamps (whose, stamp), between two instants."""

    person: Person
    stamps: Stamps
    since: datetime
    until: datetime

    def lasts(self) -> bool:
        """Whether time has not ended it; a clock that was set back has."""
        return self.since <= clock.now() < self.until


Memory = Lru[str, Known]

_STAMPS = Asked(select(Rights.whose, Rights.stamp).where(Rights.whose.in_((HOUSE, bindparam("user")))))
_STAMP_OF_HOUSE = select(Rights.stamp).where(Rights.whose == HOUSE).scalar_subquery().label("house")


def _account_of(source: type[SignIn | PushToken], *conditions: Any) -> Asked:
    own = select(Rights.stamp).where(Rights.whose == source.user).scalar_subquery().label("own")
    ends = (source.expires_at.label("expires_at"), source.device.label("device"))
    lasts = (*conditions, source.expires_at > bindparam("now", type_=Instant()))
    return Asked(select(*ACCOUNT, *ends, own, _STAMP_OF_HOUSE).join(source, source.user == User.id).where(*lasts))


# Account and stamps by one statement, and before what the person holds: a change that comes between leaves old stamps
# on what is newer, which only means that it is read again.
_BY_SIGN_IN = _account_of(SignIn, SignIn.id == bindparam("key"), SignIn.ended_at.is_(None), User.active)
_BY_TOKEN = _account_of(PushToken, PushToken.token_hash == bindparam("key"), PushToken.revoked_at.is_(None))


def init_app(app: Flask) -> None:
    """Give the app its memory, unless its settings say that it goes without."""
    remembers = app.extensions["settings"].remembers_sign_ins
    app.extensions["remembered"] = Memory(REMEMBERED_AT_MOST) if remembers else None
    app.extensions["remembered_people"] = Memory(REMEMBERED_AT_MOST)


def person_of_sign_in(sign_in_id: str) -> Person | None:
    """The person of a sign-in that still lasts; None when it ended, expired, or the account did."""
    known = _known(sign_in_id, _BY_SIGN_IN, session_id=sign_in_id)
    return None if known is None else known.person


def author_of_token(token_hash: str) -> Person | None:
    """The author a push token speaks for, with their device; None when it is unknown, expired or revoked."""
    known = _known(token_hash, _BY_TOKEN)
    return None if known is None else known.person


def known_sign_in(person: Person) -> Known | None:
    """What is remembered of exactly this signed-in person, as this request was told of them; None when it is not."""
    memory: Memory | None = current_app.extensions["remembered"]
    known = None if memory is None or person.session_id is None else memory.get(person.session_id)
    return known if known is not None and known.person is person else None


def _known(key: str, query: Asked, *, session_id: str | None = None) -> Known | None:
    memory: Memory | None = current_app.extensions["remembered"]
    if memory is None or is_writing():  # what is read in a unit of work may be undone yet
        return _read(key, query, session_id, None)
    known = memory.get(key)
    if known is not None and known.lasts() and known.stamps == _stamps_now(known.person.id):
        return known
    before, known = known, _read(key, query, session_id, _people())
    if known is None:
        memory.drop(key)
        if before is not None:
            _people().drop(before.person.id)
    else:
        memory.put(key, known)
    return known


def _stamps_now(user: str) -> Stamps:
    return frozenset((whose, stamp) for whose, stamp in _STAMPS({"user": user}))


def _read(key: str, query: Asked, session_id: str | None, people: Memory | None) -> Known | None:
    now = clock.now()
    found = query.first({"key": key, "now": now})
    held = None if found is None else _held(found, people, now)
    if found is None or held is None:
        return None
    return Known(
        person=replace(held.person, session_id=session_id, device=found.device),
        stamps=held.stamps,
        since=held.since,
        until=min(found.expires_at, held.until),
    )


def _held(account: Any, people: Memory | None, now: datetime) -> Known | None:
    """What the person of an account holds, as another sign-in or token of theirs has found it under these stamps."""
    stamps = _stamps_of(account)
    known = None if people is None else people.get(account.id)
    if known is not None and known.lasts() and known.stamps == stamps:
        return known
    held = person_and_end(account)
    if held is None:
        return None
    known = Known(person=held.person, stamps=stamps, since=now, until=held.until or NEVER)
    if people is not None:
        people.put(account.id, known)
    return known


def _people() -> Memory:
    """By their ids, and apart: nobody is ever signed in by an id."""
    people: Memory = current_app.extensions["remembered_people"]
    return people


def _stamps_of(found: Any) -> Stamps:
    both = ((HOUSE, found.house), (found.id, found.own))
    return frozenset((whose, stamp) for whose, stamp in both if stamp is not None)
