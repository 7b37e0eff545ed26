"""The cookie's side of a sign-in: Flask-Login keeps the id of the sign-in, so that the server can end it."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import Flask, current_app, request
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin
from itsdangerous import BadSignature

from app.people.person import Person
from app.people.remembered import person_of_sign_in


class SessionUser(UserMixin):  # type: ignore[misc]
    """What Flask-Login holds: a person by their sign-in."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        """The sign-in, not the person: ending one leaves the others alone."""
        return str(self.person.session_id)


def _load(sign_in_id: str) -> SessionUser | None:
    person = person_of_sign_in(sign_in_id)
    return None if person is None else SessionUser(person)


def cookie_lasts_until() -> datetime | None:
    """When the cookie of this request is too old to be taken; None when it has none of ours."""
    cookies = cast(SecureCookieSessionInterface, current_app.session_interface)
    serializer = cookies.get_signing_serializer(current_app)
    text = request.cookies.get(cookies.get_cookie_name(current_app), "")
    try:
        _session, signed_at = ("", None) if serializer is None else serializer.loads(text, return_timestamp=True)
    except BadSignature:
        return None
    return None if signed_at is None else signed_at + current_app.permanent_session_lifetime


def init_app(app: Flask) -> None:
    """Attach Flask-Login. The sign-in's own end is fixed, so the cookie is not sent again with every answer."""
    manager = LoginManager()
    manager.session_protection = None  # a phone changes its address from one ward to the next
    manager.user_loader(_load)
    manager.init_app(app)
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
