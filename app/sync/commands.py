"""Take the ops of one request: all in one transaction, each with its result, each undone alone if it is refused."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from app.base import clock
from app.base.attestation import Attestation
from app.base.db import db, is_away
from app.base.errors import AppError, Conflict
from app.base.ids import is_uuid
from app.base.meta import meta
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live import presence
from app.people.person import Person
from app.people.refusals import sentence_of
from app.response.book import BOOK
from app.response.commands.tasks import settle_tasks
from app.sync.aftermath import Aftermath
from app.sync.envelope import Op, PushRequest, attestation_of
from app.sync.kinds import KINDS
from app.sync.pushes import Applied, Push
from app.sync.reports import note_reports
from app.sync.results import answers_of, known_results, store_results
from app.sync.sealed_ops import SEALED, open_request

log = logging.getLogger("wardlight.sync")

STALE_DRAFT = timedelta(minutes=10)
WAITS = (
    "The server was restored from a backup. This waits on your phone for an entry of somebody else. Nothing is lost."
)


def push_ops(actor: Person, device: str, request: PushRequest) -> list[dict[str, Any]]:
    """Apply the ops in their order and answer each; a repeated id gets its first answer, marked `dup`.

    All results are stored with their effects in one transaction; a refused op leaves nothing but its result.
    """
    presence.heard(actor.id, device)
    request = open_request(request, actor.id, current_app.extensions["keys"].relay)
    push = Push(actor, device, request, clock.now())
    if current_app.extensions["settings"].commits_together:
        db.session.rollback()  # while it waits, this request holds no connection of the pool
        current_app.extensions["push_group"].submit(push, commit_pushes)
    else:
        commit_pushes([push])
    if push.error is not None:
        raise push.error
    return push.answers or []


def commit_pushes(pushes: Sequence[Push]) -> None:
    """Commit requests together, and answer each. A fault in one leaves the others whole: then each has its own try."""
    try:
        _commit(pushes)
    except Exception as error:  # noqa: BLE001 - it is raised again in the request that it belongs to
        if is_away(error):
            for push in pushes:
                push.error = error
            return
        if len(pushes) > 1:
            log.warning("sync.group_split", extra={"pushes": len(pushes), "error": type(error).__name__})
            for push in pushes:
                commit_pushes([push])
            return
        pushes[0].error = error


def _commit(pushes: Sequence[Push]) -> None:
    try:
        _commit_once(pushes, op_by_op=False)
    except (DBAPIError, OverflowError) as error:
        if len(pushes) > 1 or is_away(error):
            raise
        _commit_once(pushes, op_by_op=True)


def _commit_once(pushes: Sequence[Push], *, op_by_op: bool) -> None:
    """`op_by_op`: write each op before the next, so that what the database can't hold is one op's fault only."""
    aftermath = _aftermath()
    with write() as work:
        ops = [op for push in pushes for op in push.request.ops]
        known = known_results(work, [op.id for op in ops])
        BOOK.read_ahead(work, {task for op in ops if op.id not in known for task in _task_of(op)})
        fresh: dict[str, Applied] = {}
        for push in pushes:
            _apply_all(work, push, known, fresh, aftermath=aftermath, op_by_op=op_by_op)
        work.flush()
        results = store_results(work, fresh)
        note_reports(work, pushes, fresh)
        work.flush()
    for push in pushes:
        push.answers = answers_of(push, known, fresh, results)


def _apply_all(
    work: UnitOfWork,
    push: Push,
    known: Mapping[str, Any],
    fresh: dict[str, Applied],
    *,
    aftermath: Aftermath,
    op_by_op: bool,
) -> None:
    doubtful = timedelta(seconds=current_app.extensions["settings"].skew_doubtful_seconds)
    for op in push.request.ops:
        if op.id in known or op.id in fresh:
            continue
        kind = KINDS.get((op.kind, op.v))
        if kind is None or kind.task is None:
            settle_tasks(work)  # this kind may look at the tables that the entries before it have changed
        attestation = _attest(op, push, doubtful)
        outcome = apply_op(push.actor, attestation, op, aftermath=aftermath, at_once=op_by_op)
        fresh[op.id] = Applied(push, op, attestation, outcome)


def _task_of(op: Op) -> tuple[str, ...]:
    kind = KINDS.get((op.kind, op.v))
    task = op.args.get(kind.task) if kind is not None and kind.task is not None else None
    # read ahead before the arguments are checked: only what could be an id goes to the database
    return (task.lower(),) if isinstance(task, str) and is_uuid(task) else ()


def _attest(op: Op, push: Push, doubtful: timedelta) -> Attestation:
    attestation = attestation_of(
        op,
        sent_at=push.request.sent_at,
        received_at=push.received_at,
        actor=push.actor.id,
        actor_name=push.actor.name,
        device=push.device,
        doubtful=doubtful,
    )
    return attestation if push.carrier is None else attestation.carried(push.carrier.id, push.carrier.name)


def apply_op(actor: Person, attestation: Attestation, op: Op, *, aftermath: Aftermath, at_once: bool) -> Outcome:
    """Apply one op inside the open unit of work; a refusal is an outcome, never an error of the request.

    `at_once`: also write what it gathered, so that a fault shows now and undoes this op alone.
    """
    kind = KINDS.get((op.kind, op.v))
    if kind is None:
        return _unknown(op)
    try:
        arguments = kind.args.model_validate(op.args)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False, include_context=False)
        return _refused("bad_args", sentence_of(problems))
    if not actor.may(kind.action) and not actor.ended:
        return _refused("not_allowed", "Your role does not allow this. Your entry is kept.")
    occurred_at, received_at = attestation.occurred_at, attestation.received_at
    is_history = aftermath.is_of_lost_time(occurred_at, now=received_at)
    if kind.online and received_at - occurred_at > STALE_DRAFT and not is_history:
        return _refused(
            "stale_draft", "This was written too long ago to be done now. Look at it again and send it anew."
        )
    try:
        with write() as work:
            outcome = kind.apply(actor, attestation, arguments)
            if at_once:
                work.flush()
            return outcome
    except AppError as error:
        if aftermath.should_wait(error.code, occurred_at, now=received_at):
            return Outcome(st="retry", code="waits", msg=WAITS)
        if not isinstance(error, Conflict):
            return _refused(error.code, error.sentence)
        return Outcome(
            st="conflict", code=error.code, msg=error.sentence, by=error.facts.get("by"),
            by_name=error.facts.get("by_name"), at=error.facts.get("at"),
        )  # fmt: skip
    except DBAPIError as error:
        return _not_kept(op, error)


def _not_kept(op: Op, error: DBAPIError) -> Outcome:
    """A fault of one op (a number the engine can't hold) must not block the queue behind it."""
    if is_away(error):
        raise error
    log.error("sync.op_failed", extra={"op": op.id, "kind": op.kind}, exc_info=error)
    return _refused("not_kept", "This entry can't be stored as it is. It is kept on the phone.")


def _unknown(op: Op) -> Outcome:
    if op.kind == SEALED:
        return _refused(
            "unreadable", "This entry is damaged, or was sealed for another server. It is kept on the device."
        )
    return _refused("unknown_kind", "This server does not know this kind of entry yet. Your entry is kept.")


def _aftermath() -> Aftermath:
    restored_at = meta("restored_at")
    return Aftermath(clock.from_wire(restored_at) if restored_at else None)


def _refused(code: str, sentence: str) -> Outcome:
    return Outcome(st="rejected", code=code, msg=sentence)
