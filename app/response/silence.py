"""When a unit counts as silent. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta


def silent_since(
    *, connected: int, last_heard_at: datetime | None, declared_at: datetime, now: datetime, after: timedelta
) -> datetime | None:
    """Since when the unit is silent, or None: a live socket is contact, and so is anything heard lately.

    A unit that was never heard counts from the declaration.
    """
    if connected:
        return None
    heard = declared_at if last_heard_at is None else max(last_heard_at, declared_at)
    return (last_heard_at or declared_at) if now - heard > after else None
