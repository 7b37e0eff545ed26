"""Looking at something again a while later: one greenlet for all, as thousands of connections come in one minute."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable

import gevent

from app.base import clock

log = logging.getLogger("wardlight.live")

LOOK_EVERY_SECONDS = 0.5

_waiting: dict[float, deque[tuple[float, Callable[[], None]]]] = {}
_looker: gevent.Greenlet | None = None


def later(delay_seconds: float, look: Callable[[], None]) -> None:
    """Call `look` once, about `delay_seconds` from now; it must not wait. For delays that are few and shared."""
    global _looker
    _waiting.setdefault(delay_seconds, deque()).append((clock.ticks() + delay_seconds, look))
    if _looker is None or _looker.dead:
        _looker = gevent.spawn(_look)


def _look() -> None:
    while any(_waiting.values()):
        gevent.sleep(LOOK_EVERY_SECONDS)
        for line in _waiting.values():
            _look_at_due(line)


def _look_at_due(line: deque[tuple[float, Callable[[], None]]]) -> None:
    now = clock.ticks()
    while line and line[0][0] <= now:
        _due_at, look = line.popleft()
        try:
            look()
        except Exception:
            log.exception("live.look_failed")
