"""Wallboards: a leader gives a code away, a screen becomes known by it, a leader ends it (ADR 22)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import insert, select, update

from app.base import clock
from app.base.attestation import attest_now, by_system
from app.base.errors import AppError, NotFound
from app.base.ids import uuid7
from app.base.unit_of_work import write
from app.live.timeline import tell
from app.people.commands.tokens import TOKEN_BYTES, token_hash
from app.people.models import Screen
from app.people.person import Person, ScreenCard
from app.people.queries import units

CODE_LIFE = timedelta(minutes=15)
SEEN_AGES_BY = timedelta(minutes=5)
# Letters that nobody mixes up when typing with a remote control.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_LETTERS = 8
MAX_LABEL = 80


def add_screen(person: Person, *, unit: str | None, label: str) -> str:
    """A new wallboard of a place; returns the code that lets it in, once and within CODE_LIFE. Each call adds one."""
    words = label.strip()
    if not words or len(words) > MAX_LABEL:
        raise AppError("malformed", f"Say where the screen hangs, in at most {MAX_LABEL} letters.")
    if unit is not None and unit not in {known["id"] for known in units(person.site)}:
        raise NotFound("There is no such unit.")
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LETTERS))
    with write() as work:
        values = {
            "id": uuid7(), "site": person.site, "unit": unit, "label": words, "code_hash": token_hash(code),
            "code_until": work.now + CODE_LIFE, "token_hash": None, "made_by_name": person.name,
            "created_at": work.now, "enrolled_at": None, "seen_at": None, "revoked_at": None,
        }  # fmt: skip
        work.session.execute(insert(Screen), [values])
        tell(work, "screen.added", attest_now(person.id, person.name, device=person.device), unit=unit, label=words)
    return code


def enrol_screen(typed: str) -> tuple[str, str | None]:
    """Let a screen in by its code: its token and its unit. AppError `bad_code` (401) for one that does not count."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with write() as work:
        is_open = (Screen.code_hash == token_hash(code), Screen.code_until > work.now, Screen.revoked_at.is_(None))
        found = work.session.execute(select(Screen.id, Screen.unit, Screen.label).where(*is_open)).first()
        if found is None:
            sentence = "That code does not open a screen, or no longer. Ask a leader for a new one."
            raise AppError("bad_code", sentence, status=401)
        values = {"code_hash": None, "token_hash": token_hash(token), "enrolled_at": work.now, "seen_at": work.now}
        work.session.execute(update(Screen).where(Screen.id == found.id).values(**values))
        tell(work, "screen.enrolled", by_system(), unit=found.unit, label=found.label)
    return token, found.unit


def revoke_screen(person: Person, screen: str) -> None:
    """End a wallboard; its next question is refused. Repeating it changes nothing. NotFound for an unknown one."""
    with write() as work:
        mine = (Screen.id == screen, Screen.site == person.site)
        found = work.session.execute(select(Screen.unit, Screen.label, Screen.revoked_at).where(*mine)).first()
        if found is None:
            raise NotFound("There is no such screen.")
        if found.revoked_at is not None:
            return
        work.session.execute(update(Screen).where(*mine).values(revoked_at=work.now, code_hash=None, token_hash=None))
        by = attest_now(person.id, person.name, device=person.device)
        tell(work, "screen.revoked", by, unit=found.unit, label=found.label)


def note_screen(screen: ScreenCard) -> None:
    """Keep when a screen was last heard, at most every SEEN_AGES_BY: it asks every few seconds."""
    if screen.seen_at is not None and clock.since(screen.seen_at) < SEEN_AGES_BY:
        return
    with write() as work:
        work.session.execute(update(Screen).where(Screen.id == screen.id).values(seen_at=work.now))
