"""What people do with a task: tick, sign as second, skip, ask for help with it, reopen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.base.attestation import Attestation
from app.base.batches import Batch
from app.base.errors import AppError, NotAllowed, NotFound
from app.base.ids import uuid7
from app.base.instants import from_wire
from app.base.meta import meta
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.scopes import unit_scope
from app.live.timeline import tell
from app.people.queries import site_card, unit_names
from app.response.authority import Actor, roles_in, roles_lately_in
from app.response.bodies import sign_body
from app.response.book import BOOK
from app.response.commands.gates import locks_of, note_gate
from app.response.commands.help import open_help
from app.response.commands.holds import cards_of, note_hold, weigh_cards
from app.response.commands.overdue import end_overdue
from app.response.commands.rounds import make_next_round
from app.response.commands.step_moves import follow_step
from app.response.commands.task_rows import put_task
from app.response.lifecycle import Decision, TaskState, decide, signers_of
from app.response.models import TaskAttestation
from app.response.paper import PaperEntry, decide_on_paper
from app.response.progress import PROGRESS

ATTESTATIONS = Batch(TaskAttestation.__table__, order=6)
SIGNING = ("complete", "confirm")
EVENT_OF = {
    ("complete", "done"): "task.completed",
    ("complete", "half"): "task.half_signed",
    ("confirm", "done"): "task.confirmed",
    ("confirm", "half"): "task.half_signed",
    ("skip", "skipped"): "task.skipped",
    ("block", "blocked"): "task.blocked",
    ("reopen", "open"): "task.reopened",
}


def complete_task(
    actor: Actor,
    attestation: Attestation,
    *,
    task: str,
    captured: dict[str, Any],
    note: str = "",
    paper: PaperEntry | None = None,
) -> Outcome:
    """Tick a task, with what was counted. A two-person task becomes half signed, or done by the second person.

    With `paper` the author types what others have signed on a sheet: it is done at the sheet's time, by its initials.
    Somebody was first: the outcome is `superseded` and the entry stays as a sign. Raises NotFound, NotAllowed.
    """
    _check_captured(captured)
    if paper is not None:
        attestation = attestation._replace(occurred_at=paper.done_at(attestation.occurred_at))
    return _act("complete", actor, attestation, task, said=note, captured=captured, paper=paper)


def confirm_task(actor: Actor, attestation: Attestation, *, task: str) -> Outcome:
    """Sign a two-person task as the second person; the first signature may also arrive later."""
    return _act("confirm", actor, attestation, task)


def skip_task(actor: Actor, attestation: Attestation, *, task: str, reason: str) -> Outcome:
    """Say that the task is not done here, and why."""
    return _act("skip", actor, attestation, task, said=reason)


def block_task(actor: Actor, attestation: Attestation, *, task: str, note: str = "") -> Outcome:
    """Say that the task can't go on without help; leaders get a request for help."""
    return _act("block", actor, attestation, task, said=note)


def reopen_task(actor: Actor, attestation: Attestation, *, task: str, reason: str) -> Outcome:
    """Open a closed, half signed or blocked task again; its signs stay, signatures count from here on."""
    return _act("reopen", actor, attestation, task, said=reason)


def settle_tasks(work: UnitOfWork) -> None:
    """Write what is gathered of tasks: whatever comes next in this unit of work may look at the tables."""
    BOOK.settle(work)
    ATTESTATIONS.flush(work, work.collected(ATTESTATIONS))


def _check_captured(captured: dict[str, Any]) -> None:
    for key, value in captured.items():
        if len(key) > 40 or not isinstance(value, str | int | bool | None) or len(str(value)) > 200:
            raise AppError(
                "bad_capture", f"What was entered for “{key[:40]}” can't be kept. Numbers and short words only."
            )


def _act(
    what: str,
    actor: Actor,
    attestation: Attestation,
    task_id: str,
    *,
    said: str = "",
    captured: dict[str, Any] | None = None,
    paper: PaperEntry | None = None,
) -> Outcome:
    with write() as work:
        found = BOOK.task(work, task_id)
        if found is None:
            raise NotFound("This step is not on a card any more. Your entry is kept.")
        task = _as_it_stands(work, found, what)
        task_id = task["id"]  # an entry may name a task whose place another has taken
        attestation, roles = _authorise(actor, attestation, task)
        if paper is not None:
            decision = decide_on_paper(_state_of(task), paper)
        else:
            decision = decide(what, _state_of(task), actor=actor.id, roles=roles)
        if decision.st == "ok" and paper is None and what in SIGNING and (task["rules"] or {}).get("gate"):
            decision = _locked(work, task) or decision
        _attest(work, what, decision, attestation, task_id, said, captured or {})
        if decision.st == "rejected":
            return Outcome(st="rejected", scope=unit_scope(task["unit"]), code=decision.code, msg=decision.sentence)
        after = {**task, **_changed(what, decision, attestation, task, said, captured, paper)}
        BOOK.change(work, after)
        if BOOK.is_on_phones(work, task["incident"]):
            # every entry leaves a sign, so the row surely differs
            put_task(work, after, fresh=True)
        _tell(work, what, decision, attestation, task, said, paper)
        _follow(work, what, decision, attestation, after, said)
        return _outcome(decision, task)


def _as_it_stands(work: UnitOfWork, task: Mapping[str, Any], what: str) -> Mapping[str, Any]:
    """A held step may stand by what else came in with this entry: then it was done in order."""
    if not task["held"] or what not in SIGNING:
        return task
    settle_tasks(work)
    weigh_cards(work, task["incident"], cards_of(task))
    return BOOK.task(work, task["id"]) or task


