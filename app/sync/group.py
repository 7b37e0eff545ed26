"""Pushes that arrive in the same moment are committed together: one transaction, one wait for the disk.

Whoever comes first leads: it waits a moment for those that have arrived too, commits for all of them, and each gets
its own answer. Under gevent the moment is when the others are read and parsed.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol, TypeVar

from app.base.beside import let_others_go_on

GATHER_SECONDS = 0.001
# One transaction holds the event loop; this many entries keep it well under the 50 ms that nobody should wait for.
ENTRIES_AT_MOST = 100


class Waiting(Protocol):
    """A request that waits for its commit."""

    @property
    def size(self) -> int: ...
    @property
    def is_done(self) -> bool: ...


One = TypeVar("One", bound=Waiting)


class Group:
    """The requests of one process that wait for their commit."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()
        self._turn = threading.Lock()

    def submit(self, one: One, commit_all: Callable[[list[One]], None]) -> None:
        """Have a request committed, with others or alone. `commit_all` marks each as done and raises nothing."""
        self._waiting.append(one)
        with self._turn:
            if one.is_done:
                return
            time.sleep(GATHER_SECONDS)
            commit_all(self._take())
            while not one.is_done:
                let_others_go_on()
                commit_all(self._take())

    def _take(self) -> list[One]:
        taken: list[One] = []
        entries = 0
        while self._waiting and (not taken or entries + self._waiting[0].size <= ENTRIES_AT_MOST):
            entries += self._waiting[0].size
            taken.append(self._waiting.popleft())  # type: ignore[arg-type]
        return taken
