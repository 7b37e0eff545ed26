"""Keeping promises: what is owed stands in a row, its lead is reminded before it is due and nagged after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from app.base.attestation import by_system
from app.base.unit_of_work import UnitOfWork, write
from app.broadcasts.bodies import promise_body
from app.broadcasts.models import Promise
from app.broadcasts.promises import next_word, owed
from app.broadcasts.queries import broadcasts_of, policy_of, promise_of
from app.live.rows import put_row
from app.live.scopes import command_scope
from app.live.timeline import tell
from app.response.queries import running_incidents

FRESH: dict[str, Any] = {"overdue_since": None, "reminded_at": None, "nagged_at": None, "nags": 0}


def settle_promise(
    work: UnitOfWork, incident: Mapping[str, Any], broadcasts: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Keep what the incident owes now, by its broadcasts (newest first), and put its row; what is kept.

    Reminders begin anew when something else is owed than before. Repeating it changes nothing.
    """
    debt = owed(incident, broadcasts)
    wanted = {"incident": incident["id"], "no": debt.no, "due_at": debt.due_at}
    known = promise_of(incident["id"])
    if known is None:
        kept = {**wanted, **FRESH}
        work.session.execute(insert(Promise), [kept])
    elif (known["no"], known["due_at"]) == (debt.no, debt.due_at):
        kept = known
    else:
        kept = {**wanted, **FRESH}
        work.session.execute(update(Promise).where(Promise.incident == incident["id"]).values(**kept))
    _put(work, kept, broadcasts)
    return kept


def _put(work: UnitOfWork, promise: Mapping[str, Any], broadcasts: Sequence[Mapping[str, Any]]) -> None:
    incident = promise["incident"]
    put_row(work, command_scope(incident), f"promise:{incident}", "promise", promise_body(promise, broadcasts))


def watch_promises() -> None:
    """Look at what every running incident owes: remind its lead once before, nag as often as the site wants after."""
    for incident in running_incidents():
        with write() as work:
            broadcasts = broadcasts_of(incident["id"])
            _remind(work, incident, settle_promise(work, incident, broadcasts), broadcasts)


def _remind(
    work: UnitOfWork,
    incident: Mapping[str, Any],
    promise: Mapping[str, Any],
    broadcasts: Sequence[Mapping[str, Any]],
) -> None:
    policy = policy_of(incident["site"])
    word = next_word(
        promise["due_at"], reminded_at=promise["reminded_at"], nagged_at=promise["nagged_at"], now=work.now,
        remind=timedelta(minutes=policy.remind_min), nag=timedelta(minutes=policy.nag_min),
    )  # fmt: skip
    if word is None:
        return
    if word == "remind":
        changed: dict[str, Any] = {"reminded_at": work.now}
        tell(work, "broadcast.due_soon", by_system(), incident=incident["id"], no=promise["no"])
    else:
        changed = {"overdue_since": promise["due_at"], "nagged_at": work.now, "nags": promise["nags"] + 1}
        if not promise["nags"]:
            tell(work, "broadcast.overdue", by_system(), incident=incident["id"], no=promise["no"])
    work.session.execute(update(Promise).where(Promise.incident == incident["id"]).values(**changed))
    _put(work, {**promise, **changed}, broadcasts)
