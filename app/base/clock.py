"""The only reader of the clock on the server: exercises and tests move it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from app.base.instants import from_wire, of_ms, to_wire


def _system_now() -> datetime:
    return of_ms(time.time_ns() // 1_000_000)


__all__ = ["from_wire", "now", "set_source", "since", "ticks", "to_wire", "work_ticks"]

_source: Callable[[], datetime] = _system_now


def now() -> datetime:
    """The present instant, aware UTC, cut to whole milliseconds as the wire carries no more."""
    instant = _source()
    beyond = instant.microsecond % 1000
    return instant.replace(microsecond=instant.microsecond - beyond) if beyond else instant


def set_source(source: Callable[[], datetime] | None) -> None:
    """Replace the clock's source; None gives the system's clock back."""
    global _source
    _source = source or _system_now


def since(instant: datetime) -> timedelta:
    """How long ago an instant was."""
    return now() - instant


def ticks() -> float:
    """Seconds on the machine's steady clock, for measuring durations; the same for all processes of the machine."""
    return time.monotonic()


def work_ticks() -> float:
    """Seconds of processor time that this thread has had."""
    return time.thread_time()
