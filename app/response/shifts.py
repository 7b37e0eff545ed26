"""When shifts begin by the hospital's clock, and what becomes of a step at the end of one. Pure.

Shift times are times on the wall: on the day when clocks are set, the night is an hour longer or shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

CARRY = "carry"  # the open step goes on, and the next shift gets none of its own
CLOSE = "close"  # the shift has its own: the open one is closed as not done
SHIFT = "shift"
DAY = timedelta(days=1)


def shift_times(text: str) -> tuple[time, ...]:
    """The times of `07:00,19:00`. ValueError with a sentence for anything else."""
    words = [word.strip() for word in text.split(",")]
    if not all(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", word) for word in words) or len(words) > 6:
        raise ValueError("WARDLIGHT_SHIFT_STARTS: write up to six times such as 07:00,19:00.")
    return tuple(sorted({time.fromisoformat(word) for word in words}))


def shift_starts(times: Sequence[time], tz: str, *, after: datetime, until: datetime) -> list[datetime]:
    """Every start of a shift in (after, until], in UTC, in order."""
    found = {at for at in _starts(times, ZoneInfo(tz), after, until) if after < at <= until}
    return sorted(found)


def next_start(times: Sequence[time], tz: str, *, after: datetime) -> datetime:
    """The first start of a shift after an instant."""
    return shift_starts(times, tz, after=after, until=after + 2 * DAY)[0]


def at_shift_end(task: Mapping[str, Any]) -> str:
    """What becomes of an open step when the next shift begins: what its plan says, else safety steps go on.

    What somebody has begun or asked for help with goes on whatever the plan says.
    """
    if task["state"] in ("half", "blocked"):
        return CARRY
    said = (task["rules"] or {}).get("at_shift_end")
    return str(said) if said else CARRY if task["safety"] and not task["held"] else CLOSE


def _starts(times: Sequence[time], zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
    day: date = after.astimezone(zone).date() - DAY
    last: date = until.astimezone(zone).date() + DAY
    while day <= last:
        for at in times:
            yield datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
        day += DAY
