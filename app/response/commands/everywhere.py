"""Tasks for a whole hospital: made for one unit of each type, and copied by the database for the others of it.

A declaration makes ten thousand. What is the same in all units of a type is encoded and handed over once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, insert, null, select, update

from app.base.ids import uuid7
from app.base.json_tables import json_pairs
from app.base.json_text import column_text
from app.base.unit_of_work import UnitOfWork
from app.live.rows import body_text, put_fresh_text
from app.live.scopes import unit_scope
from app.plans.format import Plan
from app.plans.materialise import TaskSeed, tasks_by_unit
from app.plans.pack import UnitRef
from app.response.bodies import task_body
from app.response.commands.fresh_tasks import clocks_of, task_values
from app.response.models import Task

_TASKS: Table = Task.__table__
_PLACE = json_pairs(bindparam("places"), name="place")
_OWN = {"id": _PLACE.c.value, "run": bindparam("to_run"), "unit": bindparam("to_unit"), "local": null()}
_COPY = insert(_TASKS).from_select(
    _TASKS.columns.keys(),
    select(*(_OWN.get(one.name, one) for one in _TASKS.columns)).join_from(_PLACE, _TASKS, _TASKS.c.id == _PLACE.c.key),
)
_SAY = update(_TASKS).where(_TASKS.c.id == bindparam("task")).values(local=bindparam("line"))


def make_tasks_everywhere(work: UnitOfWork, plan: Plan, incident: Mapping[str, Any], places: Sequence[UnitRef]) -> None:
    """A task for every step and unit of a new incident, with its row."""
    first: dict[str, _Unit] = {}
    found = tasks_by_unit(plan, places, incident=incident["id"], clocks=clocks_of(incident), kind=incident["kind"])
    for place, seeds in found:
        if place.type not in first:
            first[place.type] = _Unit(seeds, incident["id"], plan.id)
            first[place.type].insert(work)
        elif seeds:
            first[place.type].copy(work, seeds)
        first[place.type].put_rows(work, seeds)
        work.give_way()


class _Unit:
    """The tasks of the first unit of a type, and the bodies of their rows as texts around the name of the unit."""

    def __init__(self, seeds: Sequence[TaskSeed], incident: str, plan: str) -> None:
        self._incident, self._plan = incident, plan
        self._ids = [seed.id for seed in seeds]
        self._tasks = [task_values(seed, incident, plan) for seed in seeds]
        gap = uuid7()  # a text that no plan holds
        self._texts = [
            body_text(task_body({**task, "unit": gap, "local": None})).split(f'"{gap}"') for task in self._tasks
        ]

    def insert(self, work: UnitOfWork) -> None:
        """Store them."""
        if self._tasks:
            work.session.connection().execute(insert(_TASKS), self._tasks)

    def copy(self, work: UnitOfWork, seeds: Sequence[TaskSeed]) -> None:
        """Store those of another unit, which differ in what `tasks_by_unit` says."""
        places = dict(zip(self._ids, [seed.id for seed in seeds], strict=True))
        own = {"places": column_text(places), "to_run": seeds[0].run_id, "to_unit": seeds[0].unit}
        connection = work.session.connection()
        connection.execute(_COPY, own)
        lines = [{"task": seed.id, "line": seed.local} for seed in seeds if seed.local]
        if lines:
            connection.execute(_SAY, lines)

    def put_rows(self, work: UnitOfWork, seeds: Sequence[TaskSeed]) -> None:
        """Put the rows of a unit of this type."""
        for seed, (before, after) in zip(seeds, self._texts, strict=True):
            text = f"{before}{body_text(seed.unit)}{after}" if not seed.local else self._own_text(seed)
            put_fresh_text(work, unit_scope(seed.unit), seed.id, "task", text)

    def _own_text(self, seed: TaskSeed) -> str:
        return body_text(task_body(task_values(seed, self._incident, self._plan)))
