"""Steps that are late by more than their plan allows: the same people and paths as for an update nobody answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.base.clock import now as present
from app.base.unit_of_work import UnitOfWork, write
from app.broadcasts.escalating import next_person
from app.delivery.commands.enqueue import enqueue
from app.delivery.news import News
from app.people.permissions import LEADER_ROLES
from app.people.queries import people_by_unit, people_of_unit, unit_name
from app.response.commands.alerts import incident_facts
from app.response.commands.overdue import (
    late_steps,
    raise_step,
    raised_at,
    tell_leaders_too,
    unanswered_late_steps,
)
from app.response.queries import incident_of, task_of


def escalate_steps() -> None:
    """Raise what is late, each step in its own transaction, once; tell all leaders of what nobody took in time."""
    now = present()
    for task in late_steps(now):
        with write() as work:
            _raise(work, task)
    for request in unanswered_late_steps(now):
        with write() as work:
            _go_on(work, request)


def oldest_late_step(now: datetime) -> datetime | None:
    """Since when the longest waiting late step should have been raised; None when none waits."""
    waiting = late_steps(now)
    return raised_at(waiting[0]) if waiting else None


def _raise(work: UnitOfWork, task: Mapping[str, Any]) -> None:
    incident = incident_of(task["incident"])
    if incident is None:
        return
    person = next_person(people_of_unit(task["unit"]), tried=())
    told = [{"id": person.id, "name": person.name}] if person else []
    request = raise_step(work, task, told=told)
    _alert(work, incident, task, [one["id"] for one in told], turn=f"{request['id']}:1")


def _go_on(work: UnitOfWork, request: Mapping[str, Any]) -> None:
    incident, task = incident_of(request["incident"]), task_of(request["task"])
    if incident is None or task is None:
        return
    tell_leaders_too(work, request)
    leaders = {one.id for people in people_by_unit(None, LEADER_ROLES).values() for one in people}
    _alert(work, incident, task, leaders, turn=f"{request['id']}:2")


def _alert(
    work: UnitOfWork, incident: Mapping[str, Any], task: Mapping[str, Any], people: Iterable[str], *, turn: str
) -> None:
    facts = {"code": task["code"], "step": task["title"], "unit_name": unit_name(task["unit"])}
    news = News(
        key=f"step.overdue:{turn}", purpose="step.overdue", kind=incident["kind"], site=incident["site"],
        incident=incident["id"], ref=task["id"], facts={**incident_facts(incident), **facts},
    )  # fmt: skip
    enqueue(work, news, people)
