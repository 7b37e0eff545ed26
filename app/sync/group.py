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

from app.base import clock
from app.base.beside import let_others_go_on

GATHER_SECONDS = 0.001
# One transaction holds the event loop: so much work keeps it well under the 50 ms that nobody should wait for.
WORK_AT_MOST_SECONDS = 0.025
FIRST_GUESS_SECONDS = 0.000_25  # of work an entry; what it takes on this machine is found out
ENTRIES = (20, 400)  # no fewer and no more, whatever was found out
ENTRIES_ELSEWHERE = 200  # where the database is another process, others have their turn at each of its answers


class Waiting(Protocol):
    """A request that waits for its commit."""

    @property
    def size(self) -> int: ...
    @property
    def is_done(self) -> bool: ...


One = TypeVar("One", bound=Waiting)


class Group:
    """The requests of one process that wait for their commit. `holds_loop`: nobody else has a turn meanwhile."""

    def __init__(self, *, holds_loop: bool = True) -> None:
        self._holds_loop = holds_loop
        self._waiting: deque[Waiting] = deque()
        self._turn = threading.Lock()
        self._entry_seconds = FIRST_GUESS_SECONDS

    @property
    def entries_at_most(self) -> int:
        """How many entries one transaction takes now; a single request is always taken whole."""
        if not self._holds_loop:
            return ENTRIES_ELSEWHERE  # and the work of others would be taken for ours
        fewest, most = ENTRIES
        return max(fewest, min(most, int(WORK_AT_MOST_SECONDS / self._entry_seconds)))

    def submit(self, one: One, commit_all: Callable[[list[One]], None]) -> None:
        """Have a request committed, with others or alone. `commit_all` marks each as done and raises nothing."""
        self._waiting.append(one)
        with self._turn:
            if one.is_done:
                return
            time.sleep(GATHER_SECONDS)
            self._commit(commit_all)
            while not one.is_done:
                let_others_go_on()
                self._commit(commit_all)

    def _commit(self, commit_all: Callable[[list[One]], None]) -> None:
        taken: list[One] = self._take()
        began = clock.work_ticks()
        commit_all(taken)
        entries = sum(each.size for each in taken)
        if entries >= ENTRIES[0]:  # of fewer, what lies around them says more than they do
            # an eighth of what was found now: one odd group says little
            self._entry_seconds += ((clock.work_ticks() - began) / entries - self._entry_seconds) / 8

    def _take(self) -> list[One]:
        taken: list[One] = []
        entries, most = 0, self.entries_at_most
        while self._waiting and (not taken or entries + self._waiting[0].size <= most):
            entries += self._waiting[0].size
            taken.append(self._waiting.popleft())  # type: ignore[arg-type]
        return taken
