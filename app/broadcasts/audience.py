"""Who a broadcast is for, and what it replaces. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Units, roles and single people; None means all of the incident.

    `on_duty`: only who is on duty now. `services`: only units that need one of them. `people` come on top.
    """

    units: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    on_duty: bool = False
    services: tuple[str, ...] | None = None
    people: tuple[str, ...] | None = None

    @property
    def is_people_only(self) -> bool:
        """Whether it names single people and nobody else."""
        return self.units == () and bool(self.people)

    def covers(self, other: Audience) -> bool:
        """Whether everybody the other one was for gets this one too."""
        if self.on_duty and not other.on_duty:
            return False
        is_everybody = self.units is None and self.roles is None
        people = set(other.people or ()) <= set(self.people or ()) or is_everybody
        return people and _covers(self.units, other.units) and _covers(self.roles, other.roles)

    def in_units(self, units: Sequence[str]) -> Audience:
        """The same with its units worked out."""
        return replace(self, units=tuple(units))


def _covers(wide: Sequence[str] | None, narrow: Sequence[str] | None) -> bool:
    if wide is None:
        return True
    return narrow is not None and set(narrow) <= set(wide)


def audience_of(broadcast: Mapping[str, Any]) -> Audience:
    """The audience of a stored broadcast."""

    def names(key: str) -> tuple[str, ...] | None:
        return None if broadcast[key] is None else tuple(broadcast[key])

    return Audience(
        units=names("units"), roles=names("roles"), on_duty=broadcast["on_duty"], services=names("services"),
        people=names("people"),
    )  # fmt: skip


def units_meant(audience: Audience, incident_units: Sequence[str], hit: Collection[str] | None) -> tuple[str, ...]:
    """The incident's units that an audience comes down to; `hit` are those that need the named services."""
    named = incident_units if audience.units is None else audience.units
    return tuple(unit for unit in named if hit is None or unit in hit)
