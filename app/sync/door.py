"""A door before the framework: an up-to-date phone hears "nothing new" there, for a quarter of the work.

It only repeats what the framework has said before. Whoever has pulled is known by their whole Cookie header, with what
they may read and the stamps that hold for it; one statement then reads the stamps, the epoch and the head of every
scope as they are now. Only when all of it is exactly as known, and as the phone says, is the answer 204. In every other
case the request goes on to the framework untouched, which decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from flask import request
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.base import clock
from app.base.bulk import mark_of
from app.base.lru import Lru
from app.live import presence
from app.people.guard import MAX_BODY_BYTES
from app.people.models import HOUSE
from app.people.person import Person
from app.people.remembered import Stamps, known_sign_in
from app.people.session import cookie_lasts_until
from app.sync.envelope import PullRequest
from app.sync.pull import Granted

PULL = "/api/sync/pull"
KNOWN_AT_MOST = 20_000
VISIT = "wardlight.visit"
# As phones name us. What else a client may write there is the framework's to judge.
HOST = re.compile(r"[A-Za-z0-9.-]+(:(?!80$|443$)[0-9]{1,5})?")

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Guest:
    """Somebody who has pulled: all that their next pull is judged by, between two instants."""

    user: str
    device: str | None
    scopes: frozenset[str]
    stamps: Stamps
    cookie_until: datetime
    since: datetime
    until: datetime


@dataclass(slots=True)
class Visit:
    """A pull on its way through the framework, which says who it was. (A layer between hands on a copy of the
    environment, so that nothing new in it would come back.)"""

    cookie_until: datetime | None
    guest: Guest | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """How the framework says that nothing is new, in an epoch."""

    epoch: str
    status: str
    headers: Headers


def introduce(person: Person, granted: Granted) -> None:
    """Let the door know whoever pulls now, so that it can answer next time; nothing happens where there is none."""
    visit: Visit | None = request.environ.get(VISIT)
    known = None if visit is None else known_sign_in(person)
    if visit is None or known is None:
        return
    cookie_until = visit.cookie_until or cookie_lasts_until()
    if cookie_until is not None:
        ends = [known.until, cookie_until, *([] if granted.until is None else [granted.until])]
        visit.guest = Guest(
            user=person.id,
            device=person.device,
            scopes=frozenset(granted.scopes),
            stamps=known.stamps,
            cookie_until=cookie_until,
            since=known.since,
            until=min(ends),
        )


class Door:
    """The WSGI application around the framework's."""

    def __init__(self, inside: Application, engine: Engine) -> None:
        self.inside = inside
        self._engine = engine
        self._faults = (SQLAlchemyError, engine.dialect.loaded_dbapi.Error)
        self.guests: Lru[bytes, Guest] = Lru(KNOWN_AT_MOST)
        self._answers: dict[str, Answer] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a pull that brings nothing new; let everything else through."""
        if environ["PATH_INFO"] != PULL:
            return self.inside(environ, start_response)
        key = _key(environ)
        guest = self.guests.get(key)
        answer = None if guest is None or not _is_usual(environ) else self._answer(environ, guest)
        if answer is None:
            visit = environ[VISIT] = Visit(None if guest is None else guest.cookie_until)
            return self.inside(environ, self._learning(environ, start_response, key, visit))
        start_response(answer.status, list(answer.headers))
        return []

    def forget(self) -> None:
        """Know nobody."""
        self.guests.forget()

    def _answer(self, environ: Environ, guest: Guest) -> Answer | None:
        answer = self._answers.get(environ["wsgi.url_scheme"])
        if answer is None or not guest.since <= clock.now() < guest.until:
            return None
        asked = _body(environ)
        if asked is None or asked.page is not None or asked.held or asked.epoch != answer.epoch:
            return None
        if asked.cursors.keys() != guest.scopes or not self._is_up_to_date(guest, answer.epoch, asked.cursors):
            return None
        presence.heard(guest.user, guest.device)
        return answer

    def _is_up_to_date(self, guest: Guest, epoch: str, cursors: dict[str, int]) -> bool:
        """Whether the database says the same as the phone and the memory. A scope that nobody wrote to has no head."""
        heads = {("scope", scope, str(cursor)) for scope, cursor in cursors.items() if cursor}
        stamps = {("rights", whose, stamp) for whose, stamp in guest.stamps}
        try:
            return self._read(guest) == heads | stamps | {("meta", "epoch", epoch)}
        except self._faults:
            return False  # the framework knows what to say of a database that is away

    def _read(self, guest: Guest) -> set[tuple[str, str, str]]:
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(_query(len(guest.scopes), mark_of(self._engine.dialect)), (*guest.scopes, HOUSE, guest.user))
            return set(cursor.fetchall())
        except self._faults:
            connection.invalidate()
            raise
        finally:
            connection.close()

    def _learning(self, environ: Environ, start_response: StartResponse, key: bytes, visit: Visit) -> StartResponse:
        def heard(status: str, headers: Headers, *more: Any) -> Any:
            if visit.guest is not None and not any(name.lower() == "set-cookie" for name, _value in headers):
                self.guests.put(key, visit.guest)
                if status.startswith("204"):
                    epoch = dict(headers)["Wardlight"]
                    self._answers[environ["wsgi.url_scheme"]] = Answer(epoch, status, list(headers))
            return start_response(status, headers, *more)

        return heard


def _is_usual(environ: Environ) -> bool:
    """Whether it looks as pulls of phones do: of our own pages, JSON, of a known and small size."""
    host, origin = environ.get("HTTP_HOST", ""), environ.get("HTTP_ORIGIN")
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("CONTENT_TYPE") == "application/json"
        and "HTTP_TRANSFER_ENCODING" not in environ
        and HOST.fullmatch(host) is not None
        and (origin is None or origin in (f"http://{host}", f"https://{host}"))
        and 0 < _length(environ) <= MAX_BODY_BYTES
    )


def _length(environ: Environ) -> int:
    said = environ.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < len(str(MAX_BODY_BYTES)) + 1 else 0


def _key(environ: Environ) -> bytes:
    """What a Cookie header is known by: the cookie itself is not kept."""
    return sha256(environ.get("HTTP_COOKIE", "").encode("latin-1", "replace")).digest()


def _body(environ: Environ) -> PullRequest | None:
    """What is asked, or None when it is not understood. The framework can read it once more."""
    try:
        data = environ["wsgi.input"].read(_length(environ))
    except OSError:
        return None  # it broke off: whoever reads on hears the same
    environ["wsgi.input"] = BytesIO(data)
    try:
        return PullRequest.model_validate_json(data)
    except ValidationError:
        return None


@cache
def _query(scopes: int, mark: str) -> str:
    heads = f"WHERE id IN ({', '.join([mark] * scopes)})" if scopes else "WHERE 1 = 0"
    return (
        f"SELECT 'scope', id, CAST(seq AS TEXT) FROM scope {heads} "  # noqa: S608 - marks only
        f"UNION ALL SELECT 'rights', whose, stamp FROM rights WHERE whose IN ({mark}, {mark}) "
        "UNION ALL SELECT 'meta', key, value FROM server_meta WHERE key = 'epoch'"
    )
