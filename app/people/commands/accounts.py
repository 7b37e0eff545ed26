"""Accounts and memberships."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from sqlalchemy import insert, select, update

from app.base.attestation import Attestation
from app.base.errors import AppError, NotFound
from app.base.ids import uuid7
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import drop_row, put_row
from app.live.scopes import user_scope
from app.live.sockets import end_session, tell_user
from app.live.timeline import tell
from app.people.commands.cover import mark_units_of
from app.people.commands.leaders import LEADERS
from app.people.models import Duty, Membership, SignIn, User
from app.people.passwords import hash_secret
from app.people.permissions import may_claim_duty
from app.people.queries import me_body
from app.people.standby.queries import is_successor

USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,79}")
PIN = re.compile(r"[0-9]{4,12}")
MIN_PASSWORD_CHARS = 8
MAX_PASSWORD_CHARS = 200


def add_user(
    attestation: Attestation,
    *,
    username: str,
    name: str,
    password_hash: str | None = None,
    memberships: Iterable[tuple[str, str]] = (),
    user_id: str | None = None,
) -> str:
    """Add a person with their (unit, role) memberships and return their id.

    `password_hash` comes from hash_secret, made before any unit of work. AppError `bad_username`, `username_taken`.
    """
    account = username.strip().lower()
    if not USERNAME.fullmatch(account):
        raise AppError("bad_username", "A user name has at most 80 letters, digits and . _ @ + - in it.")
    new_id = user_id or uuid7()
    with write() as work:
        if work.session.execute(select(User.id).where(User.username == account)).first() is not None:
            raise AppError("username_taken", "Somebody has this user name already.", status=409)
        values = {
            "id": new_id,
            "username": account,
            "name": name.strip() or account,
            "password_hash": password_hash,
            "pin_hash": None,
            "active": True,
            "created_at": work.now,
        }
        work.session.execute(insert(User), [values])
        for unit, role in memberships:
            _hold(work, new_id, unit, role)
        put_me(work, new_id)
        tell(work, "person.added", attestation, name=values["name"])
    return new_id


def add_membership(user: str, *, unit: str, role: str) -> None:
    """Give a person a role in a unit. Repeating it changes nothing; an ended one lasts again."""
    with write() as work:
        _hold(work, user, unit, role)
        rights_changed(work, user)


def _hold(work: UnitOfWork, user: str, unit: str, role: str) -> None:
    key = (Membership.user == user, Membership.unit == unit, Membership.role == role)
    if work.session.execute(update(Membership).where(*key).values(until=None)).rowcount == 0:  # type: ignore[attr-defined]
        values = {"user": user, "unit": unit, "role": role, "since": work.now, "until": None}
        work.session.execute(insert(Membership), [values])


def end_membership(user: str, *, unit: str, role: str) -> None:
    """Take a role in a unit from a person, with every duty that rested on it. What they recorded before may arrive
    for a day. Repeating it changes nothing."""
    with write() as work:
        work.session.execute(
            update(Membership)
            .where(
                Membership.user == user, Membership.unit == unit, Membership.role == role, Membership.until.is_(None)
            )
            .values(until=work.now)
        )
        _end_duty_without_ground(work, user)
        rights_changed(work, user)


def _end_duty_without_ground(work: UnitOfWork, user: str) -> None:
    """Duty may be in another unit than the membership it was claimed with; it must not outlive it."""
    kept = work.session.execute(
        select(Membership.role).where(Membership.user == user, Membership.until.is_(None))
    ).scalars()
    held = list(kept)
    open_duty = select(Duty.id, Duty.unit, Duty.role).where(Duty.user == user, Duty.until.is_(None))
    lasting = work.session.execute(open_duty).all()
    ended = [
        duty.id
        for duty in lasting
        if not may_claim_duty(held, duty.role) and not is_successor(user, duty.unit, duty.role)
    ]
    work.session.execute(update(Duty).where(Duty.id.in_(ended)).values(until=work.now))


def end_account(user: str) -> None:
    """Close an account: its sign-ins end now, its push tokens stop working after a day. Its record stays."""
    with write() as work:
        work.session.execute(
            update(User).where(User.id == user, User.active.is_(True)).values(active=False, ended_at=work.now)
        )
        work.session.execute(update(Duty).where(Duty.user == user, Duty.until.is_(None)).values(until=work.now))
        _end_sign_ins(work, user)
        rights_changed(work, user)


def set_password(user: str, password: str) -> None:
    """Give a person a new password; their sign-ins everywhere end. AppError `weak_password`; NotFound."""
    if not MIN_PASSWORD_CHARS <= len(password) <= MAX_PASSWORD_CHARS:
        sentence = f"A password has at least {MIN_PASSWORD_CHARS} and at most {MAX_PASSWORD_CHARS} characters."
        raise AppError("weak_password", sentence)
    _keep_secret(user, password_hash=hash_secret(password))


def set_pin(user: str, pin: str | None) -> None:
    """Give a person a PIN for devices where they signed in before, or take it away. AppError `weak_pin`; NotFound."""
    if pin is not None and not PIN.fullmatch(pin):
        raise AppError("weak_pin", "A PIN has 4 to 12 digits.")
    _keep_secret(user, pin_hash=None if pin is None else hash_secret(pin))


def _keep_secret(user: str, **changed: str | None) -> None:
    with write() as work:
        kept = work.session.execute(update(User).where(User.id == user).values(**changed))
        if kept.rowcount == 0:  # type: ignore[attr-defined]
            raise NotFound("There is no such account.")
        _end_sign_ins(work, user)
        work.after_commit(lambda: tell_user(user, "auth", {}))


def _end_sign_ins(work: UnitOfWork, user: str) -> None:
    lasting = work.session.execute(select(SignIn.id).where(SignIn.user == user, SignIn.ended_at.is_(None))).scalars()
    for session in lasting.all():
        work.after_commit(partial(end_session, session))
    work.session.execute(update(SignIn).where(SignIn.user == user, SignIn.ended_at.is_(None)).values(ended_at=work.now))


def rights_changed(work: UnitOfWork, user: str) -> None:
    """What a person may read has changed: their own row tells it, and their phones boot again."""
    put_me(work, user)
    work.after_commit(lambda: tell_user(user, "auth", {}))


def put_me(work: UnitOfWork, user: str) -> None:
    """What a person holds has changed: put their own row, and count again what others see of it."""
    LEADERS.mark(work, "all")
    mark_units_of(work, user)
    put_own_row(work, user)


def put_own_row(work: UnitOfWork, user: str) -> None:
    """Put the person's `me` row into their own scope; it goes when the account has ended for good."""
    body = me_body(user)
    if body is None:
        drop_row(work, user_scope(user), user, "me")
    else:
        put_row(work, user_scope(user), user, "me", body)
