"""Where leaders find the calendar of planned downtimes: an address that nobody can guess."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app

from app.base.unit_of_work import UnitOfWork
from app.live.rows import put_row
from app.live.scopes import site_command_scope


def calendar_token(site: str) -> str:
    """The site's token: the same for ever on this installation, useless on another."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"wardlight.calendar|{site}".encode(), hashlib.sha256).hexdigest()[:40]


def calendar_path(site: str) -> str:
    """The path of the calendar, with the token unless everybody may read it."""
    if current_app.extensions["settings"].calendar_public:
        return "/calendar.ics"
    return f"/calendar.ics?token={calendar_token(site)}"


def put_calendar(work: UnitOfWork, site: str) -> None:
    """Put the row that tells leaders the address."""
    put_row(work, site_command_scope(site), "calendar", "calendar", {"path": calendar_path(site)})
