"""Instants as people read them, in the hospital's own time. Pure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date


def clock_time(instant: datetime, tz: str) -> str:
    """10:05, on the 24-hour clock of the wards."""
    return instant.astimezone(ZoneInfo(tz)).strftime("%H:%M")


def day(instant: datetime, tz: str, locale: str) -> str:
    """21 Nov, in the reader's language."""
    return str(format_date(instant.astimezone(ZoneInfo(tz)).date(), "d MMM", locale=locale))


def weekday(instant: datetime, tz: str, locale: str) -> str:
    """Sat 21 Nov, in the reader's language."""
    return str(format_date(instant.astimezone(ZoneInfo(tz)).date(), "E d MMM", locale=locale))


def moment(instant: datetime, tz: str, locale: str, *, now: datetime) -> str:
    """The clock time, with the day in front when it is not today's."""
    zone = ZoneInfo(tz)
    time = clock_time(instant, tz)
    if instant.astimezone(zone).date() == now.astimezone(zone).date():
        return time
    return f"{day(instant, tz, locale)} {time}"
