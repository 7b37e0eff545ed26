"""A door before the framework: a phone hears there what has changed, or "nothing new", for a third of the work.

Whoever has pulled is known by their whole Cookie header, with what they may read and the stamps that hold for it; one
statement then reads the stamps, the epoch and the head of every scope as they are now. Only when who asks is exactly as
known, and every scope can be followed from where the phone stands, is the answer given here: by the framework's own
words and with its own headers, as heard from it before. In every other case the request goes on to the framework
untouched, which decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from io import BytesIO
from typing import Any

from flask import request
from pydantic import ValidationError
from sqlalchemy import Engine

from app.base import clock
from app.base.lru import Lru
from app.live import presence
from app.live.queries import Ask, delta_rows
from app.people.guard import MAX_BODY_BYTES
from app.people.models import HOUSE
from app.people.person import Person
from app.people.remembered import Stamps, known_sign_in
from app.people.session import cookie_lasts_until
from app.sync.answers import Deltas, Head, deltas, envelope, needs_snapshot
from app.sync.envelope import PullRequest
from app.sync.look import Looks
from app.sync.packing import packed
from app.sync.pull import Granted
from app.sync.recent import Recent, Rows

PULL = "/api/sync/pull"
KNOWN_AT_MOST = 20_000
VISIT = "wardlight.visit"
OF_ONE_ANSWER = frozenset({"content-length", "content-encoding"})
# As phones name us. What else a client may write there is the framework's to judge.
HOST = re.compile(r"[A-Za-z0-9.-]+(:(?!80$|443$)[0-9]{1,5})?")

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Answer = tuple[str, Headers, list[bytes]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Guest:
    """Somebody who has pulled: all that their next pull is judged by, between two instants."""

    user: str
    device: str | None
    scopes: tuple[str, ...]  # in the order granted
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
class Manner:
    """How the framework answers a pull, but for what differs each time. `epoch`: in which history it says nothing."""

    status: str
    headers: Headers
    epoch: str | None

    def says(self, data: bytes = b"", encoding: str | None = None) -> Answer:
        """An answer in this manner; without data there is no body."""
        length = [("Content-Length", str(len(data)))] if data else []
        packing = [] if encoding is None else [("Content-Encoding", encoding)]
        return self.status, [*self.headers, *length, *packing], [data] if data else []


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
            scopes=tuple(granted.scopes),
            stamps=known.stamps,
            cookie_until=cookie_until,
            since=known.since,
            until=min(ends),
        )


class Door:
    """The WSGI application around the framework's."""

    def __init__(self, inside: Application, engine: Engine, *, page_rows: Callable[[], int]) -> None:
        self.inside = inside
        self._looks = Looks(engine)
        self._page_rows = page_rows
        self.guests: Lru[bytes, Guest] = Lru(KNOWN_AT_MOST)
        self._recent = Recent()
        self._manners: dict[tuple[str, str], Manner] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a pull that follows on what the phone has; let everything else through."""
        if environ["PATH_INFO"] != PULL:
            return self.inside(environ, start_response)
        key = _key(environ)
        guest = self.guests.get(key)
        answer = None if guest is None or not _is_usual(environ) else self._answer(environ, guest)
        if answer is None:
            visit = environ[VISIT] = Visit(None if guest is None else guest.cookie_until)
            return self.inside(environ, self._learning(environ, start_response, key, visit))
        status, headers, body = answer
        start_response(status, headers)
        return body

    def forget(self) -> None:
        """Know nobody, and nothing of what was told."""
        self.guests.forget()
        self._recent.forget()

    def _answer(self, environ: Environ, guest: Guest) -> Answer | None:
        now = clock.now()
        asked = _body(environ) if guest.since <= now < guest.until else None
        if asked is None or asked.epoch is None or not _follows_on(asked, guest):
            return None
        moved = self._moved(guest, asked.epoch, asked.cursors)
        if moved is None:
            return None
        manner = self._manners.get((environ["wsgi.url_scheme"], "200" if moved.texts else "204"))
        if manner is None or manner.epoch not in (None, asked.epoch):
            return None
        presence.heard(guest.user, guest.device)
        if not moved.texts:
            return manner.says()
        text = envelope(asked.epoch, guest.scopes, now=now, deltas=moved)
        return manner.says(*packed(text.encode(), environ.get("HTTP_ACCEPT_ENCODING", "")))

    def _moved(self, guest: Guest, epoch: str, cursors: dict[str, int]) -> Deltas | None:
        """What has changed since the phone's cursors; None when there is more to say than that."""
        try:
            with self._looks.look() as ask:
                heads = _heads(ask, guest, epoch)
                if heads is None or any(needs_snapshot(cursors[one], heads[one]) for one in guest.scopes):
                    return None
                return deltas(guest.scopes, cursors, heads, partial(self._changes, epoch, heads, ask))
        except self._looks.faults:
            return None  # the framework knows what to say of a database that is away

    def _changes(self, epoch: str, heads: dict[str, Head], ask: Ask, scope: str, *, after: int) -> Rows:
        limit = self._page_rows()
        read = partial(delta_rows, scope, after=after, limit=limit, ask=ask)
        return self._recent.rows((epoch, scope, after, heads[scope][0], limit), read)

    def _learning(self, environ: Environ, start_response: StartResponse, key: bytes, visit: Visit) -> StartResponse:
        def heard(status: str, headers: Headers, *more: Any) -> Any:
            if visit.guest is not None and not any(name.lower() == "set-cookie" for name, _value in headers):
                self.guests.put(key, visit.guest)
                self._learn(environ["wsgi.url_scheme"], status, headers)
            return start_response(status, headers, *more)

        return heard

    def _learn(self, scheme: str, status: str, headers: Headers) -> None:
        if status[:3] in ("200", "204"):
            lasting = [one for one in headers if one[0].lower() not in OF_ONE_ANSWER]
            self._manners[scheme, status[:3]] = Manner(status, lasting, dict(headers).get("Wardlight"))


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


def _follows_on(asked: PullRequest, guest: Guest) -> bool:
    """Whether the phone holds what the guest may read, no more and no less, and asks and says nothing else."""
    return asked.page is None and not asked.held and asked.cursors.keys() == set(guest.scopes)


def _heads(ask: Ask, guest: Guest, epoch: str) -> dict[str, Head] | None:
    """Where the guest's scopes stand; None when who they are, or this history, is not as known any more."""
    found = ask(_query(len(guest.scopes)), (*guest.scopes, HOUSE, guest.user))
    known = {("rights", whose, stamp) for whose, stamp in guest.stamps} | {("meta", "epoch", epoch)}
    heads = dict.fromkeys(guest.scopes, (0, 0))  # of a scope that nobody wrote to yet
    others = set()
    for what, whose, text, seq, floor in found:
        if what == "scope":
            heads[whose] = (seq, floor)
        else:
            others.add((what, whose, text))
    return heads if others == known else None


@cache
def _query(scopes: int) -> str:
    heads = f"WHERE id IN ({', '.join('?' * scopes)})" if scopes else "WHERE 1 = 0"
    return (
        f"SELECT 'scope', id, NULL, seq, floor FROM scope {heads} "  # noqa: S608 - marks only
        "UNION ALL SELECT 'rights', whose, stamp, 0, 0 FROM rights WHERE whose IN (?, ?) "
        "UNION ALL SELECT 'meta', key, value, 0, 0 FROM server_meta WHERE key = 'epoch'"
    )
