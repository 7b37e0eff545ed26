"""When a planned downtime may be planned, and when it has become an unplanned one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

PLANNED = "planned"
FURTHEST_AHEAD = timedelta(days=400)
LONGEST = timedelta(days=14)


def fault_of_times(start: datetime, end: datetime | None, *, now: datetime) -> str | None:
    """A sentence on what is wrong with a planned start and end, or None."""
    if start <= now:
        return "The planned start is past. Declare it now, or choose a later time."
    if start - now > FURTHEST_AHEAD:
        return "The planned start is more than a year ahead."
    if end is None:
        return "A planned downtime needs a planned end."
    if not timedelta() < end - start <= LONGEST:
        return "The planned end must come after the start, within two weeks."
    return None


def has_begun(incident: Mapping[str, Any]) -> bool:
    """Whether its clocks run: an unplanned one has from the first moment, a planned one from its real start."""
    return incident.get("planned") is None or incident["t0"] is not None


def overruns(incident: Mapping[str, Any], *, now: datetime, tolerance: timedelta) -> bool:
    """Whether a planned downtime that IT has not brought back is so far past its end that it is unplanned now."""
    if incident["planned_end"] is None or incident["overrun_at"] is not None or incident["state"] != "declared":
        return False
    return bool(now > incident["planned_end"] + tolerance)
