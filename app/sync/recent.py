"""What was handed out just now: phones that come back together have mostly missed the same.

All were up to date when the network went, so that a whole ward asks for the same rows of its unit, and the whole house
for those of its site. Between two cursors of one history a scope's rows never differ, as whatever changes a row moves
the counter: so they are read once. They are kept for seconds only, in which no database can be put in another's place.
"""

from __future__ import annotations

from collections.abc import Callable

from app.base import clock
from app.base.lru import Lru

KEPT_SECONDS = 5.0
KEPT_AT_MOST = 128
# Together with the above some 16 MB; who has missed more than this is read for alone.
LARGEST_CHARACTERS = 131_072

Rows = tuple[list[str], int | None]
# The history, the scope, the cursor after which they come, where the scope stands, and how many there are at most.
Which = tuple[str, str, int, int, int]


class Recent:
    """Rows as JSON text, with the seq reached where they were cut."""

    def __init__(self) -> None:
        self._kept: Lru[Which, tuple[float, Rows]] = Lru(KEPT_AT_MOST)

    def rows(self, which: Which, read: Callable[[], Rows]) -> Rows:
        """These rows; `read` gives them when nobody has just asked for them."""
        now, kept = clock.ticks(), self._kept.get(which)
        if kept is not None and now - kept[0] < KEPT_SECONDS:
            return kept[1]
        found = read()
        if sum(map(len, found[0])) <= LARGEST_CHARACTERS:
            self._kept.put(which, (now, found))
        return found

    def forget(self) -> None:
        """Keep nothing."""
        self._kept.forget()
