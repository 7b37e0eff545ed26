"""Which steps wait for which, and how far each gate is. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.plans.format import Plan
from app.response.lifecycle import CLOSED_STATES

Record = Mapping[str, Any]


def gate_keys(plan: Plan) -> tuple[str, ...]:
    """The steps (`<role>/<code>`) that steps of other cards wait for: a gate stands behind those it waits for."""
    steps = {f"{card.role}/{step.code}": step for card in plan.cards for step in card.steps_in_order}
    waited_for = {key for step in steps.values() for key in step.gate}

    def depth(key: str) -> int:
        return max((1 + depth(before) for before in steps[key].gate), default=0)

    return tuple(sorted((key for key in steps if key in waited_for), key=depth))


def role_of_key(key: str) -> str:
    """The role on whose card a step stands in its plan, whoever has it now."""
    return key.partition("/")[0]


def waits_on(task: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(keys on its own card, keys of other cards wherever they are) that come first. Only the others lock it."""
    rules = task["rules"] or {}
    own = tuple(f"{role_of_key(task['key'])}/{code}" for code in rules.get("depends_on", ()))
    return own, tuple(rules.get("gate", ()))


def still_locking(task: Record, others: Sequence[Record]) -> list[Record]:
    """The first open task of each step that this one waits for; `others` are first rounds of those steps.

    A step that no unit of the incident has locks nothing: it could never be opened.
    """
    _own, foreign = waits_on(task)
    locking: dict[str, Record] = {}
    for other in others:
        if other["key"] in foreign and other["state"] not in CLOSED_STATES:
            locking.setdefault(other["key"], other)
    return list(locking.values())


def gate_body(incident: str, tasks: Sequence[Record], *, order: int) -> dict[str, Any]:
    """The `gate` row: the same step in every unit that has it. It is open when none of them is left."""
    first = tasks[0]
    done = sum(task["state"] in CLOSED_STATES for task in tasks)
    fields = ("key", "code", "role", "title", "phase", "plan")
    return {
        "incident": incident,
        **{name: first[name] for name in fields},
        "order": order,
        "done": done,
        "total": len(tasks),
        "open": done == len(tasks),
        "waits_for": list(waits_on(first)[1]),
        "units": [{name: task[name] for name in ("unit", "state", "by_name")} for task in tasks],
    }