def _locked(work: UnitOfWork, task: Mapping[str, Any]) -> Decision | None:
    """Why it may not be done yet: its gate is closed. Skipping it and asking for help are never locked."""
    settle_tasks(work)
    locks = locks_of(task)
    if not locks:
        return None
    first = locks[0]
    names = f"{first['code']} ({_name_of(work, first['unit'])}: {first['title']})"
    return Decision("rejected", task["state"], "gate_locked", f"This waits for {names}. Your entry is kept.")


def _authorise(actor: Actor, attestation: Attestation, task: Mapping[str, Any]) -> tuple[Attestation, tuple[str, ...]]:
    """Whoever belongs to the unit, or to the one that handed the step over: their phone may not know it yet."""
    units = {task["unit"]: None, (task["handed"] or task)["unit"]: None}
    roles = tuple(role for unit in units for role in roles_in(actor, unit))
    if roles:
        return attestation, roles
    lately = tuple(role for unit in units for role in roles_lately_in(actor, unit))
    if not lately:
        raise NotAllowed("You do not belong to this unit. Your entry is kept.")
    return attestation.as_late(), lately


def _state_of(task: Mapping[str, Any]) -> TaskState:
    return TaskState(
        state=task["state"],
        role=task["role"],
        two_person=task["two_person"],
        role_only=task["role_only"],
        confirm_roles=task["confirm_roles"],
        signers=signers_of(task["signs"]),
    )


def _attest(
    work: UnitOfWork,
    what: str,
    decision: Decision,
    attestation: Attestation,
    task: str,
    said: str,
    captured: dict[str, Any],
) -> None:
    values = {
        "id": uuid7(),
        "task": task,
        "what": what,
        "st": decision.st,
        "actor": attestation.actor,
        "actor_name": attestation.actor_name,
        "occurred_at": attestation.occurred_at,
        "received_at": attestation.received_at,
        "device": attestation.device,
        "skew_ms": attestation.skew_ms,
        "uncertain": attestation.uncertain,
        "late": attestation.late,
        "carried_by": attestation.carried_by,
        "said": said,
        "captured": captured,
    }
    ATTESTATIONS.add(work, values)


def _changed(
    what: str,
    decision: Decision,
    attestation: Attestation,
    task: Mapping[str, Any],
    said: str,
    captured: dict[str, Any] | None,
    paper: PaperEntry | None,
) -> dict[str, Any]:
    out_of_order = bool(task["held"]) and what in SIGNING and decision.st == "ok"
    sign = sign_body(what, decision.st, attestation, out_of_order=out_of_order)
    signs = [*task["signs"], sign if paper is None else {**sign, "paper": paper.body()}]
    if decision.st == "superseded":
        return {"signs": signs}
    changed: dict[str, Any] = {
        "signs": signs,
        "state": decision.state,
        "by": attestation.actor,
        "by_name": attestation.actor_name if paper is None else paper.initials,
        "at": attestation.occurred_at,
        "reason": said if what in ("skip", "reopen") else "",
    }
    if what in ("complete", "block"):
        changed["note"] = said
    if captured:
        changed["captured"] = {**task["captured"], **captured}
    if what == "reopen":
        changed |= {"by": None, "by_name": None, "at": None, "captured": {}, "note": ""}
    return changed


def _tell(
    work: UnitOfWork,
    what: str,
    decision: Decision,
    attestation: Attestation,
    task: Mapping[str, Any],
    said: str,
    paper: PaperEntry | None,
) -> None:
    event = "task.superseded" if decision.st == "superseded" else EVENT_OF[what, decision.state]
    facts = {
        "incident": task["incident"],
        "unit": task["unit"],
        "task": task["id"],
        "code": task["code"],
        "title": task["title"],
        "role": task["role"],
        "reason": said,
        "first": task["by_name"] or "",
        "unit_name": _name_of(work, task["unit"]),
    }
    if paper is not None:
        event = "task.paper_superseded" if decision.st == "superseded" else "task.from_paper"
        facts |= {"initials": paper.initials, "time": _local_time(work, attestation.occurred_at), "sheet": paper.sheet}
    tell(work, event, attestation, **facts)
    if task["held"] and what in SIGNING and decision.st == "ok":
        tell(work, "task.out_of_order", attestation, **facts)


def _local_time(work: UnitOfWork, instant: datetime) -> str:
    zones = work.memory.setdefault("zone", {})
    if not zones:
        zones["site"] = ZoneInfo(site_card(meta("site"))["tz"])
    return str(instant.astimezone(zones["site"]).strftime("%H:%M"))


def _name_of(work: UnitOfWork, unit: str) -> str:
    names: dict[str, str] = work.memory.setdefault("unit_name", {})
    if unit not in names:
        names |= unit_names({unit, *BOOK.units(work)})
    return names.get(unit, unit)


def _follow(
    work: UnitOfWork, what: str, decision: Decision, attestation: Attestation, task: Mapping[str, Any], said: str
) -> None:
    if decision.st == "superseded":
        return
    PROGRESS.mark(work, (task["incident"], task["unit"]))
    note_gate(work, task)
    note_hold(work, task)
    follow_step(work, attestation, task)
    if decision.state in ("done", "skipped"):
        make_next_round(work, task)
        end_overdue(work, attestation, task)
    if what == "block":
        open_help(work, attestation, task=task, text=said or task["title"])


def _outcome(decision: Decision, task: Mapping[str, Any]) -> Outcome:
    scope = unit_scope(task["unit"])
    if decision.st == "ok":
        return Outcome(scope=scope)
    at = task["at"] or (from_wire(task["signs"][-1]["at"]) if task["signs"] else None)
    who = task["by_name"] or "Somebody"
    return Outcome(
        st="superseded",
        scope=scope,
        by=task["by"],
        by_name=task["by_name"],
        at=at,
        code="somebody_first",
        msg=f"{who} was first. Your entry is kept beside it.",
    )
