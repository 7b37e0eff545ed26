"""The public status: what is down, what still works, whom to call. No account needed."""

from __future__ import annotations

from flask import Response

from app.pages.queries import public_status
from app.pages.routes.page import pages, show
from app.people.guard import action


@pages.get("/")
@action("public")
def status() -> Response:
    """What is down now."""
    view = public_status()
    return show("pages/status.html", site=view.site, status_view=view)
