"""Succession: a hand-over that the first does not accept in time is offered to the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select, update

from app.base import clock
from app.base.attestation import by_system
from app.base.instants import to_wire
from app.base.reading import all_records
from app.base.unit_of_work import UnitOfWork, write
from app.live.timeline import tell
from app.people.permissions import may_claim_duty
from app.people.queries import people_of_unit, person_of, role_title, unit_name
from app.people.standby.queries import successors_of
from app.response.commands.handover_rows import drop_handover, put_handover
from app.response.handover import Candidate, next_candidate
from app.response.models import Handover

# One shift: who comes back can still read what became of it.
ANSWERED_STAYS = timedelta(hours=12)
LOOK_BACK = timedelta(days=14)


def sweep_handovers() -> None:
    """Pass on what waits for too long, and take answered ones off the phones. Repeating it changes nothing."""
    now = clock.now()
    # an offered step stays with its role: that nobody answers is what the board shows
    roles = Handover.task.is_(None)
    late = select(Handover.__table__).where(Handover.state == "offered", Handover.next_at <= now, roles)
    old = select(Handover.__table__).where(
        Handover.answered_at <= now - ANSWERED_STAYS, Handover.answered_at > now - LOOK_BACK
    )
    waiting, answered = all_records(late), all_records(old)
    if not waiting and not answered:
        return
    with write() as work:
        for handover in waiting:
            _pass_on(work, handover)
        for handover in answered:
            drop_handover(work, handover)


def _pass_on(work: UnitOfWork, handover: Mapping[str, Any]) -> None:
    unit, role = handover["unit"], handover["role"]
    asked = [handover["by"], handover["to"], *(step["to"] for step in handover["passed"])]
    following = next_candidate(_candidates(unit, role), asked=asked)
    passed = [*handover["passed"], {"to": handover["to"], "to_name": handover["to_name"], "at": to_wire(work.now)}]
    wait = timedelta(minutes=current_app.extensions["settings"].handover_minutes)
    changed = {
        "to": following.id if following else None,
        "to_name": following.name if following else "",
        "passed": passed,
        "next_at": work.now + wait if following else None,
    }
    still_waits = (Handover.id == handover["id"], Handover.state == "offered", Handover.to == handover["to"])
    if work.session.execute(update(Handover).where(*still_waits).values(**changed)).rowcount == 0:  # type: ignore[attr-defined]
        return  # answered meanwhile
    put_handover(work, {**handover, **changed})
    tell(
        work, "handover.passed_on", by_system(), incident=handover["incident"], unit=unit, role=role_title(role),
        unit_name=unit_name(unit), to=following.name if following else "whoever takes it",
    )  # fmt: skip


def _candidates(unit: str, role: str) -> list[Candidate]:
    ranks = {user: rank for rank, user in enumerate(successors_of(unit, role))}
    on_duty = {one.id: one.on_duty for one in people_of_unit(unit)}
    found = []
    for user in (*ranks, *(one for one in on_duty if one not in ranks)):
        person = person_of(user)
        may_hold = person is not None and may_claim_duty((held for _unit, held in person.memberships), role)
        if person is not None and (may_hold or user in ranks):
            found.append(Candidate(user, person.name, on_duty.get(user, False), ranks.get(user, len(ranks))))
    return found
