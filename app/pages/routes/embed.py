"""The banner for other sites: a page of its own in a frame, so that no script of ours runs in theirs (ADR 21)."""

from __future__ import annotations

from flask import Response, current_app, render_template

from app.pages.public.framing import banner_policy
from app.pages.public.queries import bulletin_for
from app.pages.routes.answers import ASK_EACH_TIME, kept_answer, page_key
from app.pages.routes.language import language
from app.pages.routes.page import pages, time_words
from app.people.guard import action


@pages.get("/embed/banner")
@action("public")
def banner() -> Response:
    """One line: what is really down now. `?lang=es` for Spanish."""
    answer = kept_answer(("banner", *page_key()), _banner, mimetype="text/html", cache=ASK_EACH_TIME)
    answer.headers["Content-Security-Policy"] = banner_policy(current_app.extensions["settings"].embed_origins)
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Content-Language"] = language()
    answer.vary.add("Accept-Language")
    return answer


def _banner() -> str:
    seen = bulletin_for(language())
    return render_template(
        "pages/banner.html", site=seen.site, language=language(), bulletin=seen, **time_words(seen.site.tz)
    )
