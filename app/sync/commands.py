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
from app.base.attestation import Attestation
from app.base.errors import AppError, Conflict
from app.base.instants import to_wire
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live import presence
from app.live.rows import scope_seqs
from app.people.commands.devices import DeviceReport, note_device_report
from app.people.person import Person
from app.people.refusals import sentence_of
from app.sync.envelope import LONGEST_AGE_MS, Op, PushRequest, attestation_of
from app.sync.kinds import KINDS
from app.sync.models import OpResult

log = logging.getLogger("wardlight.sync")

LARGEST_N_SHOWN = 2**31 - 1  # what the device's column holds; the op's own column holds every n
STALE_DRAFT = timedelta(minutes=10)


def push_ops(actor: Person, device: str, request: PushRequest) -> list[dict[str, Any]]:
    """Apply the ops in their order and answer each; a repeated id gets its first answer, marked `dup`.

    All results are stored with their effects in one transaction; a refused op leaves nothing but its result.
    """
    received_at = clock.now()
    presence.heard(actor.id)
    with write() as work:
        known = _known(work, [op.id for op in request.ops])
        fresh: dict[str, tuple[Op, Attestation, Outcome]] = {}
        for op in request.ops:
            if op.id not in known and op.id not in fresh:
                attestation = _attest(op, request, actor, device, received_at)
                fresh[op.id] = (op, attestation, apply_op(actor, attestation, op))
        work.flush()
        results = _store(work, fresh, actor)
        note_device_report(work, actor.id, device, _report(request, received_at))
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


def _report(request: PushRequest, received_at: datetime) -> DeviceReport:
    waiting = request.queue.len if request.queue else 0
    oldest_ms = request.queue.oldest_age_ms if request.queue else None
    return DeviceReport(
        last_n=max((min(op.n, LARGEST_N_SHOWN) for op in request.ops), default=None),
        queue_len=max(0, waiting - len(request.ops)),
        oldest_at=None if oldest_ms is None else received_at - timedelta(milliseconds=min(oldest_ms, LONGEST_AGE_MS)),
    )


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
    if kind.online and attestation.received_at - attestation.occurred_at > STALE_DRAFT:
        return _refused(
            "stale_draft", "This was written too long ago to be done now. Look at it again and send it anew."
        )
    try:
        with write():
            return kind.apply(actor, attestation, arguments)
    except Conflict as error:
        return Outcome(
            st="conflict", code=error.code, msg=error.sentence, by=error.facts.get("by"),
            by_name=error.facts.get("by_name"), at=error.facts.get("at"),
        )  # fmt: skip
    except AppError as error:
        return _refused(error.code, error.sentence)
    except DBAPIError:
        # a fault of one op (a number the engine can't hold) must not block the queue behind it
        log.exception("sync.op_failed", extra={"op": op.id, "kind": op.kind})
        return _refused("not_kept", "This entry can't be stored as it is. It is kept on the phone.")


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
