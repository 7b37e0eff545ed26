"""Wallboards: the page, the small JSON it asks for every few seconds, and the door for screens without a person."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from flask import Response, current_app, redirect, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.base import clock
from app.base.errors import AppError, NotAllowed
from app.pages.qr import qr_code
from app.pages.queries import this_site
from app.pages.routes.answers import own_address
from app.pages.routes.language import language
from app.pages.routes.page import pages, show
from app.pages.wall.queries import wall_json
from app.pages.ward.queries import known_units, ward_place
from app.people.commands.screens import enrol_screen, note_screen
from app.people.guard import SCREEN_COOKIE, action, somebody, this_screen

COOKIE_RULES: dict[str, Any] = {"max_age": timedelta(days=3650), "httponly": True, "samesite": "Lax"}
NOW = "X-Wardlight-Now"


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The code that a leader gave."""

    code = StringField(validators=[InputRequired(lazy_gettext("The code is missing.")), Length(max=40)])


@pages.get("/wall")
@pages.get("/wall/<unit>")
@action("public")
def wall(unit: str | None = None) -> BaseResponse:
    """The wallboard for a screen that was let in and for leaders; the door for everybody else."""
    screen = this_screen()
    if screen is not None and screen.unit != unit:
        return redirect(url_for("pages.wall", unit=screen.unit))
    if screen is None and not _is_leader():
        return _door(CodeForm())
    return _board(unit)


@pages.post("/wall")
@action("public")
def enrol() -> BaseResponse:
    """Let this screen in by its code; a wrong one brings the door again, with what to do."""
    form = CodeForm()
    if not form.validate_on_submit():
        stale = gettext("This page was open for too long. Try once more.") if "csrf_token" in form.errors else ""
        return _door(form, refusal=stale, status=400)
    try:
        token, unit = enrol_screen(form.code.data)
    except AppError as error:
        return _door(form, refusal=gettext("That code opens no screen, or no longer."), status=error.status)
    answer = redirect(url_for("pages.wall", unit=unit))
    answer.set_cookie(SCREEN_COOKIE, token, **COOKIE_RULES, secure=request.is_secure)
    return answer


def _is_leader() -> bool:
    person = somebody()
    return person is not None and person.may("wall.read")


def _door(form: CodeForm, *, refusal: str = "", status: int = 200) -> Response:
    return show("pages/wall_door.html", form=form, refusal=refusal, status=status)


def _board(unit: str | None) -> Response:
    site = this_site()
    address = own_address() if unit is None else f"{own_address()}w/{ward_place(unit)}"
    name = known_units()[unit]["name"] if unit else ""
    build = current_app.extensions["build"]
    return show(
        "pages/wall.html", site=site, build=build, unit=unit or "", place=name, address=address, code=qr_code(address)
    )


@pages.get("/api/wall")
@pages.get("/api/wall/<unit>")
@action("wall.read")
def wall_state(unit: str | None = None) -> Response:
    """What the wall shows now (docs/protocol.md section 11); 304 when known. A screen reads its own place only."""
    screen = this_screen()
    if screen is not None:
        if screen.unit != unit:
            raise NotAllowed("This screen belongs to another place.")
        note_screen(screen)
    body = wall_json(unit, build=current_app.extensions["build"], language=language())
    response = Response(body, content_type="application/json; charset=utf-8")
    response.set_etag(hashlib.sha256(body.encode()).hexdigest()[:24])
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    response.headers[NOW] = str(clock.to_wire(clock.now()))
    response.make_conditional(request)
    return response
