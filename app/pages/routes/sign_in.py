"""Signing in and out on a page, for browsers in which the app has not started."""

from __future__ import annotations

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
from app.pages.queries import public_status
from app.pages.routes.page import pages, show
from app.people.commands.devices import DeviceCard
from app.people.commands.sign_in import sign_in, sign_out
from app.people.guard import action, somebody
from app.people.session import SessionUser

APP = "/app/"
DEVICE_COOKIE = "wardlight_device"
DEVICE_COOKIE_SECONDS = 365 * 24 * 3600


class SignInForm(FlaskForm):  # type: ignore[misc]
    """A name and a password; `next` is where to go afterwards."""

    username = StringField(validators=[InputRequired(lazy_gettext("Your user name is missing.")), Length(max=80)])
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
    device = request.cookies.get(DEVICE_COOKIE) or uuid7()
    label = request.user_agent.string[:120]
    card = DeviceCard(device[:64], label, "browser")
    try:
        signed_in = sign_in(form.username.data, password=form.password.data, device=card)
    except AppError as error:
        return _form_page(form, refusal=refusal_of(error), status=error.status, retry_after=error.facts.get("retry_after"))
    session.clear()
    session.permanent = True
    login_user(SessionUser(signed_in.person))
    answer = redirect(own_path(form.next.data))
    answer.set_cookie(
        DEVICE_COOKIE, device[:64], max_age=DEVICE_COOKIE_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return answer


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


def _form_page(
    form: SignInForm, *, refusal: str = "", status: int = 200, retry_after: Any = None
) -> Response:
    response = show("pages/login.html", form=form, refusal=refusal, status_view=public_status(), status=status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def refusal_of(error: AppError) -> str:
    """The refusal in the reader's language."""
    if error.code == "slow_down":
        minutes = -(-int(error.facts["retry_after"]) // 60)
        return gettext("Too many tries that did not fit. Try again in %(n)s min, or ask the IT lead.", n=minutes)
    return gettext("That name and password do not fit together.")


def own_path(wanted: str | None) -> str:
    """Where to go after signing in: a path of this server, else the app. Never another host."""
    parts = urlsplit(wanted or "")
    is_own = not parts.scheme and not parts.netloc and parts.path.startswith("/") and "\\" not in (wanted or "")
    return str(wanted) if is_own and not str(wanted).startswith("//") else APP
