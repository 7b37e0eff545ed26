"""The results of ops: kept with their effects in one transaction, answered again to whoever repeats the op."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.base.among import among
from app.base.bulk import insert_all
from app.base.instants import to_wire
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork
from app.live.rows import scope_seqs
from app.people.person import Person
from app.sync.aftermath import TRY_AGAIN_AFTER_MS
from app.sync.envelope import Op
from app.sync.models import OpResult
from app.sync.pushes import Applied, Push

_KNOWN = select(OpResult.id, OpResult.actor, OpResult.result).where(among(OpResult.id, "ids"))


def known_results(work: UnitOfWork, ids: list[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    """`{op id: (its author, its result)}` of those of these ops that were answered before."""
    found = work.session.connection().execute(_KNOWN, {"ids": ids})
    return {op_id: (actor, result) for op_id, actor, result in found.all()}


def store_results(work: UnitOfWork, fresh: Mapping[str, Applied]) -> dict[str, dict[str, Any]]:
    """Keep the results; one that is to come again is not kept."""
    connection = work.session.connection()
    heads = scope_seqs(connection, {one.outcome.scope for one in fresh.values() if one.outcome.scope is not None})
    results = {
        op_id: _later(op_id, one.outcome) if one.outcome.st == "retry" else _result(op_id, one.outcome, heads)
        for op_id, one in fresh.items()
    }
    records = [_record(one, results[op_id]) for op_id, one in fresh.items() if one.outcome.st != "retry"]
    insert_all(connection, OpResult.__table__, records)
    return results


def _record(one: Applied, result: dict[str, Any]) -> dict[str, Any]:
    op = one.op
    return {
        "id": op.id,
        "actor": one.push.actor.id,
        "device": one.attestation.device,
        "n": op.n,
        "kind": op.kind,
        "v": op.v,
        "base": op.base,
        "at": op.at,
        "age_ms": op.age_ms,
        "skew_ms": one.attestation.skew_ms,
        "received_at": one.attestation.received_at,
        "carried_by": one.attestation.carried_by,
        "args": op.args,
        "result": result,
    }


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


def _later(op_id: str, outcome: Outcome) -> dict[str, Any]:
    words = {"code": outcome.code, "msg": outcome.msg, "after_ms": TRY_AGAIN_AFTER_MS}
    return {"id": op_id, "st": "retry", "scope": None, "seq": None, **words}


def answers_of(
    push: Push,
    known: Mapping[str, tuple[str, dict[str, Any]]],
    fresh: Mapping[str, Applied],
    results: Mapping[str, dict[str, Any]],
) -> list[dict[str, Any]]:
    """What a request is answered: a result for each of its ops, in their order."""
    seen: set[str] = set()
    answers = []
    for op in push.request.ops:
        is_first = op.id in fresh and fresh[op.id].push is push and op.id not in seen
        seen.add(op.id)
        if is_first:
            answers.append(results[op.id])
            continue
        first = known.get(op.id) or (fresh[op.id].push.actor.id, results[op.id])
        answers.append(_repeated(op, first, push.actor))
    return answers
