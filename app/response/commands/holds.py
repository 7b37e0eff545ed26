"""Holds in the tables: after each change of a card, its steps that wait for it are looked at again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from app.base.among import among
from app.base.reading import Record, all_records
from app.base.recount import Recount
from app.base.unit_of_work import UnitOfWork
from app.plans.ids import task_id
from app.response.commands.fresh_tasks import clocks_of
from app.response.commands.shift_clock import shift_of
from app.response.commands.task_rows import put_task
from app.response.gates import role_of_key
from app.response.holds import due_when_it_stands, may_be_held, standing_of
from app.response.models import Task
from app.response.progress import PROGRESS
from app.response.queries import incident_of, is_on_phones
from app.response.shifts import SHIFT

Place = tuple[str, str, str]
Card = tuple[str, str]

_WITH_RULES = (
    select(Task.__table__)
    .where(Task.incident == bindparam("incident"), among(Task.unit, "units"))
    .where(among(Task.role, "roles"))
    .where(Task.rules.is_not(None), Task.state == "open")
    .order_by(Task.unit, Task.role, Task.position, Task.id)
)


def note_hold(work: UnitOfWork, task: Mapping[str, Any]) -> None:
    """A task has changed: what waits for it on its card is looked at before the commit."""
    for unit, role in cards_of(task):
        HOLDS.mark(work, (task["incident"], unit, role))


def weigh_cards(work: UnitOfWork, incident: str, cards: Collection[Card]) -> None:
    """Hold and release the open steps of cards as their answers are now. What is gathered must be written before."""
    units, roles = ({card[part] for card in cards} for part in (0, 1))
    waiting = [
        task
        for task in all_records(_WITH_RULES, {"incident": incident, "units": sorted(units), "roles": sorted(roles)})
        if (task["unit"], task["role"]) in cards and may_be_held(task["rules"])
    ]
    found = incident_of(incident) if waiting else None
    if found is None:
        return
    clocks = clocks_of(found)
    for task in waiting:
        held, since = standing_of(task["rules"], _card_of(task))
        if held == task["held"]:
            continue
        started = _clock_of(task, found, clocks)
        due = due_when_it_stands(task["rules"], started_at=started, due_min=task["due_min"], since=since)
        changed = {"held": held, "due_at": None if held else due}
        work.session.execute(update(Task).where(Task.id == task["id"]).values(**changed))
        if is_on_phones(incident):
            put_task(work, {**task, **changed})
        PROGRESS.mark(work, (incident, task["unit"]))


def _clock_of(task: Record, incident: Record, clocks: Mapping[str, datetime]) -> datetime | None:
    """The clock that a task counts from; each round of a step that comes with the shift has its own."""
    if task["anchor"] != SHIFT or task["occurrence"] == 1:
        return clocks.get(task["anchor"])
    return shift_of(incident, task["occurrence"])


def _card_of(task: Record) -> list[Record]:
    """The tasks that a task looks at: on its card, and those of it that were handed to others."""
    rules = task["rules"]
    codes = {*rules.get("depends_on", ()), *([rules["when"]["step"]] if "when" in rules else [])}
    keys = [f"{role_of_key(task['key'])}/{code}" for code in sorted(codes)]
    firsts = [task_id(task["run"], key) for key in keys]
    units = sorted({unit for unit, _role in cards_of(task)})
    rounds = (Task.incident == task["incident"]) & Task.unit.in_(units) & Task.key.in_(keys)
    query = select(Task.__table__).where(or_(Task.id.in_(firsts), rounds))
    return [one for one in all_records(query) if one["run"] == task["run"]]


def cards_of(task: Mapping[str, Any]) -> list[Card]:
    """Whose card a task is on, and from whose it came."""
    handed = task["handed"] or {}
    own = (task["unit"], task["role"])
    return [own, (handed["unit"], handed["role"])] if handed else [own]


def _weigh(work: UnitOfWork, places: set[Place]) -> None:
    cards: dict[str, set[Card]] = {}
    for incident, unit, role in sorted(places):
        cards.setdefault(incident, set()).add((unit, role))
    for incident, of_it in cards.items():
        weigh_cards(work, incident, of_it)


# After the tasks are written, before progress is counted.
HOLDS = Recount(_weigh, order=8)
