"""How the line between the server processes of one house is.

What is lost with it delays news and never loses any: cursors repair.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client import Gauge

from app.base import clock

log = logging.getLogger("wardlight.live")

UP = Gauge("wardlight_redis_up", "1 while this process hears the others through Redis, 0 while it does not.")


@dataclass
class Line:
    """Whether this process hears the others: None where it is alone and needs no line. `since`: of this state.

    `on_change` is called when it is lost and when it is found again.
    """

    up: bool | None = None
    since: datetime = field(default_factory=clock.now)
    on_change: Callable[[], None] = lambda: None

    def turn(self, up: bool) -> None:
        """Take note of a state."""
        if up == self.up:
            return
        self.up, self.since = up, clock.now()
        UP.set(up)
        log.warning("redis.found" if up else "redis.lost")
        self.on_change()
