"""Measures how late the event loop is: whatever holds it longer than 50 ms holds up every phone of the hospital."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import gevent
from prometheus_client import Counter, Gauge

from app.base import clock
from app.base.beside import STAND_BACK_SECONDS

log = logging.getLogger("wardlight.live")

LOOK_EVERY_SECONDS = 0.02
STALL_SECONDS = 0.05
BEHIND_SECONDS = 0.025
STAND_BACK_AT_MOST = 50  # whatever becomes of the watch, nobody waits for ever

STALLS = Counter("wardlight_loop_stalls", "How often the event loop was held up for more than 50 ms.")
WORST = Gauge("wardlight_loop_worst_stall_seconds", "The longest that the event loop was held up since the start.")


@dataclass
class LoopWatch:
    """What was seen: how many stalls and the worst, in milliseconds.

    `busy` is the part of the worst in which this thread had the processor. A stall with little of it was a wait
    outside of the loop (a slow disk) or the machine had no time for us.
    """

    stalls: int = 0
    worst_ms: float = 0.0
    worst_busy_ms: float = 0.0
    looked_at: float | None = None

    def stand_back(self) -> None:
        """Call it before work that others may wait for: if the loop is behind, they have their turn first.

        Requests that arrive together are all begun before the loop looks at timers and sockets again, so that thirty of
        them would hold everybody up for as long as all of them take.
        """
        for turn in range(STAND_BACK_AT_MOST):  # those who wake together look again: the first may put it behind
            if self.looked_at is None or clock.ticks() - self.looked_at <= BEHIND_SECONDS:
                return
            gevent.sleep(STAND_BACK_SECONDS * (turn + 1))  # thousands that only look again would hold it up too

    def run(self) -> None:
        """Watch for ever; run it in a greenlet of its own."""
        while True:
            due_at, worked = clock.ticks() + LOOK_EVERY_SECONDS, clock.work_ticks()
            gevent.sleep(LOOK_EVERY_SECONDS)
            self.looked_at = clock.ticks()
            late = self.looked_at - due_at
            if late > STALL_SECONDS:
                self.note(late_ms=late * 1000, busy_ms=(clock.work_ticks() - worked) * 1000)

    def note(self, *, late_ms: float, busy_ms: float) -> None:
        """Count a stall and log it."""
        self.stalls += 1
        STALLS.inc()
        if late_ms > self.worst_ms:
            self.worst_ms, self.worst_busy_ms = late_ms, busy_ms
            WORST.set(late_ms / 1000)
        log.warning("loop.stalled", extra={"late_ms": round(late_ms), "busy_ms": round(busy_ms)})

    def forget(self) -> None:
        """Start counting anew."""
        self.stalls, self.worst_ms, self.worst_busy_ms = 0, 0.0, 0.0
