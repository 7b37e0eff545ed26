"""Positions, objectives and operational periods: what is required, what a change may do, how rows say it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from app.base.instants import to_wire
from app.plans.command.format import Position

OBJECTIVE_STATES = ("open", "met", "dropped")


def vacant(positions: Iterable[Position], held: Collection[str], *, level: int) -> list[Position]:
    """The positions that an incident of this level must have and nobody holds."""
    return [one for one in positions if one.from_level is not None and one.from_level <= level and one.code not in held]


def first_to_ask(successors: Sequence[str], *, but: Collection[str]) -> str | None:
    """Who is asked first; None when there is nobody but those."""
    return next((user for user in successors if user not in but), None)


def current_period(periods: Sequence[Mapping[str, Any]]) -> int:
    """The number of the period that runs; the first one runs from the declaration, also before anybody planned it."""
    return max((period["no"] for period in periods), default=1)


def objective_body(objective: Mapping[str, Any]) -> dict[str, Any]:
    """The `objective` row."""
    plain = ("incident", "period", "text", "owner", "state", "by", "by_name", "note", "closed_in", "changed_by_name")
    return {
        **{name: objective[name] for name in plain},
        "at": to_wire(objective["at"]),
        "changed_at": to_wire(objective["changed_at"]),
    }


def period_body(period: Mapping[str, Any]) -> dict[str, Any]:
    """The `period` row."""
    return {
        **{name: period[name] for name in ("incident", "no", "note", "by", "by_name")},
        **{name: to_wire(period[name]) for name in ("starts_at", "ends_at", "ended_at", "changed_at")},
    }
