"""Push tokens: the right of one person to hand in ops from one device, also after their sign-in has ended."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from flask import current_app
from sqlalchemy import insert, update

from app.base.attestation import attest_now
from app.base.errors import AppError
from app.base.unit_of_work import UnitOfWork, write
from app.live.timeline import tell
from app.people.models import PushToken
from app.people.person import Person
from app.people.remembered import author_of_token

TOKEN_BYTES = 32


def token_hash(token: str) -> str:
    """What is kept of a token. It is random and long, so that a plain hash cannot be guessed back."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def issue_push_token(work: UnitOfWork, user: str, device: str) -> str:
    """A new token of a person on a device; earlier ones stay valid, as their answer may have been lost on the way."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    life = timedelta(days=current_app.extensions["settings"].push_token_days)
    values = {
        "token_hash": token_hash(token),
        "user": user,
        "device": device,
        "created_at": work.now,
        "expires_at": work.now + life,
        "revoked_at": None,
    }
    work.session.execute(insert(PushToken), [values])
    return token


def renew_push_token(person: Person) -> str:
    """A new token for somebody signed in whose phone lost its own."""
    if person.device is None:
        raise AppError("malformed", "This sign-in has no device. Please sign in again.")
    with write() as work:
        token = issue_push_token(work, person.id, person.device)
        tell(work, "device.token_given", attest_now(person.id, person.name, device=person.device))
    return token


def authenticate_token(token: str) -> tuple[Person, str]:
    """The author a token speaks for and their device. AppError `token_unknown` (401): the phone keeps its ops."""
    author = author_of_token(token_hash(token)) if token else None
    if author is None or author.device is None:
        sentence = "This phone has to sign in again before it can send. Nothing is lost."
        raise AppError("token_unknown", sentence, status=401)
    return author, author.device


def revoke_push_tokens(user: str, *, device: str | None = None) -> int:
    """End the tokens of a person, or only those on one device; returns how many. Repeating it ends none."""
    conditions = [PushToken.user == user, PushToken.revoked_at.is_(None)]
    if device is not None:
        conditions.append(PushToken.device == device)
    with write() as work:
        ended = work.session.execute(update(PushToken).where(*conditions).values(revoked_at=work.now))
    return int(ended.rowcount)  # type: ignore[attr-defined]
