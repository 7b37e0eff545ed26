"""Who a broadcast is for, what it replaces and when a unit counts as having acknowledged. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ACCOUNTABLE_ROLES = (
    "charge-nurse",
    "it-lead",
    "incident-commander",
    "pharmacist",
    "laboratory",
    "imaging",
    "registration",
)
ENOUGH_OTHERS = 2


@dataclass(frozen=True)
class Audience:
    """Units and roles; None means all of the incident."""

    units: tuple[str, ...] | None
    roles: tuple[str, ...] | None

    def covers(self, other: Audience) -> bool:
        """Whether everybody the other one was for gets this one too."""
        return _covers(self.units, other.units) and _covers(self.roles, other.roles)


def _covers(wide: Sequence[str] | None, narrow: Sequence[str] | None) -> bool:
    if wide is None:
        return True
    return narrow is not None and set(narrow) <= set(wide)


@dataclass(frozen=True)
class Acked:
    """A person of the unit who acknowledged, with the roles held there."""

    person: str
    roles: Sequence[str]


def has_quorum(acked: Sequence[Acked], *, targeted: int) -> bool:
    """Whether the unit has acknowledged: one accountable person, or two others, or everybody of a smaller unit."""
    if any(set(one.roles) & set(ACCOUNTABLE_ROLES) for one in acked):
        return True
    people = len({one.person for one in acked})
    return people > 0 and people >= min(ENOUGH_OTHERS, max(targeted, 1))
