"""The styleguide: every part in every state, in the demo only."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import Response, abort, current_app

from app.pages.queries import this_site
from app.pages.routes.page import pages, show
from app.people.guard import action

SYMBOL = re.compile(r'<symbol id="i-([a-z-]+)"')


@pages.get("/styleguide")
@action("public")
def styleguide() -> Response:
    """All parts side by side; 404 outside of the demo."""
    site = this_site()
    if not site.demo:
        abort(404)
    return show("pages/styleguide.html", site=site, icons=icon_names(str(current_app.static_folder)))


@cache
def icon_names(static_folder: str) -> tuple[str, ...]:
    """The icons of the sprite, in its order."""
    sprite = Path(static_folder) / "icons" / "icons.svg"
    return tuple(SYMBOL.findall(sprite.read_text(encoding="utf-8")))
