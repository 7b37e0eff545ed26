"""People: sites, units, roles, accounts, memberships, duty, devices, sign-in, and who may do what."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Attach sign-in and its routes. Others may set `build`, `build_min`, `vapid_public_key` and `hold` (a function
    that says whether app updates wait) in `app.extensions`, and add to its `on_sign_out`: what a sign-out ends besides.
    """
    from app.people import passwords, remembered, routes, session

    session.init_app(app)
    remembered.init_app(app)
    app.register_blueprint(routes.blueprint)
    app.extensions.setdefault("hold", lambda: False)
    app.extensions["on_sign_out"] = []
    passwords.unknown_hash()  # made now, so that the first unknown name takes no longer than the next
