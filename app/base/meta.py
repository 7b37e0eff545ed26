"""What this server is: its epoch (one history), its site, whether it is a demo."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from app.base import clock
from app.base.db import db
from app.base.ids import uuid7
from app.base.models import ServerMeta
from app.base.unit_of_work import UnitOfWork, is_writing, write

# Another process of the house may set a value: here it is known this much later.
REMEMBERED_SECONDS = 5.0

_cache: dict[str, tuple[float, dict[str, str]]] = {}


def _values() -> dict[str, str]:
    key = str(db.engine.url)
    read_at, known = _cache.get(key, (0.0, {}))
    if known and not is_writing() and clock.ticks() - read_at < REMEMBERED_SECONDS:
        return known
    found = {row.key: row.value for row in db.session.execute(select(ServerMeta.key, ServerMeta.value))}
    if found and not is_writing():
        _cache[key] = (clock.ticks(), found)
    return found


def forget() -> None:
    """Read the values anew at the next question (after a restore, between tests)."""
    _cache.clear()


def meta(key: str, default: str = "") -> str:
    """One value; the default when it was never set."""
    return _values().get(key, default)


def epoch() -> str:
    """The identity of this server's history; made at the first question, changed only by a restore."""
    known = meta("epoch")
    if known:
        return known
    with write() as work:
        row = work.session.execute(select(ServerMeta.value).where(ServerMeta.key == "epoch")).scalar()
        if row is None:
            put_meta(work, "epoch", uuid7())
    return meta("epoch")


def put_meta(work: UnitOfWork, key: str, value: str) -> None:
    """Set one value."""
    work.session.execute(delete(ServerMeta).where(ServerMeta.key == key))
    work.session.execute(insert(ServerMeta).values(key=key, value=value))
    work.after_commit(forget)
