"""What was made for one state of the record, kept until the state changes: ten thousand readers cost one writer."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, TypeVar

Made = TypeVar("Made")

MOST_KEPT = 64


class Kept:
    """A few values by name, forgotten together. Whoever comes while one is being made waits for it."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._state: Hashable = None
        self._made: dict[Hashable, Any] = {}

    def get(self, state: Hashable, name: Hashable, make: Callable[[], Made]) -> Made:
        """The value of this name for this state, made now if it is the first question. Bounded by MOST_KEPT."""
        with self._lock:
            if state != self._state or len(self._made) >= MOST_KEPT:
                self._state, self._made = state, {}
            if name not in self._made:
                self._made[name] = make()
            found: Made = self._made[name]
            return found
