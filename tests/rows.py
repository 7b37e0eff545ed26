"""What the server holds for phones, read as the phones' door would read it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from app.base.db import db
from app.live.models import Row, Scope
from app.live.queries import delta_rows, scope_heads, snapshot_page

Wire = dict[str, Any]


def snapshot(scope: str, *, page_rows: int = 1000) -> dict[str, Wire]:
    """The live rows of a scope by id, read page by page."""
    db.session.remove()
    found: dict[str, Wire] = {}
    after: str | None = ""
    while after is not None:
        page = snapshot_page(scope, after_id=after, limit=page_rows)
        for row in map(json.loads, page.rows):
            assert row["id"] not in found, "a row came on two pages"
            found[row["id"]] = row
        after = page.next_id
    return found


def delta(scope: str, *, after: int = 0, limit: int = 1000) -> tuple[list[Wire], int | None]:
    """The changes of a scope since a cursor, and where it was cut."""
    db.session.remove()
    rows, reached = delta_rows(scope, after=after, limit=limit)
    return [json.loads(row) for row in rows], reached


def head(scope: str) -> int:
    """The cursor a phone would reach."""
    db.session.remove()
    return scope_heads([scope])[scope][0]


def heads() -> dict[str, int]:
    """The cursors of all scopes."""
    db.session.remove()
    return {row.id: row.seq for row in db.session.execute(select(Scope.id, Scope.seq))}


def bodies() -> dict[tuple[str, str], tuple[str, Wire]]:
    """Every live row of every scope: `{(scope, id): (type, body)}`."""
    db.session.remove()
    query = select(Row.scope, Row.id, Row.type, Row.body).where(Row.deleted.is_(False))
    return {(row.scope, row.id): (row.type, json.loads(row.body)) for row in db.session.execute(query)}
