"""Instants on the wire: ISO-8601, UTC, milliseconds. Pure.

Every entry of a storm says the same few instants a dozen times: the last ones asked for are remembered.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

_MEMORY = 4_096


@lru_cache(maxsize=_MEMORY)
def to_wire(instant: datetime | None) -> str | None:
    """ISO-8601 with milliseconds and `Z`, or None."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


@lru_cache(maxsize=_MEMORY)
def from_wire(text: str) -> datetime:
    """An aware UTC instant, cut to milliseconds; ValueError when it is none or carries no zone."""
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            raise ValueError("an instant needs a zone")
        instant = instant.astimezone(UTC)
    except OverflowError:
        raise ValueError("this instant is outside of the calendar") from None
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


@lru_cache(maxsize=_MEMORY)
def to_ms(instant: datetime) -> int:
    """Milliseconds since 1970 of an aware instant."""
    return round(instant.timestamp() * 1000)


@lru_cache(maxsize=_MEMORY)
def of_ms(milliseconds: int) -> datetime:
    """The aware UTC instant so many milliseconds after 1970; OverflowError outside of the calendar."""
    whole = datetime.fromtimestamp(milliseconds // 1000, UTC)
    return whole.replace(microsecond=milliseconds % 1000 * 1000)
