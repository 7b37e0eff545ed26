"""Answers that many ask for: made once for each change, told apart by an ETag, and cheap to say again."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol

from flask import Response, current_app, request

from app.base.settings import Settings
from app.pages.public.queries import kept_for_all
from app.pages.routes.language import LANGUAGES, SOURCE_LANGUAGE, language

# A page may be held by a browser, but is asked about each time: an old status must not come out of a cache.
ASK_EACH_TIME = "public, no-cache"
# A proxy in front may answer for so long: ten thousand families then cost the server one question.
FOR_PROGRAMS = "public, max-age=10, must-revalidate"


@dataclass(frozen=True)
class Body:
    """The bytes of an answer, the same packed by gzip, and what names exactly these bytes."""

    data: bytes
    packed: bytes
    mimetype: str
    etag: str


class Keeper(Protocol):
    """Keeps a value by name for as long as what it was made from has not changed."""

    def __call__(self, name: Hashable, make: Callable[[], Body], /) -> Body:
        """The kept value, made now if it is the first question."""


def kept_answer(
    name: Hashable, make: Callable[[], str | bytes], *, mimetype: str, cache: str, keep: Keeper = kept_for_all
) -> Response:
    """The answer of this name as it was made for the present state of the record; 304 when the reader has it."""
    body = keep((name, own_address()), lambda: _body(make(), mimetype))
    # Packed once: a ward's cards are 240 KB as text and 30 KB on the air.
    is_packed = request.accept_encodings["gzip"] > 0
    response = Response(body.packed if is_packed else body.data, content_type=f"{body.mimetype}; charset=utf-8")
    if is_packed:
        response.content_encoding = "gzip"
    response.set_etag(f"{body.etag}-gzip" if is_packed else body.etag)
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = cache
    response.make_conditional(request)
    return response


def _body(made: str | bytes, mimetype: str) -> Body:
    data = made.encode() if isinstance(made, str) else made
    return Body(data, gzip.compress(data, mtime=0), mimetype, hashlib.sha256(data).hexdigest()[:24])


def own_address() -> str:
    """Where people reach this server, with a slash at the end: as set, else as this request names it."""
    settings: Settings = current_app.extensions["settings"]
    return f"{settings.public_url.rstrip('/')}/" if settings.public_url else request.host_url


def asked_language() -> str:
    """The language named in the address; the source language when there is none: programs get the same words always."""
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else SOURCE_LANGUAGE


def page_key() -> tuple[str, str]:
    """What a page's words and links depend on: the reader's language, and whether the address names it."""
    return language(), request.args.get("lang", "") if request.args.get("lang") in LANGUAGES else ""
