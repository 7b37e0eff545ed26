"""Reads that give plain records, never live objects: templates and rules must not trigger queries.

They go by the connection of the session: what the session does for objects would only cost time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select

from app.base.db import db

Record = dict[str, Any]


def one_record(query: Select[Any], values: Mapping[str, Any] | None = None) -> Record | None:
    """The first record of a query by column name, or None; `values` are for its bind parameters."""
    found = db.session.connection().execute(query, values).mappings().first()
    return None if found is None else dict(found)


def all_records(query: Select[Any], values: Mapping[str, Any] | None = None) -> list[Record]:
    """The records of a query by column name; `values` are for its bind parameters."""
    found = db.session.connection().execute(query, values)
    names = tuple(found.keys())
    return [dict(zip(names, record, strict=True)) for record in found.all()]
