"""Runs the migrations on the application's own engine."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

from app.base.db import Instant, db


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Instants are kept as milliseconds: a migration must not change when our type does."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.BigInteger()"
    return False


def run() -> None:
    """Bring the database to the wanted revision, in one transaction where the engine can."""
    arguments = {**current_app.extensions["migrate"].configure_args, "render_item": render_item}
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, **arguments)
        with context.begin_transaction():
            context.run_migrations()


run()
