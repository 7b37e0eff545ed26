"""The calendar of planned downtimes, for the calendars of staff: no sign-in, but an address nobody can guess."""

from __future__ import annotations

import hmac

from flask import Response, current_app, request

from app.base.errors import NotFound
from app.pages.queries import calendar
from app.pages.routes.page import pages
from app.people.guard import action
from app.response.commands.calendar import calendar_token


@pages.get("/calendar.ics")
@action("public")
def planned_downtimes() -> Response:
    """Planned downtimes as iCalendar. NotFound without the token, unless the site shows them to everybody."""
    site, text = calendar()
    is_public = current_app.extensions["settings"].calendar_public
    if not is_public and not hmac.compare_digest(request.args.get("token", "").encode(), calendar_token(site).encode()):
        raise NotFound("There is no calendar at this address.")
    return Response(text, mimetype="text/calendar", headers={"Cache-Control": "private, max-age=300"})
