"""The command chart as a file: positions, whom they report to, who succeeds whom. docs/command.md."""

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from app.plans.catalogue import Label
from app.plans.format import Slug, Written
from app.plans.notices import Words
from app.plans.pack import parse_document
from app.plans.yaml_text import read_yaml

DEPTH = 3


class Section(Written):
    """A part of the chart: command, operations, planning."""

    code: Slug
    title: Label


class Position(Written):
    """A position of incident command. Its code is that of the role which whoever holds it is on duty in.

    `from_level`: incidents of this level and above must have somebody in it; without it, only where it is needed.
    """

    code: Slug
    title: Label
    section: Slug
    mission: Words
    reports_to: Slug | None = None
    from_level: Annotated[int, Field(ge=1, le=4)] | None = None


class CommandChart(Written):
    """Everything the file says; `assume` are the first things whoever takes a position does.

    `successors` are user names by position, in the order in which they are asked.
    """

    assume: Annotated[tuple[Words, ...], Field(min_length=1, max_length=8)]
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=12)]
    positions: Annotated[tuple[Position, ...], Field(min_length=1, max_length=80)]
    successors: dict[Slug, Annotated[tuple[Annotated[str, Field(max_length=80)], ...], Field(max_length=12)]] = Field(
        default_factory=dict
    )

    @model_validator(mode="after")
    def _everything_named_is_there(self) -> Self:
        for sentence in _faults(self):
            raise ValueError(sentence)
        return self


def parse_command(text: str, *, source: str) -> CommandChart:
    """The chart of a command.yaml. Raises PlanErrors naming every fault with file and line."""
    return parse_document(read_yaml(text, source=source), CommandChart, source=source)


def shallow(chart: CommandChart) -> list[str]:
    """Positions that an incident must have and that fewer than three people are named for."""
    return [
        one.code
        for one in chart.positions
        if one.from_level is not None and len(set(chart.successors.get(one.code, ()))) < DEPTH
    ]


def frame_row(chart: CommandChart, unit: str) -> dict[str, Any]:
    """Body of the `command` row; `unit` is where positions are held."""
    return {
        "unit": unit,
        "assume": [line.model_dump() for line in chart.assume],
        "sections": [section.model_dump() for section in chart.sections],
    }


def position_rows(chart: CommandChart, people: dict[str, dict[str, str]]) -> dict[str, dict[str, Any]]:
    """Bodies of the `position` rows by row id; `people` are {id, name} by user name."""
    return {
        f"position:{one.code}": {
            **one.model_dump(mode="json"),
            "order": order,
            "successors": [people[name] for name in chart.successors.get(one.code, ()) if name in people],
        }
        for order, one in enumerate(chart.positions)
    }


def _faults(chart: CommandChart) -> Iterator[str]:
    codes = [one.code for one in chart.positions]
    sections = {one.code for one in chart.sections}
    for code in codes:
        if codes.count(code) > 1:
            yield f'"{code}" is written twice.'
    for one in chart.positions:
        if one.section not in sections:
            yield f'{one.code}: there is no section "{one.section}".'
        if one.reports_to is not None and one.reports_to not in codes:
            yield f'{one.code} reports to "{one.reports_to}", which is not there.'
        if _goes_in_a_circle(one, chart):
            yield f"{one.code} reports to itself in the end."
    for code in chart.successors:
        if code not in codes:
            yield f'There is no position "{code}" to succeed in.'


def _goes_in_a_circle(position: Position, chart: CommandChart) -> bool:
    above = {one.code: one.reports_to for one in chart.positions}
    at = position.reports_to
    for _step in chart.positions:
        if at is None or at == position.code:
            break
        at = above.get(at)
    return at is not None
