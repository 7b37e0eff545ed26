"""Instants on the wire: ISO-8601, UTC, milliseconds. Pure."""

from __future__ import annotations

from datetime import UTC, datetime


def to_wire(instant: datetime | None) -> str | None:
    """ISO-8601 with milliseconds and `Z`, or None."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


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
