"""Plans: what each role does when something is down."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Attach the doors of the office's editor."""
    from app.plans.routes import bp
    from app.plans.word_routes import bp as words

    app.register_blueprint(bp)
    app.register_blueprint(words)
