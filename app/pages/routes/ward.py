"""The page behind the code on the wall, and the worker that keeps it on the phone."""

from __future__ import annotations

from pathlib import Path

from flask import Response, current_app, render_template, request

from app.pages.routes.answers import ASK_EACH_TIME, kept_answer, page_key
from app.pages.routes.language import language
from app.pages.routes.page import pages, time_words
from app.pages.ward.queries import kept_for_ward, unit_at, ward_view
from app.people.guard import action


@pages.get("/w/<place>")
@action("public")
def ward(place: str) -> Response:
    """What is down and what to do on this unit; 404 for an unknown unit or a code that is not right."""
    unit = unit_at(place)
    answer = kept_answer(
        ("ward", *page_key()), lambda: _page(unit), mimetype="text/html", cache=ASK_EACH_TIME, keep=kept_for_ward(unit)
    )
    answer.headers["Content-Language"] = language()
    answer.vary.add("Accept-Language")
    return answer


def _page(unit: str) -> str:
    view = ward_view(unit, language())
    site = view.bulletin.site
    return render_template("pages/ward.html", site=site, language=language(), ward=view, **time_words(site.tz))


@pages.get("/w/sw.js")
@action("public")
def ward_worker() -> Response:
    """The worker of the ward pages: it has their part of the site only and never meets the app's."""
    source = Path(str(current_app.static_folder)) / "js" / "pages" / "ward_worker.js"
    response = Response(source.read_text(encoding="utf-8"), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
