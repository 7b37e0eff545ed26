"""The record of an incident, for leaders."""

from __future__ import annotations

from flask import Response, request

from app.pages import queries
from app.pages.routes.language import language
from app.pages.routes.page import pages, show
from app.people.guard import action


@pages.get("/incidents/<incident>/timeline")
@action("timeline.view")
def timeline(incident: str) -> Response:
    """Every event of the incident, newest first; `?before=<event>` goes further back."""
    view = queries.timeline(incident, before=request.args.get("before"), language=language())
    return show("pages/timeline.html", site=view.site, timeline=view)
