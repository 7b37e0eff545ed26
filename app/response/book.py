"""The tasks that a unit of work changes: read together, changed in memory, written together.

Phones come back with dozens of ticks each. One read and one write for all of them is most of what makes a storm pass.
Whoever reads or changes tasks by SQL in the same unit of work calls `settle` before, or runs after the flush.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.base.among import among
from app.base.bulk import update_all
from app.base.db import db
from app.base.reading import Record, all_records
from app.base.unit_of_work import UnitOfWork
from app.response.models import Task, TaskAlias
from app.response.queries import is_on_phones, task_of

CHANGING = ("state", "by", "by_name", "at", "captured", "note", "reason", "signs")
_ALIASES = select(TaskAlias.id).where(among(TaskAlias.id, "ids"))
_TASKS = select(Task.__table__).where(among(Task.id, "ids"))


class TaskBook:
    """A collector of tasks as they are after each change; what was read ahead lies in the unit of work's memory."""

    order = 5

    def read_ahead(self, work: UnitOfWork, ids: Iterable[str]) -> None:
        """Read these tasks at once; those that are not there, or that others took the place of, are read one by one."""
        wanted = list(ids)
        if not wanted:
            return
        aliases = set(db.session.connection().execute(_ALIASES, {"ids": wanted}).scalars())
        memory = work.memory.setdefault(self, {})
        changed = {task["id"]: task for task in work.collected(self)}
        for task in all_records(_TASKS, {"ids": wanted}):
            if task["id"] not in aliases:
                memory[task["id"]] = changed.get(task["id"], task)

    def task(self, work: UnitOfWork, task_id: str) -> Record | None:
        """A task as this unit of work has left it so far; None when there is none."""
        memory = work.memory.setdefault(self, {})
        places = work.memory.setdefault((self, "places"), {})
        known: Record | None = memory.get(places.get(task_id, task_id))
        if known is None:
            known = task_of(task_id)
            if known is None:
                return None
            places[task_id] = known["id"]
            changed = [task for task in work.collected(self) if task["id"] == known["id"]]
            known = memory.setdefault(known["id"], changed[-1] if changed else known)
        return known

    def is_on_phones(self, work: UnitOfWork, incident: str) -> bool:
        """Whether phones still hold a task's incident; asked once for all its tasks."""
        known = work.memory.setdefault((self, "incidents"), {})
        if incident not in known:
            known[incident] = is_on_phones(incident)
        return bool(known[incident])

    def units(self, work: UnitOfWork) -> set[str]:
        """Whose cards the tasks are on that were read so far."""
        return {task["unit"] for task in work.memory.get(self, {}).values()}

    def change(self, work: UnitOfWork, task: Record) -> None:
        """The task is like this from now on; nobody changes the record itself any more."""
        work.memory.setdefault(self, {})[task["id"]] = task
        work.collect(self, task)

    def settle(self, work: UnitOfWork) -> None:
        """Write what is changed and forget what was read: somebody is about to work on the tables themselves."""
        self.flush(work, work.collected(self))

    def flush(self, work: UnitOfWork, items: list[Any]) -> None:
        """Write the last state of every changed task."""
        latest = {task["id"]: task for task in items}
        del items[:]
        work.memory.pop(self, None)
        work.memory.pop((self, "places"), None)
        work.memory.pop((self, "incidents"), None)
        if latest:
            changed = [{"id": task["id"], **{name: task[name] for name in CHANGING}} for task in latest.values()]
            update_all(work.session.connection(), Task.__table__, ("id",), changed)

    def publish(self, items: list[Any]) -> None:
        """Nothing: the rows tell."""


BOOK = TaskBook()
