"""Who may act on what in an incident (DESIGN: whoever belongs to a unit may act on its tasks). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Actor(Protocol):
    """The author of an op: `memberships` and `duty` are (unit, role) pairs; `ended` those lost within a day."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def site(self) -> str: ...
    @property
    def roles(self) -> Sequence[str]: ...
    @property
    def memberships(self) -> Sequence[tuple[str, str]]: ...
    @property
    def duty(self) -> Sequence[tuple[str, str]]: ...
    @property
    def ended(self) -> Sequence[tuple[str, str]]: ...


def roles_in(actor: Actor, unit: str) -> tuple[str, ...]:
    """The roles the actor holds in a unit now, by membership or duty."""
    return tuple(role for held, role in (*actor.memberships, *actor.duty) if held == unit)


def roles_lately_in(actor: Actor, unit: str) -> tuple[str, ...]:
    """The roles in a unit that the actor lost less than a day ago."""
    return tuple(role for held, role in actor.ended if held == unit)
