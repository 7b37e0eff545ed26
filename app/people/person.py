"""A person as the rest of the server sees one: what they hold now. Values, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.people import permissions


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody signed in, or the author of ops.

    `roles` and `units` are those of memberships and duty together, in the hospital's order. `memberships`, `duty` and
    `ended` are (unit, role) pairs; `ended` were lost less than a day ago, as what was recorded under them may still
    arrive. `session_id` is the sign-in (None for the author of ops), `device` where they are.
    """

    id: str
    name: str
    username: str
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    memberships: tuple[tuple[str, str], ...] = ()
    duty: tuple[tuple[str, str], ...] = ()
    ended: tuple[tuple[str, str], ...] = ()
    site: str = ""
    session_id: str | None = None
    device: str | None = None

    def may(self, action: str) -> bool:
        """Whether the table gives this person the action; KeyError for an unknown one."""
        return permissions.may(self.roles, action)

    def belongs_to(self, unit: str) -> bool:
        """Whether they are of the unit now, by membership or duty."""
        return unit in self.units

    @property
    def is_leader(self) -> bool:
        """Whether they see the whole incident."""
        return not permissions.LEADER_ROLES.isdisjoint(self.roles)


@dataclass(frozen=True)
class UnitPerson:
    """Somebody of a unit, with the roles they hold in that unit."""

    id: str
    name: str
    roles: tuple[str, ...]
    on_duty: bool


@dataclass(frozen=True, kw_only=True)
class ScreenCard:
    """A wallboard as leaders see it. `unit` None: the command centre; `enrolled_at` None: its code is not typed yet."""

    id: str
    site: str
    unit: str | None
    label: str
    made_by_name: str
    created_at: datetime
    code_until: datetime
    enrolled_at: datetime | None
    seen_at: datetime | None
