"""What every server-rendered page has: its blueprint, its language, its refusals in the look."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from app.base import clock
from app.pages import times
from app.pages.qr import qr_code
from app.pages.queries import this_site
from app.pages.routes.language import LANGUAGES, language
from app.pages.views import SiteView

pages = Blueprint("pages", __name__)


@pages.url_defaults
def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """A language asked for in the address stays in the addresses of the page."""
    asked = request.args.get("lang") if request else None
    if asked in LANGUAGES:
        values.setdefault("lang", asked)


def show(template: str, *, site: SiteView | None = None, status: int = 200, **values: Any) -> Response:
    """A page of the site, in the reader's language, kept by nobody: an old status must not come out of a cache."""
    shown = site or this_site()
    html = render_template(template, site=shown, language=language(), **time_words(shown.tz), **values)
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language()
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


def time_words(tz: str) -> dict[str, Any]:
    """What templates call to write instants in the hospital's own time, and codes."""
    now = clock.now()

    def moment(instant: datetime) -> str:
        return times.moment(instant, tz, language(), now=now)

    def day(instant: datetime) -> str:
        return times.day(instant, tz, language())

    def day_name(instant: datetime) -> str:
        return times.weekday(instant, tz, language())

    def moment_on(instant: datetime, on: datetime) -> str:
        return times.moment(instant, tz, language(), now=on)

    def hhmm(instant: datetime) -> str:
        return times.clock_time(instant, tz)

    words = {"moment": moment, "moment_on": moment_on, "day": day, "day_name": day_name, "hhmm": hhmm}
    return {**words, "qr": qr_code, "now": now}
