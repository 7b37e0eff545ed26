"""Plans: what each role does when something is down."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Attach the door of the office's editor."""
    from app.plans.routes import bp

    app.register_blueprint(bp)
