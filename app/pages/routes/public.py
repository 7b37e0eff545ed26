"""The public status: how services stand, what was said of incidents, whom to call. No account needed."""

from __future__ import annotations

from flask import Response, render_template

from app.pages.public.queries import bulletin_for
from app.pages.routes.answers import ASK_EACH_TIME, kept_answer, page_key
from app.pages.routes.language import language
from app.pages.routes.page import pages, time_words
from app.people.guard import action


@pages.get("/")
@action("public")
def status() -> Response:
    """What is down now, and what was in the last days."""
    answer = kept_answer(("page", *page_key()), _page, mimetype="text/html", cache=ASK_EACH_TIME)
    answer.headers["Content-Language"] = language()
    answer.vary.add("Accept-Language")
    return answer


def _page() -> str:
    seen = bulletin_for(language())
    return render_template(
        "pages/status.html", site=seen.site, language=language(), bulletin=seen, **time_words(seen.site.tz)
    )
