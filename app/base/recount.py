"""Counting again what a unit of work has changed, once for all its changes, just before the commit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.base.unit_of_work import UnitOfWork


class Recount:
    """A collector of keys whose derived rows must be counted anew; the function gets each key once."""

    def __init__(self, count: Callable[[UnitOfWork, set[Any]], None], *, order: int = 10) -> None:
        self._count = count
        self.order = order

    def mark(self, work: UnitOfWork, key: Any) -> None:
        """This key has changed."""
        work.collect(self, key)

    def flush(self, work: UnitOfWork, items: list[Any]) -> None:
        """Count every marked key."""
        keys = set(items)
        del items[:]
        if keys:
            self._count(work, keys)

    def publish(self, items: list[Any]) -> None:
        """Nothing: the rows tell."""
