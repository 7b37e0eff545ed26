"""Which steps are asked for: one is held while its condition is not met, or a step of its card comes first. Pure.

Held steps are neither open nor overdue, and have no due time. Phones have the same rules: static/js/lib/hold_rules.js.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.response.lifecycle import CLOSED_STATES

Record = Mapping[str, Any]
Rules = Mapping[str, Any] | None

WHEN = "when"  # not needed unless an answer makes it apply
AFTER = "after"  # a step of the same card comes first
ANSWERED_STATES = ("half", "done")


class Standing(NamedTuple):
    """Why a step is held (None: it stands), and since when it stands (None: from its beginning)."""

    held: str | None
    since: datetime | None


def may_be_held(rules: Rules) -> bool:
    """Whether a step waits for anything on its own card."""
    return bool(rules) and ("when" in rules or "depends_on" in rules)  # type: ignore[operator]


def first_hold(rules: Rules) -> str | None:
    """Why a step is held before anybody has touched its card."""
    if not may_be_held(rules) or rules is None:
        return None
    return WHEN if "when" in rules else AFTER


def standing_of(rules: Rules, others: Sequence[Record]) -> Standing:
    """How a step stands; `others` are the tasks of its own card: code, occurrence, state, captured, at.

    The earliest round that gives the answer counts. A step that comes first and is not there holds nothing up.
    """
    if not may_be_held(rules) or rules is None:
        return Standing(None, None)
    moments: list[datetime] = []
    if "when" in rules:
        answers = [one["at"] for one in others if _answers(rules["when"], one)]
        if not answers:
            return Standing(WHEN, None)
        moments.append(min(answers))
    firsts = [one for one in others if one["code"] in rules.get("depends_on", ()) and one["occurrence"] == 1]
    if any(one["state"] not in CLOSED_STATES for one in firsts):
        return Standing(AFTER, None)
    moments += [one["at"] for one in firsts if one["at"] is not None]
    return Standing(None, max(moments, default=None))


def due_when_it_stands(
    rules: Rules, *, started_at: datetime | None, due_min: int | None, since: datetime | None
) -> datetime | None:
    """When a step is due that stands since then: `started_at` is its clock, None while that does not run.

    What a condition brings counts from the answer; what only waited is due as planned, but never before it stood.
    """
    if started_at is None or due_min is None:
        return None
    planned = started_at + timedelta(minutes=due_min)
    if since is None:
        return planned
    if "when" in (rules or {}):
        return max(since, started_at) + timedelta(minutes=max(0, due_min))
    return max(planned, since)


def _answers(condition: Record, task: Record) -> bool:
    if task["code"] != condition["step"] or task["state"] not in ANSWERED_STATES or task["at"] is None:
        return False
    value = task["captured"].get(condition["field"])
    if "one_of" in condition:
        return value in condition["one_of"]
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return bool(condition.get("at_least", value) <= value <= condition.get("at_most", value))
