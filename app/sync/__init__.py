"""The phone's door: ops come up, rows go down."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Attach the door's routes."""
    from app.sync.group import Group
    from app.sync.routes import bp

    app.extensions["push_group"] = Group()
    app.register_blueprint(bp)
