"""Which ways out are left alone for a while, because nobody answers there or somebody asked for patience.

Held in the worker's memory: a restart tries once more, which does no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.base import clock
from app.delivery.answers import WAITED_AT_MOST, Answer

SILENCES = 5
FIRST_HOLD = timedelta(seconds=5)
LONGEST_HOLD = timedelta(seconds=60)


@dataclass
class _Path:
    silences: int = 0
    holds: int = 0
    held_until: float = 0.0


class Paths:
    """The breaker of each way out."""

    def __init__(self) -> None:
        self._paths: dict[str, _Path] = {}

    def held_for(self, path: str) -> timedelta | None:
        """How long this way is still left alone; None when it may be tried."""
        known = self._paths.get(path)
        left = known.held_until - clock.ticks() if known else 0.0
        return timedelta(seconds=left) if left > 0 else None

    def note(self, path: str, answer: Answer) -> timedelta | None:
        """Take note of an answer; how long the way is held from now, if this answer has begun a hold."""
        known = self._paths.setdefault(path, _Path())
        if answer.st == "held" or answer.problem in ("expired", "no_target"):
            return None
        if answer.problem == "busy" and answer.retry_after is not None:
            return self._hold(known, min(answer.retry_after, WAITED_AT_MOST))
        if not answer.is_silence:
            known.silences = known.holds = 0
            return None
        known.silences += 1
        if known.silences < SILENCES:
            return None
        known.silences, known.holds = 0, known.holds + 1
        return self._hold(known, min(FIRST_HOLD * 2 ** (known.holds - 1), LONGEST_HOLD))

    @staticmethod
    def _hold(known: _Path, pause: timedelta) -> timedelta | None:
        until = clock.ticks() + pause.total_seconds()
        if until <= known.held_until + 1.0:
            return None
        known.held_until = until
        return pause
