"""Put and drop rows inside a unit of work; the scope's counter moves in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from app.base.among import among
from app.base.bulk import mark_of
from app.base.clock import now
from app.base.instants import to_ms
from app.base.json_text import sorted_text
from app.base.unit_of_work import UnitOfWork
from app.live import hints
from app.live.models import Row, Scope

_UPSERT = (
    'INSERT INTO "row" (scope, id, seq, type, deleted, body, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)'
    " ON CONFLICT (scope, id) DO UPDATE SET seq = excluded.seq, type = excluded.type,"
    " deleted = excluded.deleted, body = excluded.body, changed_at = excluded.changed_at"
)
_STORED = select(Row.id, Row.deleted, Row.body).where(Row.scope == bindparam("scope"), among(Row.id, "ids"))
_SEQS = select(Scope.id, Scope.seq, Scope.floor).where(among(Scope.id, "ids"))
_MOVE_SCOPE = "INSERT INTO scope (id, seq, floor) VALUES (?, ?, 0) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq"


class _Change(NamedTuple):
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
    work.collect(ROWS, _Change(scope, row_id, row_type, sorted_text(body), fresh))


def put_fresh_text(work: UnitOfWork, scope: str, row_id: str, row_type: str, text: str) -> None:
    """Put a row that cannot exist yet and whose body is encoded already (by `body_text`)."""
    work.collect(ROWS, _Change(scope, row_id, row_type, text, fresh=True))


def body_text(value: dict[str, Any] | str) -> str:
    """A body, or a value of one, as rows hold it: the same is always the same text."""
    return sorted_text(value)


def drop_row(work: UnitOfWork, scope: str, row_id: str, row_type: str) -> None:
    """Take a row out of its scope; a tombstone stays until compaction. Dropping what is not there does nothing."""
    work.collect(ROWS, _Change(scope, row_id, row_type, None))


class _RowCollector:
    """Writes the collected changes scope by scope in name order (so that two writers cannot lock crosswise)."""

    order = 100

    def flush(self, work: UnitOfWork, items: list[Any]) -> None:
        by_scope: dict[str, dict[str, _Change]] = {}
        for item in items:
            if isinstance(item, _Change):
                by_scope.setdefault(item.scope, {})[item.id] = item
        items[:] = [item for item in items if isinstance(item, hints.Delta)]
        connection = work.session.connection()
        changed = {scope: _differing(connection, scope, by_scope[scope].values()) for scope in sorted(by_scope)}
        changed = {scope: changes for scope, changes in changed.items() if changes}
        # a large work lets others go on after each scope
        for some in [[scope] for scope in changed] if work.is_large else [list(changed)]:
            items.extend(_write(connection, {scope: changed[scope] for scope in some}))
            work.give_way()

    def publish(self, items: list[Any]) -> None:
        hints.announce([item for item in items if isinstance(item, hints.Delta)])


ROWS = _RowCollector()


def _differing(connection: Connection, scope: str, changes: Iterable[_Change]) -> list[_Change]:
    known = [one.id for one in changes if not one.fresh]
    stored: dict[str, tuple[bool, str]] = {}
    if known:
        found = connection.execute(_STORED, {"scope": scope, "ids": known}).all()
        stored = {row_id: (deleted, body) for row_id, deleted, body in found}
    return [one for one in changes if _differs(one, stored.get(one.id))]


def _differs(change: _Change, stored: tuple[bool, str] | None) -> bool:
    if stored is None:
        return change.body is not None
    deleted, body = stored
    return not deleted if change.body is None else deleted or body != change.body


def _write(connection: Connection, changed: Mapping[str, Sequence[_Change]]) -> list[hints.Delta]:
    """By the driver: what SQLAlchemy does for each record takes longer than the database."""
    if not changed:
        return []
    mark = mark_of(connection.dialect)
    heads = scope_seqs(connection, changed)
    firsts = {scope: heads.get(scope, (0, 0))[0] for scope in changed}
    tops = [(scope, firsts[scope] + len(changes)) for scope, changes in changed.items()]
    connection.exec_driver_sql(_MOVE_SCOPE.replace("?", mark), tops)
    changed_at = to_ms(now())
    records = [
        (scope, row_id, seq, row_type, body is None, body or "{}", changed_at)
        for scope, changes in changed.items()
        for seq, (_scope, row_id, row_type, body, _fresh) in enumerate(changes, start=firsts[scope] + 1)
    ]
    connection.exec_driver_sql(_UPSERT.replace("?", mark), records)
    return [_delta(scope, firsts[scope], changes) for scope, changes in changed.items()]


def _delta(scope: str, first: int, changes: Sequence[_Change]) -> hints.Delta:
    top = first + len(changes)
    if sum(len(change.body or "") for change in changes) > hints.MAX_INLINE_BYTES:
        return hints.Delta(scope, first, top, None)
    rows = [wire_row(c.id, c.type, first + i, c.body) for i, c in enumerate(changes, start=1)]
    return hints.Delta(scope, first, top, rows)


def wire_row(row_id: str, row_type: str, seq: int, body: str | None) -> str:
    """A row as JSON text, ready to be joined into an answer."""
    if body is None:
        return f'{{"id":{sorted_text(row_id)},"seq":{seq},"del":1}}'
    return f'{{"id":{sorted_text(row_id)},"t":{sorted_text(row_type)},"seq":{seq},"b":{body}}}'


def scope_seqs(connection: Connection, scopes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """`{scope: (seq, floor)}` of the scopes that exist."""
    names = list(scopes)
    if not names:
        return {}
    return {name: (seq, floor) for name, seq, floor in connection.execute(_SEQS, {"ids": names}).all()}
