"""Refusals as pages in the look; the phone's door and the API get their JSON."""

from __future__ import annotations

import logging
import random

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError, TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from app.base.db import is_away
from app.base.errors import AppError
from app.pages.routes.page import pages, show
from app.pages.views import SiteView

FOR_PROGRAMS = ("/api/", "/socket.io/", "/static/", "/sw.js")
CODES = {403: "not_allowed", 404: "not_found", 405: "malformed", 413: "too_large", 429: "slow_down", 500: "try_later"}
SHOWN = frozenset({403, 404, 429, 500})
AWAY = "The server cannot reach its database at the moment. What you record is kept on this phone and handed in later."
# Spread, so that a thousand phones do not all come in the second in which the database is back.
COME_BACK_IN_SECONDS = (2, 8)

log = logging.getLogger("wardlight.pages")


def init_app(app: Flask) -> None:
    """Answer refused requests of the whole application."""
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(500, answer_fault)
    for kind in (OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(kind, answer_database)


@pages.errorhandler(AppError)
def answer_refusal(error: AppError) -> ResponseReturnValue:
    """A command or query refused."""
    response = refusal_page(error.status)
    if "retry_after" in error.facts:
        response.headers["Retry-After"] = str(error.facts["retry_after"])
    return response


def answer_http(error: HTTPException) -> ResponseReturnValue:
    """Werkzeug refused: no such address, too large, too many."""
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error
    if request.path.startswith(FOR_PROGRAMS):
        return {"code": CODES.get(status, "malformed"), "msg": str(error.description or error.name)}, status
    return refusal_page(status)


def answer_fault(error: Exception) -> ResponseReturnValue:
    """Our own fault. The log has it; the reader gets what helps now."""
    if request.path.startswith(FOR_PROGRAMS):
        return {"code": CODES[500], "msg": "This did not work here. What you record is kept; try again."}, 500
    return refusal_page(500)


def answer_database(error: SQLAlchemyError) -> ResponseReturnValue:
    """The database did not answer: come back in a moment. Anything else of it is our own fault."""
    if not is_away(error):
        log.error("database.fault", exc_info=error)
        return answer_fault(error)
    log.warning("database.away", extra={"path": request.path, "error": type(error).__name__})
    wait = {"Retry-After": str(random.randint(*COME_BACK_IN_SECONDS))}
    if request.path.startswith(FOR_PROGRAMS):
        return {"code": "try_later", "msg": AWAY}, 503, wait
    response = refusal_page(503)
    response.headers.update(wait)
    return response


def refusal_page(status: int) -> Response:
    """The page of a status; those without one of their own get that of the next of kind."""
    kind = status if status in SHOWN else (500 if status >= 500 else 404)
    site = nameless_site() if kind == 500 else None
    return show("pages/refused.html", site=site, kind=kind, status=status)


def nameless_site() -> SiteView:
    """The site as far as it is known without the database, which may be the very fault."""
    return SiteView("", "", "UTC", demo=current_app.extensions["settings"].demo)
