"""Keeping replication small: tombstones go after a while, and cursors from before them get a snapshot."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select, update

from app.base.unit_of_work import write
from app.live.models import Row, Scope

TOMBSTONES_STAY = timedelta(days=14)


def compact_tombstones(stay: timedelta = TOMBSTONES_STAY) -> int:
    """Remove tombstones older than `stay` and raise the floor of their scopes above them; how many went.

    A phone that was away for longer takes a snapshot instead of a delta. Repeating it removes nothing more.
    """
    with write() as work:
        old = (Row.deleted.is_(True), Row.changed_at < work.now - stay)
        tops = work.session.execute(select(Row.scope, func.max(Row.seq)).where(*old).group_by(Row.scope)).all()
        for scope, top in tops:
            work.session.execute(update(Scope).where(Scope.id == scope, Scope.floor < top).values(floor=top))
        gone = work.session.execute(delete(Row).where(*old))
    return int(gone.rowcount)  # type: ignore[attr-defined]
