"""When refused sign-ins are too many: a rule on instants. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil


def wait_seconds(failures: Iterable[datetime], *, now: datetime, allowed: int, window: timedelta) -> int:
    """How long an account must wait before the next try; 0 when it may try now.

    `allowed` failures within `window` are one too many; the wait ends when the oldest of the last `allowed` is past it.
    """
    recent = sorted((at for at in failures if at > now - window), reverse=True)
    if len(recent) < allowed:
        return 0
    return max(1, ceil((recent[allowed - 1] + window - now).total_seconds()))
