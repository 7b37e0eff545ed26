"""For the machines around the server: whether it lives, whether it can serve, and that crawlers stay away."""

from __future__ import annotations

import logging
from datetime import datetime
from hmac import compare_digest

from flask import Response, current_app
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.base.db import db, is_away
from app.base.errors import NotFound
from app.base.instants import to_wire
from app.base.meta import epoch
from app.live.line import Line
from app.pages.routes.page import pages
from app.people.guard import action, bearer_token

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
    """200 when the database answers and holds a hospital's history; 503 while it does not.

    Without Redis it is ready all the same: news only reaches phones some seconds later. A second line says so.
    """
    try:
        db.session.execute(text("SELECT seq FROM scope LIMIT 1")).first()
        is_ready = bool(epoch())
    except SQLAlchemyError as error:
        log.warning("health.not_ready", extra={"error": type(error).__name__}, exc_info=not is_away(error))
        is_ready = False
    words = [] if line_lost_here() is None else [f"redis is not heard since {to_wire(line_lost_here())}"]
    return _said("\n".join(["ready" if is_ready else "not ready", *words]), 200 if is_ready else 503)


@pages.get("/metrics")
@action("public")
def metrics() -> Response:
    """Counts for a Prometheus that knows the word of the setting; 404 for everybody else, and without a setting."""
    word = current_app.extensions["settings"].metrics_token
    if not word or not compare_digest(bearer_token().encode(), word.encode()):
        raise NotFound
    response = Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


def line_lost_here() -> datetime | None:
    """Since when this process does not hear the others of the house; None when it does, or is alone."""
    line: Line = current_app.extensions["line"]
    return line.since if line.up is False else None


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
