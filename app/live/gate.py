"""How many websockets are let in each second: when thousands come back at once, requests must not wait for them all."""

from __future__ import annotations

import math

from app.base import clock

LONGEST_WAIT_SECONDS = 30


class AcceptGate:
    """Lets `per_second` in, and as many at once after a quiet second; the others are told when to come again."""

    def __init__(self, per_second: int) -> None:
        self._per_second = per_second
        self._free = float(per_second)
        self._looked_at = clock.ticks()
        self._turned_away = 0

    def wait_seconds(self) -> int:
        """0 for whoever may come in now, else after how many seconds to try again."""
        now = clock.ticks()
        if self._free >= self._per_second:
            self._turned_away = 0
        self._free = min(float(self._per_second), self._free + (now - self._looked_at) * self._per_second)
        self._looked_at = now
        if self._free >= 1:
            self._free -= 1
            return 0
        self._turned_away += 1
        return min(LONGEST_WAIT_SECONDS, 1 + math.ceil(self._turned_away / self._per_second))
