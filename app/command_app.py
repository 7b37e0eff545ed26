"""The application as a command uses it: for one task, beside the server or without one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.base.db import db
from app.base.settings import Settings
from app.factory import create_app
from app.live import hints


@contextmanager
def command_app(settings: Settings) -> Iterator[Flask]:
    """An application with its context pushed. Nobody listens to its hints, and its connections end with it."""
    app = create_app(settings)
    hints.connect(schedule=None, send=None)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
