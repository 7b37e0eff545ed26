"""What came of deliveries: their state, their subscriptions, and how the ways out fare, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from app.base.db import db
from app.base.unit_of_work import UnitOfWork, write
from app.delivery.answers import JUDGED_OVER, Answer, is_doubted, path_state, settle
from app.delivery.commands.push_rows import put_push_row
from app.delivery.job import Job
from app.delivery.models import Delivery, DeliveryAddress, PathState, PushSubscription

Result = tuple[Job, Answer]
ONLY_MINE = update(Delivery.__table__).where(
    Delivery.id == bindparam("its_id"), Delivery.state == "claimed", Delivery.lease == bindparam("its_lease")
)


def record_results(lease: str, results: Sequence[Result], *, jitter: Callable[[], float]) -> None:
    """Store what came of deliveries that `lease` holds; one that somebody else claimed meanwhile is left to them."""
    with write() as work:
        work.session.connection().execute(ONLY_MINE, [_values(lease, one, work.now, jitter()) for one in results])
        _follow_subscriptions(work, results)
        for path in {job.path for job, _answer in results if job.path}:
            _follow_path(work, path, [one for one in results if one[0].path == path])


def _values(lease: str, result: Result, now: datetime, jitter: float) -> dict[str, Any]:
    job, answer = result
    settled = settle(answer, attempts=job.attempts, now=now, expires_at=job.expires_at, jitter=jitter)
    return {
        "its_id": job.id,
        "its_lease": lease,
        "state": settled.state,
        "next_try_at": settled.next_try_at,
        "problem": settled.problem,
        "sent_at": now if settled.state == "sent" else None,
        "attempts": job.attempts - (answer.st == "held"),
        "lease": None,
        "leased_until": None,
    }


def _follow_subscriptions(work: UnitOfWork, results: Sequence[Result]) -> None:
    """A subscription said to be gone is only doubted at first; one that works again is alive again."""
    for job, answer in results:
        if job.channel != "push" or not job.way:
            continue
        before, after = job.way["state"], _turned(job.way["state"], answer)
        if after != before:
            mine = (PushSubscription.id == job.way["id"], PushSubscription.state == before)
            work.session.execute(update(PushSubscription).where(*mine).values(state=after, state_at=work.now))
        if after != before or job.news["purpose"] == "test":
            put_push_row(work, job.way["id"])


def _turned(state: str, answer: Answer) -> str:
    """The state of a living subscription after an answer."""
    if answer.st == "gone" and state == "active":
        return "quarantined"
    if answer == Answer("dead", "gone") and state in ("active", "quarantined"):
        return "gone"
    return "active" if answer.st == "sent" and state == "quarantined" else state


def _follow_path(work: UnitOfWork, path: str, results: Sequence[Result]) -> None:
    answers = [answer for _job, answer in results if answer.st != "held"]
    tried = [answer for answer in answers if answer.problem not in ("expired", "no_target")]
    if not tried:
        return
    before = work.session.execute(select(PathState).where(PathState.id == path)).scalar_one_or_none()
    state_before = before.state if before else "up"
    looks_at_gone = state_before == "doubted" or any(answer.st == "gone" for answer in tried)
    doubted = looks_at_gone and path_is_doubted(path, now=work.now)
    state = path_state(state_before, tried, doubted=doubted)
    problem = next((answer.problem for answer in tried if answer.problem and answer.st != "sent"), "")
    put_path(work, path, results[0][0].channel, state=state, problem="" if state == "up" else problem or "gone")


def put_path(work: UnitOfWork, path: str, channel: str, *, state: str, problem: str) -> None:
    """Store how a way out fares; `since` moves only when its state does."""
    known = work.session.execute(
        select(PathState.state, PathState.since, PathState.last_up_at).where(PathState.id == path)
    ).first()
    values = {
        "channel": channel,
        "state": state,
        "since": known.since if known and known.state == state else work.now,
        "last_up_at": work.now if state == "up" else (known.last_up_at if known else None),
        "tried_at": work.now,
        "problem": problem,
    }
    work.session.execute(delete(PathState).where(PathState.id == path))
    work.session.execute(insert(PathState), [{"id": path, **values}])


def path_is_doubted(origin: str, *, now: datetime) -> bool:
    """Whether a push service has lately said "gone" of more phones than can be true."""
    since = now - JUDGED_OVER
    mine = (PushSubscription.id == Delivery.target, PushSubscription.origin == origin, Delivery.channel == "push")
    gone = select(func.count()).select_from(Delivery).join(PushSubscription, mine[0]).where(
        *mine[1:], Delivery.problem == "gone", Delivery.next_try_at > since
    )  # fmt: skip
    sent = select(func.count()).select_from(Delivery).join(PushSubscription, mine[0]).where(
        *mine[1:], Delivery.state == "sent", Delivery.sent_at > since
    )  # fmt: skip
    gone_count, sent_count = db.session.execute(gone).scalar_one(), db.session.execute(sent).scalar_one()
    return is_doubted(gone=gone_count, answered=gone_count + sent_count)


def postpone_path(job: Job, pause: timedelta) -> None:
    """While a way out is held, let all that waits for it wait as long, so that nobody claims it in vain."""
    with write() as work:
        until = work.now + pause
        ways = update(Delivery).where(Delivery.state.in_(("queued", "failed")), Delivery.next_try_at < until)
        if job.channel == "push":
            there = select(PushSubscription.id).where(PushSubscription.origin == job.path)
            ways = ways.where(Delivery.channel == "push", Delivery.target.in_(there))
        elif job.path == job.way.get("id"):
            ways = ways.where(Delivery.target == job.path)
        else:
            there = select(DeliveryAddress.id).where(DeliveryAddress.channel == job.channel)
            ways = ways.where(Delivery.channel == job.channel, Delivery.target.in_(there))
        work.session.execute(ways.values(next_try_at=until).execution_options(synchronize_session=False))


def probe_results(found: Iterable[tuple[str, bool]]) -> None:
    """Store what looking for push services has found: `(origin, whether it is there)`. Clears only what silence
    meant: who refuses or is doubted has answered before."""
    with write() as work:
        for origin, there in found:
            known = work.session.execute(select(PathState).where(PathState.id == origin)).scalar_one_or_none()
            state = known.state if known else "up"
            if state in ("up", "down"):
                put_path(work, origin, "push", state="up" if there else "down", problem="" if there else "no_contact")
            else:
                work.session.execute(update(PathState).where(PathState.id == origin).values(tried_at=work.now))
