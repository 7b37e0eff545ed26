"""Numbered messages: who they are for, who was reached, who acknowledged."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Attach what leaders ask about updates."""
    from app.broadcasts.routes import bp

    app.register_blueprint(bp)
