"""Command on paper, as values for templates. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.pages.views import IncidentView, SiteView
from app.plans.command.format import CommandChart


@dataclass(frozen=True)
class PlaceView:
    """A position: who holds it since when, who succeeds, whether somebody has to hold it."""

    title: str
    holders: list[tuple[str, datetime]]
    successors: list[str]
    required: bool
    mission: str


@dataclass(frozen=True)
class ObjectiveView:
    """An objective and how far it is."""

    text: str
    owner: str
    state: str
    period: int
    note: str


@dataclass(frozen=True)
class PeriodView:
    """An operational period; the first one runs from the declaration also before it is planned."""

    no: int
    starts_at: datetime
    ends_at: datetime | None
    note: str


@dataclass(frozen=True, kw_only=True)
class CommandView:
    """Everything that the two sheets show."""

    site: SiteView
    incident: IncidentView
    level: int
    units: list[str]
    sections: list[tuple[str, list[PlaceView]]]
    period: PeriodView
    objectives: list[ObjectiveView]
    workarounds: list[tuple[str, str, datetime]]
    open_safety: int
    next_update_at: datetime | None
    printed_at: datetime
    printed_by: str


def section_views(
    chart: CommandChart,
    holders: Mapping[str, Sequence[Mapping[str, Any]]],
    names: Mapping[str, Mapping[str, str]],
    *,
    level: int,
    language: str,
) -> list[tuple[str, list[PlaceView]]]:
    """The chart by section; `holders` by position, `names` of successors by user name."""
    found = []
    for section in chart.sections:
        places = [
            PlaceView(
                title=said(one.title, language),
                holders=[(who["name"], who["since"]) for who in holders.get(one.code, ())],
                successors=[names[name]["name"] for name in chart.successors.get(one.code, ()) if name in names],
                required=one.from_level is not None and one.from_level <= level,
                mission=said(one.mission, language),
            )
            for one in chart.positions
            if one.section == section.code
        ]
        found.append((said(section.title, language), places))
    return found


def said(words: Any, language: str) -> str:
    """A text of the chart in a language."""
    return str(getattr(words, language, None) or words.en)
