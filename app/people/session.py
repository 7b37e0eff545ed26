"""The cookie's side of a sign-in: Flask-Login keeps the id of the sign-in, so that the server can end it."""

from __future__ import annotations

from flask import Flask
from flask_login import LoginManager, UserMixin

from app.people.person import Person
from app.people.queries import person_of_sign_in


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


def init_app(app: Flask) -> None:
    """Attach Flask-Login. The sign-in's own end is fixed, so the cookie is not sent again with every answer."""
    manager = LoginManager()
    manager.session_protection = None  # a phone changes its address from one ward to the next
    manager.user_loader(_load)
    manager.init_app(app)
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
