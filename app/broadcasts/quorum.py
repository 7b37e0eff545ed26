"""When a unit counts as having acknowledged. What that takes is the site's rule, not code. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

ARRIVED_LATE = timedelta(minutes=2)


@dataclass(frozen=True)
class Acked:
    """A person of the unit who acknowledged: the roles held there, and when it was done last."""

    person: str
    roles: Sequence[str]
    at: datetime


@dataclass(frozen=True)
class Way:
    """So many different people who hold one of the roles (None: anybody of the unit)."""

    roles: tuple[str, ...] | None
    count: int

    def counts(self, one: Acked) -> bool:
        """Whether this person's word counts here."""
        return self.roles is None or not set(self.roles).isdisjoint(one.roles)


@dataclass(frozen=True)
class Standing:
    """How a unit stands: `at` is when the last word that was needed was given, None while some is missing.

    `need` tells for every way how many it takes and how many there are.
    """

    at: datetime | None
    need: tuple[dict[str, Any], ...]

    @property
    def is_met(self) -> bool:
        """Whether one of the ways is complete."""
        return self.at is not None


def standing(acked: Sequence[Acked], ways: Sequence[Way], *, targeted: int) -> Standing:
    """How a unit with so many targeted people stands by these ways; any complete one is enough.

    A unit with fewer people than the smallest way to anybody needs all of them, and at least one.
    """
    first: dict[str, Acked] = {}
    for one in sorted(acked, key=lambda ack: ack.at):
        first.setdefault(one.person, one)
    times, need = [], []
    for way in ways:
        count = way.count if way.roles is not None else min(way.count, max(targeted, 1))
        mine = [one for one in first.values() if way.counts(one)]
        need.append({"roles": None if way.roles is None else list(way.roles), "count": count, "have": len(mine)})
        if len(mine) >= count:
            times.append(mine[count - 1].at)
    return Standing(min(times, default=None), tuple(need))


def still_counts(last_given_at: datetime, lasts_min: int | None, now: datetime) -> bool:
    """Whether an acknowledgement has not run out; None: it never does."""
    return lasts_min is None or now < last_given_at + timedelta(minutes=lasts_min)


def arrived_late(made_at: datetime, received_at: datetime) -> bool:
    """Whether it reached the server so long after it was made that a reader should know."""
    return received_at - made_at > ARRIVED_LATE
