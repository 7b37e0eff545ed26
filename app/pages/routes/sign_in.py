"""Signing in and out on a page, for browsers in which the app has not started."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Response, redirect, request, session, url_for
from flask_babel import gettext, lazy_gettext
from flask_login import login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.base.errors import AppError
from app.base.ids import uuid7
from app.pages.public.queries import bulletin_for
from app.pages.routes.language import language
from app.pages.routes.page import pages, show
from app.people.commands.devices import DeviceCard
from app.people.commands.sign_in import sign_in, sign_out
from app.people.guard import action, somebody
from app.people.session import SessionUser

APP = "/app/"
DEVICE_COOKIE = "wardlight_device"
# No second slash or backslash, which browsers read as another host, and no control characters.
PLAIN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20]*\Z")
DEVICE_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
DEVICE_COOKIE_RULES: dict[str, Any] = {"max_age": timedelta(days=365), "httponly": True, "samesite": "Lax"}


class SignInForm(FlaskForm):  # type: ignore[misc]
    """A name and a password; `next` is where to go afterwards."""

    username = StringField(
        filters=[lambda typed: (typed or "").replace("\x00", "")],  # a database may not store NUL
        validators=[InputRequired(lazy_gettext("Your user name is missing.")), Length(max=80)],
    )
    password = PasswordField(validators=[InputRequired(lazy_gettext("Your password is missing.")), Length(max=200)])
    next = HiddenField()


class SignOutForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the proof that it came from our own page."""


@pages.get("/login")
@action("public")
def show_form() -> Response:
    """The form."""
    return _form_page(SignInForm(next=request.args.get("next", "")))


@pages.post("/login")
@action("public")
def login() -> BaseResponse:
    """Sign in and go to the app, or back to the form with what did not fit."""
    form = SignInForm()
    if not form.validate_on_submit():
        stale = gettext("This page was open for too long. Try once more.") if "csrf_token" in form.errors else ""
        return _form_page(form, refusal=stale, status=400)
    device = DeviceCard(_device_id(), request.user_agent.string[:120], "browser")
    try:
        signed_in = sign_in(form.username.data, password=form.password.data, device=device)
    except AppError as error:
        return _refused(form, error)
    session.clear()
    session.permanent = True
    login_user(SessionUser(signed_in.person))
    answer = redirect(own_path(form.next.data))
    answer.set_cookie(DEVICE_COOKIE, device.id, **DEVICE_COOKIE_RULES, secure=request.is_secure)
    return answer


def _device_id() -> str:
    """The browser's own id, so that a stranger's wrong guesses elsewhere do not lock its person out."""
    known = request.cookies.get(DEVICE_COOKIE, "")
    return known if DEVICE_ID.fullmatch(known) else uuid7()


@pages.get("/logout")
@action("public")
def confirm_logout() -> Response:
    """The button that signs out: a link alone must not."""
    return show("pages/sign_out.html", form=SignOutForm(), person=somebody())


@pages.post("/logout")
@action("public")
def logout() -> BaseResponse:
    """End the sign-in of this browser. What is saved on the device stays and goes out under its author's name."""
    form = SignOutForm()
    if not form.validate_on_submit():
        return show("pages/sign_out.html", form=form, person=somebody(), status=400)
    person = somebody()
    if person is not None:
        sign_out(person)
    logout_user()
    session.clear()
    return redirect(url_for("pages.status"))


def _form_page(form: SignInForm, *, refusal: str = "", status: int = 200) -> Response:
    return show("pages/login.html", form=form, refusal=refusal, bulletin=bulletin_for(language()), status=status)


def _refused(form: SignInForm, error: AppError) -> Response:
    response = _form_page(form, refusal=refusal_of(error), status=error.status)
    if "retry_after" in error.facts:
        response.headers["Retry-After"] = str(error.facts["retry_after"])
    return response


def refusal_of(error: AppError) -> str:
    """The refusal in the reader's language."""
    if error.code == "slow_down":
        minutes = -(-int(error.facts["retry_after"]) // 60)
        said = gettext("Too many tries that did not fit. Try again in %(n)s min, or ask the IT lead.", n=minutes)
        return str(said)
    return str(gettext("That name and password do not fit together."))


def own_path(wanted: str | None) -> str:
    """Where to go after signing in: a path of this server, else the app. Never another host."""
    path = wanted or ""
    parts = urlsplit(path)
    is_own = not parts.scheme and not parts.netloc and PLAIN_PATH.match(path)
    return path if is_own else APP
