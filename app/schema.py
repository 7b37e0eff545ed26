"""The database schema: brought up to date by migrations, from the first table on."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate, upgrade

from app.base.db import db
from app.base.settings import CHECKOUT

MIGRATIONS = CHECKOUT / "migrations"


def init_app(app: Flask) -> None:
    """Attach the migrations."""
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


def upgrade_schema(app: Flask) -> None:
    """Bring the database to the newest schema; nothing happens when it is there already."""
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        db.session.remove()
