"""The only reader of the clock on the server: exercises and tests move it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _system_now() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_now


def now() -> datetime:
    """The present instant, aware UTC, cut to whole milliseconds as the wire carries no more."""
    instant = _source()
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def set_source(source: Callable[[], datetime] | None) -> None:
    """Replace the clock's source; None gives the system's clock back."""
    global _source
    _source = source or _system_now


def to_wire(instant: datetime | None) -> str | None:
    """ISO-8601 with milliseconds and `Z`, or None."""
    if instant is None:
        return None
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def from_wire(text: str) -> datetime:
    """An aware UTC instant from ISO-8601 text; ValueError when it is none or carries no zone."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return instant.astimezone(UTC)


def since(instant: datetime) -> timedelta:
    """How long ago an instant was."""
    return now() - instant
