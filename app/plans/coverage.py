"""Which roles have work in which phases: what a library holds against what it should hold. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from app.plans.format import PHASES, Phase, Plan, Slug, Written
from app.plans.yaml_text import Path


class Scenario(Written):
    """A plan that a library must have, and by role the phases in which somebody has work."""

    plan: Slug
    cells: dict[Slug, tuple[Phase, ...]]


class Expected(Written):
    """Every scenario of a library: library/coverage.yaml."""

    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=1)]


def coverage(plan: Plan) -> list[tuple[str, list[int]]]:
    """Steps by role and phase, in the order of PHASES."""
    counts = [(card.role, Counter(step.in_phase for step in card.steps)) for card in plan.cards]
    return [(role, [count[phase] for phase in PHASES]) for role, count in counts]


def empty_cells(expected: Expected, plans: Sequence[Plan]) -> Iterator[tuple[Path, str]]:
    """Where the library has nothing although somebody has work: the place in coverage.yaml and a sentence."""
    there = {plan.id: dict(coverage(plan)) for plan in plans}
    for number, scenario in enumerate(expected.scenarios):
        path: Path = ("scenarios", number)
        if scenario.plan not in there:
            yield path, f"There is no plan {scenario.plan}."
            continue
        for role, phases in scenario.cells.items():
            counts = dict(zip(PHASES, there[scenario.plan].get(role, [0] * len(PHASES)), strict=True))
            for phase in phases:
                if not counts[phase]:
                    yield (*path, "cells", role), f"{scenario.plan}: {role} has nothing to do in {phase}."


def table(plan: Plan, wanted: Mapping[str, Sequence[Phase]]) -> str:
    """Roles down, phases across, number of steps in each cell; `EMPTY` where the library should hold something."""
    rows = coverage(plan)
    absent = [(role, [0] * len(PHASES)) for role in wanted if role not in dict(rows)]
    width = max(len(role) for role, _ in (*rows, *absent)) + 2
    lines = [f"{plan.id}: {plan.title}", " " * width + "".join(f"{phase:>11}" for phase in PHASES)]
    for role, counts in (*rows, *absent):
        cells = zip(PHASES, counts, strict=True)
        lines.append(f"{role:<{width}}" + "".join(f"{_cell(n, p in wanted.get(role, ())):>11}" for p, n in cells))
    return "\n".join([*lines, ""])


def _cell(count: int, is_wanted: bool) -> str:
    return str(count) if count else "EMPTY" if is_wanted else "-"
