"""Signing in and out. Failures are limited, by account; successes never are, as a whole hospital shares one address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Row, delete, exists, insert, select, update

from app.base import clock
from app.base.attestation import attest_now
from app.base.db import db
from app.base.errors import AppError
from app.base.ids import uuid7
from app.base.settings import Settings
from app.base.unit_of_work import UnitOfWork, write
from app.live.sockets import end_session
from app.live.timeline import tell
from app.people.commands.accounts import put_own_row
from app.people.commands.devices import DeviceCard, meet_device
from app.people.commands.tokens import issue_push_token
from app.people.limits import wait_seconds
from app.people.models import LoginFailure, SignIn, User
from app.people.passwords import hash_secret, is_outdated, secret_fits
from app.people.person import Person
from app.people.queries import person_of


@dataclass(frozen=True)
class SignedIn:
    """Somebody who has just signed in, with the push token of this device, which is shown this once."""

    person: Person
    push_token: str


@dataclass(frozen=True)
class _Attempt:
    """A try to sign in; `known`: this person has signed in on this device before."""

    account: str
    device: DeviceCard
    secret: str
    by_pin: bool
    known: bool


def sign_in(username: str, *, device: DeviceCard, password: str | None = None, pin: str | None = None) -> SignedIn:
    """Sign somebody in with a password, or with a PIN on a device where they signed in before.

    AppError `bad_credentials` (401) whatever did not fit; `slow_down` (429, `retry_after` seconds) after too many
    failures of the account. Each success is a new sign-in with a new token.
    """
    account = username.strip().lower()
    secret = pin if pin is not None else password or ""
    attempt = _Attempt(account, device, secret, pin is not None, _knows(account, device.id))
    _refuse_when_too_many(attempt)
    user = db.session.execute(
        select(User.id, User.name, User.active, User.password_hash, User.pin_hash).where(User.username == account)
    ).first()
    kept = _hash_to_check(user, attempt)
    db.session.rollback()  # hashing is slow: meanwhile this request holds no connection of the pool
    fits = secret_fits(kept, secret)
    fresh = hash_secret(secret) if fits and kept is not None and is_outdated(kept) else None
    with write() as work:
        _refuse_when_too_many(attempt)  # again: many guesses may have been checked at the same time
        signed_in = _open(work, user, attempt, fresh) if fits and user is not None else None
        if signed_in is None:
            _note_failure(work, attempt, None if user is None else user.id)
    if signed_in is None:
        raise AppError("bad_credentials", "That name and password do not fit together.", status=401)
    return signed_in


def prove_password(person: Person, password: str) -> None:
    """Somebody signed in proves once more who they are. AppError `bad_credentials` (401); `slow_down` (429): failures
    count like those of signing in."""
    attempt = _Attempt(person.username, DeviceCard(person.device or ""), password, by_pin=False, known=True)
    _refuse_when_too_many(attempt)
    kept = db.session.execute(select(User.password_hash).where(User.id == person.id)).scalar()
    db.session.rollback()  # hashing is slow: meanwhile this request holds no connection of the pool
    fits = secret_fits(kept, password)
    with write() as work:
        _refuse_when_too_many(attempt)
        if not fits:
            _note_failure(work, attempt, person.id)
    if not fits:
        raise AppError("bad_credentials", "That is not your password.", status=401)


def _knows(account: str, device: str) -> bool:
    seen = exists().where(SignIn.device == device, SignIn.user == User.id, User.username == account)
    return bool(db.session.execute(select(seen)).scalar())


def _refuse_when_too_many(attempt: _Attempt) -> None:
    """A device the person uses counts only its own failures, so that a stranger cannot lock them out of it."""
    settings: Settings = current_app.extensions["settings"]
    window = timedelta(minutes=settings.login_failure_window_minutes)
    since = clock.now() - window
    query = select(LoginFailure.at).where(LoginFailure.account == attempt.account, LoginFailure.at > since)
    if attempt.known:
        query = query.where(LoginFailure.device == attempt.device.id)
    failures = db.session.execute(query).scalars().all()
    wait = wait_seconds(failures, now=clock.now(), allowed=settings.login_failures_allowed, window=window)
    if wait:
        minutes = -(-wait // 60)
        sentence = f"Too many tries that did not fit. Try again in {minutes} min, or ask the IT lead."
        raise AppError("slow_down", sentence, status=429, retry_after=wait)


def _hash_to_check(user: Row[*tuple[Any, ...]] | None, attempt: _Attempt) -> str | None:
    if user is None or not user.active:
        return None
    if attempt.by_pin:
        return str(user.pin_hash) if attempt.known and user.pin_hash else None
    return str(user.password_hash) if user.password_hash else None


def _note_failure(work: UnitOfWork, attempt: _Attempt, user: str | None) -> None:
    """Count it for known and unknown accounts alike. The event names the account only if there is one: what was
    typed as a name may have been a password."""
    window = timedelta(minutes=current_app.extensions["settings"].login_failure_window_minutes)
    work.session.execute(delete(LoginFailure).where(LoginFailure.at <= work.now - window))
    failure = {"id": uuid7(), "account": attempt.account, "device": attempt.device.id, "at": work.now}
    work.session.execute(insert(LoginFailure), [failure])
    tell(work, "person.sign_in_refused", attest_now(None, "", device=attempt.device.id), account=user)


def _open(work: UnitOfWork, user: Row[*tuple[Any, ...]], attempt: _Attempt, fresh_hash: str | None) -> SignedIn | None:
    """The sign-in with its token; None when the account ended while its password was checked."""
    person = person_of(user.id)
    if person is None or not work.session.execute(select(User.active).where(User.id == user.id)).scalar():
        return None
    if fresh_hash is not None:
        changed = {"pin_hash" if attempt.by_pin else "password_hash": fresh_hash}
        work.session.execute(update(User).where(User.id == user.id).values(**changed))
    device, session_id = attempt.device, uuid7()
    meet_device(work, user.id, device)
    values = {
        "id": session_id,
        "user": user.id,
        "device": device.id,
        "created_at": work.now,
        "expires_at": work.now + current_app.extensions["settings"].session_life,
        "ended_at": None,
    }
    work.session.execute(insert(SignIn), [values])
    own = (LoginFailure.account == attempt.account, LoginFailure.device == device.id)
    work.session.execute(delete(LoginFailure).where(*own))
    put_own_row(work, user.id)
    tell(work, "person.signed_in", attest_now(user.id, user.name, device=device.id))
    token = issue_push_token(work, user.id, device.id)
    return SignedIn(replace(person, session_id=session_id, device=device.id), token)


def sign_out(person: Person) -> None:
    """End this sign-in. Push tokens stay: what is recorded must still arrive. Repeating it changes nothing."""
    with write() as work:
        ended = work.session.execute(
            update(SignIn).where(SignIn.id == person.session_id, SignIn.ended_at.is_(None)).values(ended_at=work.now)
        )
        if ended.rowcount:  # type: ignore[attr-defined]
            tell(work, "person.signed_out", attest_now(person.id, person.name, device=person.device))
            for end in current_app.extensions["on_sign_out"]:
                end(work, person)
            work.after_commit(lambda: end_session(str(person.session_id)))
