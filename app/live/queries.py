"""Deltas and snapshots: index range reads of ready JSON text."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from app.base.bulk import mark_of
from app.base.db import db
from app.live.models import Row
from app.live.rows import scope_seqs, wire_row

# How a statement with "?" for each value is asked, and answered by tuples.
Ask = Callable[[str, tuple[Any, ...]], Sequence[Any]]

# By the driver: what SQLAlchemy does for each record takes as long as the database.
_DELTA = 'SELECT id, type, seq, deleted, body FROM "row" WHERE scope = ? AND seq > ? ORDER BY seq LIMIT ?'
# Built once, and by the connection, as what the session does for objects only costs time.
_SNAPSHOT = (
    select(Row.id, Row.type, Row.seq, Row.body)
    .where(Row.scope == bindparam("scope"), Row.id > bindparam("after"), Row.deleted.is_(False))
    .order_by(Row.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True)
class Page:
    """Rows as JSON text; `next_id` is where the following page starts after, or None."""

    rows: list[str]
    next_id: str | None


def scope_heads(scopes: list[str]) -> dict[str, tuple[int, int]]:
    """`{scope: (seq, floor)}`; scopes that nobody wrote to yet stand at (0, 0)."""
    found = scope_seqs(db.session.connection(), scopes)
    return {scope: found.get(scope, (0, 0)) for scope in scopes}


def ask_session(statement: str, values: tuple[Any, ...]) -> Sequence[Any]:
    """By the session's connection, in its transaction."""
    connection = db.session.connection()
    return connection.exec_driver_sql(statement.replace("?", mark_of(connection.dialect)), values).all()


def delta_rows(scope: str, *, after: int, limit: int, ask: Ask = ask_session) -> tuple[list[str], int | None]:
    """Rows of a scope with seq above `after`, oldest change first, and the seq reached when cut at `limit`."""
    found = ask(_DELTA, (scope, after, limit + 1))
    rows = [wire_row(i, t, seq, None if deleted else body) for i, t, seq, deleted, body in found[:limit]]
    return rows, (found[limit - 1][2] if len(found) > limit else None)


def bodies_of(scope: str, row_type: str) -> list[dict[str, Any]]:
    """The bodies of the live rows of a type in a scope, with their ids under `id`, in id order."""
    query = select(Row.id, Row.body).where(Row.scope == scope, Row.type == row_type, Row.deleted.is_(False))
    return [{"id": found.id, **json.loads(found.body)} for found in db.session.execute(query.order_by(Row.id))]


def snapshot_page(scope: str, *, after_id: str, limit: int) -> Page:
    """Live rows of a scope in id order, after an id ("" to begin)."""
    found = db.session.connection().execute(_SNAPSHOT, {"scope": scope, "after": after_id, "limit": limit + 1}).all()
    rows = [wire_row(i, t, seq, body) for i, t, seq, body in found[:limit]]
    return Page(rows, found[limit - 1].id if len(found) > limit else None)
