"""A step that was offered to another card: it moves when somebody takes it, comes back when nobody does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from app.base.attestation import Attestation
from app.base.instants import to_wire
from app.base.unit_of_work import UnitOfWork
from app.live.rows import drop_row
from app.live.scopes import unit_scope
from app.live.timeline import tell
from app.people.queries import role_title, unit_name
from app.response.book import BOOK
from app.response.commands.gates import note_gate
from app.response.commands.handover_rows import put_handover
from app.response.commands.task_rows import put_task
from app.response.lifecycle import CLOSED_STATES
from app.response.models import Handover, Task
from app.response.progress import PROGRESS
from app.response.queries import handover_of, is_on_phones, task_of

Record = Mapping[str, Any]
EVENT_OF_STEP_ANSWER = {"accept": "step.taken_over", "refuse": "step.not_taken", "withdraw": "step.offer_withdrawn"}


def step_facts(task: Record) -> dict[str, Any]:
    """How an offered step stands, as its hand-over says it."""
    facts = ("code", "title", "safety", "state", "by_name")
    return {**{name: task[name] for name in facts}, "at": to_wire(task["at"])}


def apply_step_answer(work: UnitOfWork, what: str, attestation: Attestation, handover: Record, reason: str) -> None:
    """What an answer to a step's offer does to the step; the timeline hears it."""
    BOOK.settle(work)
    task = task_of(handover["task"])
    if task is None:
        return
    if what == "accept":
        _move(work, task, handover)
    else:
        _give_back(work, task)
    tell(
        work, EVENT_OF_STEP_ANSWER[what], attestation, incident=task["incident"], unit=handover["unit"],
        code=task["code"], role=role_title(handover["role"]), unit_name=unit_name(handover["from_unit"]), reason=reason,
        giver=handover["by_name"],
    )  # fmt: skip


def mark_offered(work: UnitOfWork, task: Record, handover: Record) -> None:
    """The card says that its step is offered; `handed` keeps whose card it belongs to in the plan."""
    origin = task["handed"] or {"unit": task["unit"], "role": task["role"]}
    mark = {"offer": handover["id"], "unit": origin["unit"], "role": origin["role"]}
    _change(work, task, handed={**mark, "by": handover["by"], "by_name": handover["by_name"]})


def follow_step(work: UnitOfWork, attestation: Attestation, task: Record) -> None:
    """The hand-over of a step says how it stands; an offer that nobody has answered ends when the step is closed."""
    offer = (task["handed"] or {}).get("offer")
    handover = handover_of(offer) if offer else None
    if handover is None:
        return
    changed: dict[str, Any] = {"step": step_facts(task)}
    if handover["state"] == "offered" and task["state"] in CLOSED_STATES:
        answer = {"answered_by": attestation.actor, "answered_by_name": attestation.actor_name}
        changed |= {"state": "withdrawn", **answer, "answered_at": attestation.occurred_at, "next_at": None}
    work.session.execute(update(Handover).where(Handover.id == handover["id"]).values(**changed))
    put_handover(work, {**handover, **changed})


def _move(work: UnitOfWork, task: Record, handover: Record) -> None:
    moved = {"unit": handover["unit"], "role": handover["role"]}
    if moved["unit"] != task["unit"]:
        drop_row(work, unit_scope(task["unit"]), task["id"], "task")
    _change(work, task, **moved)
    PROGRESS.mark(work, (task["incident"], task["unit"]))
    note_gate(work, {**task, **moved})


def _give_back(work: UnitOfWork, task: Record) -> None:
    handed = task["handed"] or {}
    is_home = (handed.get("unit"), handed.get("role")) == (task["unit"], task["role"])
    _change(work, task, handed=None if is_home else {name: handed[name] for name in handed if name != "offer"})


def _change(work: UnitOfWork, task: Record, **changed: Any) -> None:
    BOOK.settle(work)
    work.session.execute(update(Task).where(Task.id == task["id"]).values(**changed))
    now_is = {**task, **changed}
    PROGRESS.mark(work, (task["incident"], now_is["unit"]))
    if is_on_phones(task["incident"]):
        put_task(work, now_is)
