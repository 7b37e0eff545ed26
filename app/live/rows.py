"""Put and drop rows inside a unit of work; the scope's counter moves in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, bindparam, select, text, tuple_
from sqlalchemy.engine import Connection

from app.base.clock import now
from app.base.unit_of_work import UnitOfWork
from app.live import hints
from app.live.models import Row

CHUNK = 400
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_UPSERT = text(
    'INSERT INTO "row" (scope, id, seq, type, deleted, body, changed_at)'
    " VALUES (:scope, :id, :seq, :type, :deleted, :body, :changed_at)"
    " ON CONFLICT (scope, id) DO UPDATE SET seq = excluded.seq, type = excluded.type,"
    " deleted = excluded.deleted, body = excluded.body, changed_at = excluded.changed_at"
)
_NEW_SCOPE = text("INSERT INTO scope (id, seq, floor) VALUES (:id, 0, 0) ON CONFLICT (id) DO NOTHING")
_NEXT_SEQ = text("UPDATE scope SET seq = seq + :n WHERE id = :id RETURNING seq").columns(seq=Integer)


@dataclass(frozen=True)
class _Change:
    scope: str
    id: str
    type: str
    body: str | None  # None: the row goes
    fresh: bool = False


def put_row(
    work: UnitOfWork, scope: str, row_id: str, row_type: str, body: dict[str, Any], *, fresh: bool = False
) -> None:
    """Put a row into its scope. Repeating the same body changes nothing and moves no cursor.

    `fresh` promises that the row cannot exist yet or surely differs, which saves the comparison when there are many.
    """
    work.collect(ROWS, _Change(scope, row_id, row_type, _encode(body), fresh))


def drop_row(work: UnitOfWork, scope: str, row_id: str, row_type: str) -> None:
    """Take a row out of its scope; a tombstone stays until compaction. Dropping what is not there does nothing."""
    work.collect(ROWS, _Change(scope, row_id, row_type, None))


class _RowCollector:
    """Writes the collected changes scope by scope in name order (so that two writers cannot lock crosswise)."""

    order = 100

    def flush(self, work: UnitOfWork, items: list[Any]) -> None:
        changes = {(change.scope, change.id): change for change in items if isinstance(change, _Change)}
        items[:] = [item for item in items if isinstance(item, hints.Delta)]
        connection = work.session.connection()
        stored = _stored(connection, [key for key, change in changes.items() if not change.fresh])
        by_scope: dict[str, list[_Change]] = {}
        for key in changes:
            if _differs(changes[key], stored.get(key)):
                by_scope.setdefault(key[0], []).append(changes[key])
        for scope in sorted(by_scope):
            items.append(_write_scope(connection, scope, by_scope[scope]))

    def publish(self, items: list[Any]) -> None:
        hints.announce([item for item in items if isinstance(item, hints.Delta)])


ROWS = _RowCollector()


def _stored(connection: Connection, keys: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[bool, str]]:
    found: dict[tuple[str, str], tuple[bool, str]] = {}
    for start in range(0, len(keys), CHUNK):
        query = select(Row.scope, Row.id, Row.deleted, Row.body).where(
            tuple_(Row.scope, Row.id).in_(keys[start : start + CHUNK])
        )
        for scope, row_id, deleted, body in connection.execute(query):
            found[scope, row_id] = (deleted, body)
    return found


def _differs(change: _Change, stored: tuple[bool, str] | None) -> bool:
    if stored is None:
        return change.body is not None
    deleted, body = stored
    return not deleted if change.body is None else deleted or body != change.body


def _write_scope(connection: Connection, scope: str, changes: list[_Change]) -> hints.Delta:
    top = next_seqs(connection, scope, len(changes))
    first = top - len(changes)
    changed_at = int(now().timestamp() * 1000)
    connection.execute(
        _UPSERT,
        [
            {
                "scope": scope,
                "id": change.id,
                "seq": first + offset,
                "type": change.type,
                "deleted": change.body is None,
                "body": change.body or "{}",
                "changed_at": changed_at,
            }
            for offset, change in enumerate(changes, start=1)
        ],
    )
    rows = [wire_row(c.id, c.type, first + i, c.body) for i, c in enumerate(changes, start=1)]
    return hints.Delta(scope, first, top, rows)


def next_seqs(connection: Connection, scope: str, count: int) -> int:
    """Move the scope's counter by `count` and return it; makes the scope when it is new."""
    value = connection.execute(_NEXT_SEQ, {"id": scope, "n": count}).scalar()
    if value is None:
        connection.execute(_NEW_SCOPE, {"id": scope})
        value = connection.execute(_NEXT_SEQ, {"id": scope, "n": count}).scalar_one()
    return int(value)


def wire_row(row_id: str, row_type: str, seq: int, body: str | None) -> str:
    """A row as JSON text, ready to be joined into an answer."""
    if body is None:
        return f'{{"id":{json.dumps(row_id)},"seq":{seq},"del":1}}'
    return f'{{"id":{json.dumps(row_id)},"t":{json.dumps(row_type)},"seq":{seq},"b":{body}}}'


def scope_seqs(connection: Connection, scopes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """`{scope: (seq, floor)}` of the scopes that exist."""
    query = text("SELECT id, seq, floor FROM scope WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))
    names = list(scopes)
    if not names:
        return {}
    return {name: (seq, floor) for name, seq, floor in connection.execute(query, {"ids": names})}
