"""Whether the database renews the stamps of `rights`: a copy made by foreign tools may have lost its triggers."""

from __future__ import annotations

import logging

from flask import Flask
from sqlalchemy import text

from app.base.db import db

log = logging.getLogger("wardlight.people")

ANY_CHANGE, NOT_THE_FIRST = ("insert", "update", "delete"), ("update", "delete")
WATCHED = {
    **dict.fromkeys(("user", "sign_in", "push_token", "unit", "role"), NOT_THE_FIRST),
    **dict.fromkeys(("membership", "duty", "incident", "server_meta"), ANY_CHANGE),
}
TRIGGERS = frozenset(f"rights_{table}_{event}" for table, events in WATCHED.items() for event in events)

_ON_SQLITE = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
_ON_POSTGRES = text(
    "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE relnamespace = CAST(current_schema() AS regnamespace) AND tgenabled IN ('O', 'A')"
)


def missing_triggers() -> list[str]:
    """What should renew stamps in this database and does not."""
    query = _ON_SQLITE if db.engine.dialect.name == "sqlite" else _ON_POSTGRES
    return sorted(TRIGGERS - set(db.session.execute(query).scalars()))


def remember_only_what_is_stamped(app: Flask) -> None:
    """Do without the memory of sign-ins where a change could go unnoticed. Call it before serving."""
    missing = missing_triggers()
    db.session.remove()
    if missing:
        app.extensions["remembered"] = None
        log.error("rights.not_stamped", extra={"missing": missing})
