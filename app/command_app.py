"""The application as a command uses it: for one task, beside the server or without one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.base.db import db
from app.base.settings import Settings
from app.factory import create_app


@contextmanager
def command_app(settings: Settings) -> Iterator[Flask]:
    """An application with its context pushed. Its connections to the database end with it."""
    app = create_app(settings, with_hints=False)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
