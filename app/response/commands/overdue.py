"""A step that its plan wants escalated lands in the triage queue when it is late, and leaves it when it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from app.base.attestation import Attestation, by_system
from app.base.ids import named_id
from app.base.instants import to_wire
from app.base.reading import Record, all_records
from app.base.unit_of_work import UnitOfWork
from app.live.timeline import tell
from app.people.queries import unit_name
from app.response.commands.help import answer_minutes, put_help
from app.response.lifecycle import RUNNING_STATES
from app.response.models import HelpRequest, Incident, Task
from app.response.triage import OVERDUE, answer_by

SYSTEM = "Wardlight"


def raised_at(task: Mapping[str, Any]) -> datetime | None:
    """When leaders are to hear that a step is still open; None when its plan does not say."""
    minutes = (task["rules"] or {}).get("escalate_after_min")
    if minutes is None or task["due_at"] is None:
        return None
    due: datetime = task["due_at"]
    return due + timedelta(minutes=minutes)


def request_id(task: Mapping[str, Any]) -> str:
    """The request about a late step: one for each time that it was opened."""
    opened = sum(sign["what"] == "reopen" and sign["st"] == "ok" for sign in task["signs"])
    return named_id(f"overdue|{task['id']}|{opened}")


def late_steps(now: datetime) -> list[Record]:
    """Steps of running incidents that leaders are to hear of and have not yet, the longest waiting first.

    Where somebody has asked for help with a step, leaders know already.
    """
    query = (
        select(Task.__table__)
        .join(Incident, Incident.id == Task.incident)
        .where(
            Incident.state.in_(RUNNING_STATES), Task.due_at <= now, Task.rules.is_not(None), Task.held.is_(None),
            Task.state.in_(("open", "half")),
        )
    )  # fmt: skip
    due = {request_id(task): task for task in all_records(query) if (raised_at(task) or now) < now}
    asked = select(HelpRequest.id).where(HelpRequest.what == OVERDUE, HelpRequest.state != "closed")
    known = {found["id"] for found in all_records(asked)} if due else set()
    return sorted((task for key, task in due.items() if key not in known), key=lambda one: raised_at(one) or now)


def unanswered_late_steps(now: datetime) -> list[Record]:
    """Requests about late steps that nobody took in time and only one person was told of."""
    query = select(HelpRequest.__table__).where(
        HelpRequest.what == OVERDUE, HelpRequest.state == "open", HelpRequest.answer_by <= now
    )
    return [request for request in all_records(query) if len(request["handed"]) < 2]


def raise_step(work: UnitOfWork, task: Mapping[str, Any], *, told: Sequence[Mapping[str, str]]) -> Record:
    """Put a late step into the triage queue; `told` is who was told of it ({id, name}, at most one)."""
    request = {
        "id": request_id(task),
        **{name: task[name] for name in ("incident", "unit", "kind", "safety")},
        "task": task["id"],
        "text": task["title"],
        "state": "open",
        "by": "",
        "by_name": SYSTEM,
        "at": raised_at(task),
        **dict.fromkeys(("owner", "owner_name", "taken_at", "closed_at")),
        "answer": "",
        "what": OVERDUE,
        "answer_by": answer_by(OVERDUE, safety=task["safety"], asked_at=work.now, minutes=answer_minutes()),
        "handed": [told_step(one["id"], one["name"], at=work.now) for one in told],
    }
    work.session.execute(insert(HelpRequest), [request])
    put_help(work, request)
    tell(
        work, "step.overdue", by_system(), incident=task["incident"], unit=task["unit"], code=task["code"],
        title=task["title"], unit_name=unit_name(task["unit"]),
    )  # fmt: skip
    return request


def tell_leaders_too(work: UnitOfWork, request: Mapping[str, Any]) -> None:
    """The leaders were told as well, as nobody had taken it in time."""
    handed = [*request["handed"], told_step("", "", at=work.now)]
    while len(handed) < 2:  # nobody of the unit could be told before
        handed.insert(0, told_step("", "", at=work.now))
    work.session.execute(update(HelpRequest).where(HelpRequest.id == request["id"]).values(handed=handed))
    put_help(work, {**request, "handed": handed})


def end_overdue(work: UnitOfWork, attestation: Attestation, task: Mapping[str, Any]) -> None:
    """The step is done or skipped: nobody has to follow it up any more."""
    if "escalate_after_min" not in (task["rules"] or {}):
        return
    waiting = select(HelpRequest.__table__).where(
        HelpRequest.task == task["id"], HelpRequest.what == OVERDUE, HelpRequest.state != "closed"
    )
    for request in all_records(waiting):
        changed = {
            "state": "closed",
            "owner": request["owner"] or attestation.actor,
            "owner_name": request["owner_name"] or attestation.actor_name,
            "taken_at": request["taken_at"] or attestation.occurred_at,
            "answer": f"{attestation.actor_name}: {task['state']}",
            "closed_at": attestation.occurred_at,
        }
        work.session.execute(update(HelpRequest).where(HelpRequest.id == request["id"]).values(**changed))
        put_help(work, {**request, **changed})


def told_step(person: str, name: str, *, at: datetime) -> dict[str, Any]:
    """Somebody was told by the server; without a name, the leaders."""
    return {"by": "", "by_name": SYSTEM, "to": person, "to_name": name, "at": to_wire(at)}
