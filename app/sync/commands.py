"""Take the ops of one request: all in one transaction, each with its result, each undone alone if it is refused."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from pydantic import ValidationError
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from app.base import clock
from app.base.attestation import Attestation, attest_now
from app.base.errors import AppError, Conflict
from app.base.instants import to_wire
from app.base.meta import meta
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live import presence
from app.live.rows import scope_seqs
from app.live.timeline import tell
from app.people.commands.devices import DeviceNews, DeviceReport, note_device_report
from app.people.person import Person
from app.people.refusals import sentence_of
from app.response.queries import running_incidents
from app.sync.aftermath import TRY_AGAIN_AFTER_MS, Aftermath
from app.sync.envelope import Op, PushRequest, attestation_of, oldest_at
from app.sync.kinds import KINDS
from app.sync.models import OpResult

log = logging.getLogger("wardlight.sync")

STALE_DRAFT = timedelta(minutes=10)
WAITS = (
    "The server was restored from a backup. This waits on your phone for an entry of somebody else. Nothing is lost."
)


def push_ops(actor: Person, device: str, request: PushRequest) -> list[dict[str, Any]]:
    """Apply the ops in their order and answer each; a repeated id gets its first answer, marked `dup`.

    All results are stored with their effects in one transaction; a refused op leaves nothing but its result.
    """
    received_at = clock.now()
    presence.heard(actor.id, device)
    with write() as work:
        known = _known(work, [op.id for op in request.ops])
        fresh: dict[str, tuple[Op, Attestation, Outcome]] = {}
        for op in request.ops:
            if op.id not in known and op.id not in fresh:
                attestation = _attest(op, request, actor, device, received_at)
                fresh[op.id] = (op, attestation, apply_op(actor, attestation, op))
        work.flush()
        waiting = {op_id: _later(op_id, outcome) for op_id, (_, _, outcome) in fresh.items() if outcome.st == "retry"}
        stored = {op_id: one for op_id, one in fresh.items() if op_id not in waiting}
        results = waiting | _store(work, stored, actor)
        numbers = tuple(op.n for op, _, _ in stored.values())
        report = _report(request, received_at, numbers, len(request.ops) - len(waiting))
        news = note_device_report(work, actor.id, device, report)
        if news is not None:
            _tell_news(work, actor, device, news)
        work.flush()
    seen: set[str] = set()
    answers = []
    for op in request.ops:
        first_time = op.id in results and op.id not in seen
        seen.add(op.id)
        answers.append(
            results[op.id] if first_time else _repeated(op, known.get(op.id) or (actor.id, results[op.id]), actor)
        )
    return answers


def _report(request: PushRequest, received_at: datetime, numbers: tuple[int, ...], answered: int) -> DeviceReport:
    return DeviceReport(
        numbers=numbers,
        queue_len=max(0, request.queue.len - answered) if request.queue else 0,
        oldest_at=oldest_at(request.queue, received_at),
        app_version=request.app,
    )


def _tell_news(work: UnitOfWork, actor: Person, device: str, news: DeviceNews) -> None:
    """Entries that a device has lost are told to the leaders of every incident that runs."""
    attestation = attest_now(actor.id, actor.name, device=device)
    incidents: list[str | None] = [incident["id"] for incident in running_incidents(actor.site)]
    for incident in incidents or [None]:
        if news.emptied:
            tell(work, "device.emptied", attestation, incident=incident, label=news.label or device)
        if news.lost:
            tell(work, "device.gap", attestation, incident=incident, label=news.label or device, count=news.lost)


def _known(work: UnitOfWork, ids: list[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    query = select(OpResult.id, OpResult.actor, OpResult.result).where(OpResult.id.in_(ids))
    return {op_id: (actor, result) for op_id, actor, result in work.session.execute(query)}


def _attest(op: Op, request: PushRequest, actor: Person, device: str, received_at: datetime) -> Attestation:
    doubtful = timedelta(seconds=current_app.extensions["settings"].skew_doubtful_seconds)
    return attestation_of(
        op,
        sent_at=request.sent_at,
        received_at=received_at,
        actor=actor.id,
        actor_name=actor.name,
        device=device,
        doubtful=doubtful,
    )


def apply_op(actor: Person, attestation: Attestation, op: Op) -> Outcome:
    """Apply one op inside the open unit of work; a refusal is an outcome, never an error of the request."""
    kind = KINDS.get((op.kind, op.v))
    if kind is None:
        return _refused("unknown_kind", "This server does not know this kind of entry yet. Your entry is kept.")
    try:
        arguments = kind.args.model_validate(op.args)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False, include_context=False)
        return _refused("bad_args", sentence_of(problems))
    if not actor.may(kind.action) and not actor.ended:
        return _refused("not_allowed", "Your role does not allow this. Your entry is kept.")
    aftermath = _aftermath()
    occurred_at, received_at = attestation.occurred_at, attestation.received_at
    is_history = aftermath.is_of_lost_time(occurred_at, now=received_at)
    if kind.online and received_at - occurred_at > STALE_DRAFT and not is_history:
        return _refused(
            "stale_draft", "This was written too long ago to be done now. Look at it again and send it anew."
        )
    try:
        with write():
            return kind.apply(actor, attestation, arguments)
    except AppError as error:
        if aftermath.should_wait(error.code, occurred_at, now=received_at):
            return Outcome(st="retry", code="waits", msg=WAITS)
        if not isinstance(error, Conflict):
            return _refused(error.code, error.sentence)
        return Outcome(
            st="conflict", code=error.code, msg=error.sentence, by=error.facts.get("by"),
            by_name=error.facts.get("by_name"), at=error.facts.get("at"),
        )  # fmt: skip
    except DBAPIError:
        # a fault of one op (a number the engine can't hold) must not block the queue behind it
        log.exception("sync.op_failed", extra={"op": op.id, "kind": op.kind})
        return _refused("not_kept", "This entry can't be stored as it is. It is kept on the phone.")


def _aftermath() -> Aftermath:
    restored_at = meta("restored_at")
    return Aftermath(clock.from_wire(restored_at) if restored_at else None)


def _later(op_id: str, outcome: Outcome) -> dict[str, Any]:
    words = {"code": outcome.code, "msg": outcome.msg, "after_ms": TRY_AGAIN_AFTER_MS}
    return {"id": op_id, "st": "retry", "scope": None, "seq": None, **words}


def _refused(code: str, sentence: str) -> Outcome:
    return Outcome(st="rejected", code=code, msg=sentence)


def _store(
    work: UnitOfWork, fresh: dict[str, tuple[Op, Attestation, Outcome]], actor: Person
) -> dict[str, dict[str, Any]]:
    scopes = {outcome.scope for _, _, outcome in fresh.values() if outcome.scope is not None}
    heads = scope_seqs(work.session.connection(), scopes)
    results = {op_id: _result(op_id, outcome, heads) for op_id, (_, _, outcome) in fresh.items()}
    records = [
        {
            "id": op_id,
            "actor": actor.id,
            "device": attestation.device,
            "n": op.n,
            "kind": op.kind,
            "v": op.v,
            "base": op.base,
            "at": op.at,
            "age_ms": op.age_ms,
            "skew_ms": attestation.skew_ms,
            "received_at": attestation.received_at,
            "args": op.args,
            "result": results[op_id],
        }
        for op_id, (op, attestation, _) in fresh.items()
    ]
    if records:
        work.session.execute(insert(OpResult), records)
    return results


def _result(op_id: str, outcome: Outcome, heads: dict[str, tuple[int, int]]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "id": op_id,
        "st": outcome.st,
        "scope": outcome.scope,
        "seq": heads[outcome.scope][0] if outcome.scope in heads else None,
    }
    optional = {
        "by": outcome.by,
        "by_name": outcome.by_name,
        "at": to_wire(outcome.at),
        "code": outcome.code,
        "msg": outcome.msg,
    }
    return {**result, **{name: value for name, value in optional.items() if value}}


def _repeated(op: Op, first: tuple[str, dict[str, Any]], actor: Person) -> dict[str, Any]:
    author, result = first
    if author != actor.id:
        sentence = "This entry's number belongs to somebody else. Your entry is kept."
        return {"id": op.id, "st": "rejected", "scope": None, "seq": None, "code": "foreign_id", "msg": sentence}
    return {**result, "st": "dup", "first": result["st"]}
