"""For the machines around the server: whether it lives, whether it can serve, and that crawlers stay away."""

from __future__ import annotations

import logging

from flask import Response, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.base.db import db
from app.base.meta import epoch
from app.pages.routes.page import pages
from app.people.guard import action

log = logging.getLogger("wardlight.pages")

STAY_AWAY = "User-agent: *\nDisallow: /\n"
ONLY_THE_STATUS = "User-agent: *\nAllow: /$\nAllow: /static/\nDisallow: /\n"


@pages.get("/healthz")
@action("public")
def alive() -> Response:
    """200 as long as the process answers; it asks nothing else, so that a slow database restarts nobody."""
    return _said("alive", 200)


@pages.get("/readyz")
@action("public")
def ready() -> Response:
    """200 when the database answers and holds a hospital's history; 503 while it does not."""
    try:
        db.session.execute(text("SELECT seq FROM scope LIMIT 1")).first()
        is_ready = bool(epoch())
    except SQLAlchemyError:
        log.exception("health.not_ready")
        is_ready = False
    return _said("ready", 200) if is_ready else _said("not ready", 503)


@pages.get("/robots.txt")
@action("public")
def robots() -> Response:
    """What crawlers may read: nothing, unless the hospital wants its status to be found."""
    searchable = current_app.extensions["settings"].searchable
    return _said((ONLY_THE_STATUS if searchable else STAY_AWAY).rstrip(), 200)


@pages.after_request
def _mark(response: Response) -> Response:
    """Ours, so that a worker can tell it from a hotspot's page; and nothing for crawlers, unless wanted."""
    response.headers["X-Wardlight"] = "1"
    if not current_app.extensions["settings"].searchable:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _said(words: str, status: int) -> Response:
    response = Response(f"{words}\n", status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
