"""The public status for programs: Statuspage API version 2 and an Atom feed. Read-only, open to every origin."""

from __future__ import annotations

import json

from flask import Blueprint, Response, abort
from flask_babel import force_locale

from app.pages.public.feed import atom_feed
from app.pages.public.queries import bulletin
from app.pages.public.sentences import sentences
from app.pages.public.statuspage import PATHS, documents
from app.pages.routes.answers import FOR_PROGRAMS, asked_language, kept_answer, own_address
from app.people.guard import action

feeds = Blueprint("feeds", __name__)

# The answers are the same for everybody and read no cookie, so any page may fetch them.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@feeds.after_request
def _open_to_all(response: Response) -> Response:
    response.headers.update(CORS)
    return response


@feeds.get("/api/v2/<path:name>")
@action("public")
def statuspage(name: str) -> Response:
    """A document of the Statuspage API (docs/protocol.md section 7); 404 for any other name."""
    if name not in PATHS:
        abort(404)
    code = asked_language()
    return kept_answer(
        ("v2", name, code), lambda: _document(name, code), mimetype="application/json", cache=FOR_PROGRAMS
    )


def _document(name: str, code: str) -> str:
    with force_locale(code):
        made = documents(bulletin(), address=own_address(), sentences=sentences())
    return json.dumps(made[name], ensure_ascii=False)


@feeds.get("/status.atom")
@action("public")
def atom() -> Response:
    """The feed; `?lang=es` for its fixed sentences in Spanish."""
    code = asked_language()
    return kept_answer(("atom", code), lambda: _feed(code), mimetype="application/atom+xml", cache=FOR_PROGRAMS)


def _feed(code: str) -> bytes:
    with force_locale(code):
        return atom_feed(bulletin(), address=own_address(), sentences=sentences(), language=code)
