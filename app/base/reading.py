"""Reads that give plain records, never live objects: templates and rules must not trigger queries.

They go by the connection of the session: what the session does for objects would only cost time.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from app.base.db import db

Record = dict[str, Any]


def one_record(query: Select[Any]) -> Record | None:
    """The first record of a query by column name, or None."""
    found = db.session.connection().execute(query).mappings().first()
    return None if found is None else dict(found)


def all_records(query: Select[Any]) -> list[Record]:
    """The records of a query by column name."""
    return [dict(found) for found in db.session.connection().execute(query).mappings()]
