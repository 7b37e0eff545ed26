"""Plan x units -> tasks. Pure: the same values give the same tasks on every machine."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.plans.format import Card, Plan, Step
from app.plans.ids import run_id, task_id
from app.plans.pack import UnitRef, capture_body, card_id, step_key, step_rules

Clocks = Mapping[str, datetime]


class TaskSeed(NamedTuple):
    """A step for one unit and role in one incident, before anybody has touched it."""

    id: str
    run_id: str
    unit: str
    role: str
    card: str
    key: str
    code: str
    phase: str
    title: str
    hint: str | None
    anchor: str
    due_min: int | None
    due_at: datetime | None
    safety: bool
    two_person: bool
    confirm_roles: tuple[str, ...] | None
    role_only: bool
    capture: tuple[dict[str, Any], ...]
    repeat_min: int | None
    until: str | None
    order: int
    occurrence: int
    kind: str
    rules: dict[str, Any] | None
    local: str | None
    held: str | None


def materialise(
    plan: Plan, units: Iterable[UnitRef], *, incident: str, clocks: Clocks, kind: str = "real"
) -> list[TaskSeed]:
    """Every task the plan means for these units: a unit gets each card that names its type.

    `clocks` are the instants reached so far ({"TD": ...}); tasks of later clocks have no due_at yet.
    """
    found = tasks_by_unit(plan, units, incident=incident, clocks=clocks, kind=kind)
    return [seed for _unit, seeds in found for seed in seeds]


def tasks_by_unit(
    plan: Plan, units: Iterable[UnitRef], *, incident: str, clocks: Clocks, kind: str = "real"
) -> Iterator[tuple[UnitRef, list[TaskSeed]]]:
    """The same, one unit after the other. Units of a type differ in `id`, `run_id`, `unit` and `local` only."""
    by_type: dict[str, list[tuple[tuple[Any, ...], Mapping[str, str]]]] = {}
    for card in plan.cards:
        places = card.places
        rows = [
            (_constant(plan, card, step, clocks, kind, order=places[step.code]), step.local)
            for step in card.steps_in_order
        ]
        for unit_type in card.unit_types:
            by_type.setdefault(unit_type, []).extend(rows)
    for unit in units:
        run = run_id(unit=unit.id, plan=plan.id, incident=incident)
        seeds: list[TaskSeed] = []
        for row, local in by_type.get(unit.type, ()):
            # row[2] is the step's key; _make skips a keyword call that doubles the time
            seed = TaskSeed._make((task_id(run, row[2]), run, unit.id, *row))
            seeds.append(seed._replace(local=local.get(unit.id)) if local else seed)
        yield unit, seeds


def due_at(anchor: str, due_min: int | None, clocks: Clocks) -> datetime | None:
    """When a step is due; None while its clock does not run, or when it has no hour."""
    started_at = clocks.get(anchor)
    if started_at is None or due_min is None:
        return None
    return started_at + timedelta(minutes=due_min)


def next_occurrence(seed: TaskSeed, *, finished_at: datetime, clocks: Clocks) -> TaskSeed | None:
    """The next round of a repeated task, or None when it does not repeat or its end has come."""
    if seed.repeat_min is None or (seed.until is not None and seed.until in clocks):
        return None
    number = seed.occurrence + 1
    due = next_due_at(seed.due_at, repeat_min=seed.repeat_min, finished_at=finished_at)
    return seed._replace(id=task_id(seed.run_id, seed.key, number), occurrence=number, due_at=due)


def next_due_at(due: datetime | None, *, repeat_min: int, finished_at: datetime) -> datetime:
    """Due time of the next round: on the beat of the first, but never sooner than half a beat.

    So rounds stay on the hour when somebody is early, and a late round does not bring the next at once.
    """
    beat = timedelta(minutes=repeat_min)
    if due is None:
        return finished_at + beat
    earliest = max(due, finished_at) + beat / 2
    beats = -((due - earliest) // beat)
    return due + beats * beat


def _constant(plan: Plan, card: Card, step: Step, clocks: Clocks, kind: str, *, order: int) -> tuple[Any, ...]:
    """The fields of a seed after `unit`, in their order: the same for every unit but those with a line of their own."""
    anchor, minutes = step.counted_from, step.due_min
    held = "when" if step.when else "after" if step.depends_on else None
    return (
        card.role, card_id(plan, card), step_key(card, step), step.code, step.in_phase,
        step.do, step.hint, anchor, minutes, None if held else due_at(anchor, minutes, clocks),
        step.safety, step.two_person, step.confirm_roles, step.role_only,
        tuple(capture_body(step)), step.repeat_min, step.repeats_until,
        order, 1, kind, step_rules(step) or None, None, held,
    )  # fmt: skip
