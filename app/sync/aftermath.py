"""After a restore: ops of the time that the server has lost come again, in another order than the first time. Pure.

A nurse's tick may be here before the declaration it belongs to, as each phone hands in its own journal when it hears of
the new epoch. What can't be placed yet waits on its phone instead of being refused for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# Phones keep what they have handed in for seven days; after that nobody can bring what is missing.
JOURNALS_LAST = timedelta(days=7)
TRY_AGAIN_AFTER_MS = 60_000
MAY_COME_LATER = frozenset({"not_found", "not_next"})


@dataclass(frozen=True)
class Aftermath:
    """When the server was restored, if it ever was."""

    restored_at: datetime | None

    def is_of_lost_time(self, occurred_at: datetime, *, now: datetime) -> bool:
        """Whether an op may have been on record before the restore, so that it is history and no late wish."""
        if self.restored_at is None:
            return False
        return occurred_at < self.restored_at and now - self.restored_at < JOURNALS_LAST

    def should_wait(self, code: str, occurred_at: datetime, *, now: datetime) -> bool:
        """Whether what this op names may still come from somebody else's phone."""
        return code in MAY_COME_LATER and self.is_of_lost_time(occurred_at, now=now)
