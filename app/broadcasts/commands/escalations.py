"""Escalation: a unit that has not acknowledged gets the next person, the next path, and in the end a runner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prometheus_client import Gauge
from sqlalchemy import insert

from app.base.attestation import by_system
from app.base.unit_of_work import UnitOfWork, write
from app.broadcasts.commands.alerts import alert_reminder, alert_unanswered
from app.broadcasts.commands.late_steps import escalate_steps
from app.broadcasts.commands.targets import Targets
from app.broadcasts.escalating import Stepped, first_at, leaders_to_tell, take_step, way_words
from app.broadcasts.models import Escalation
from app.broadcasts.policy import Policy
from app.broadcasts.queries import broadcast_of, open_escalations, policy_of
from app.broadcasts.reach import change_escalation, put_escalation
from app.live.timeline import tell
from app.people.permissions import LEADER_ROLES
from app.people.person import UnitPerson
from app.people.queries import people_by_unit, people_of_unit, unit_name, units
from app.response.lifecycle import is_declared_running
from app.response.queries import incident_of

OPEN = Gauge("wardlight_escalations_open", "Units that have not acknowledged and that something is done about.")


def begin_escalation(work: UnitOfWork, broadcast: Mapping[str, Any], policy: Policy, targets: Targets) -> None:
    """Watch the units of a broadcast that each unit has to acknowledge."""
    due_at = first_at(policy.escalation, broadcast["at"])
    if broadcast["ack"] != "unit" or due_at is None:
        return
    fresh = {"state": "waiting", "step": 0, "path": "", "who": None, "who_name": "", "stepped_at": None}
    records = [
        {"broadcast": broadcast["id"], "unit": unit, **fresh, "tried": [], "next_at": due_at}
        for unit, people in targets.items()
        if people
    ]
    if records:
        work.session.execute(insert(Escalation), records)
    for record in records:
        put_escalation(work, broadcast, record)


def end_escalation(work: UnitOfWork, broadcast: Mapping[str, Any]) -> None:
    """Nothing more is done about a broadcast that is not current any more."""
    for record in open_escalations(Escalation.broadcast == broadcast["id"]):
        change_escalation(work, broadcast, record, state="ended", next_at=None)


def escalate() -> None:
    """Take every step that is due, each unit in its own transaction. A step is taken once, however often this runs.

    Steps of cards that are late by more than their plan allows go the same way.
    """
    escalate_steps()
    waiting = open_escalations()
    OPEN.set(len(waiting))
    for record in waiting:
        with write() as work:
            due = [one for one in open_escalations(*_same(record)) if one["next_at"] <= work.now]
            if due:
                _step(work, due[0])


def _same(record: Mapping[str, Any]) -> tuple[Any, ...]:
    return Escalation.broadcast == record["broadcast"], Escalation.unit == record["unit"]


def _step(work: UnitOfWork, record: Mapping[str, Any]) -> None:
    broadcast = broadcast_of(record["broadcast"])
    incident = incident_of(broadcast["incident"]) if broadcast is not None else None
    if broadcast is None or incident is None:
        return
    if broadcast["state"] != "current" or not is_declared_running(incident["state"]):
        change_escalation(work, broadcast, record, state="ended", next_at=None)
        return
    taken = take_step(
        policy_of(broadcast["site"]).escalation, record["step"], sent_at=broadcast["at"],
        people=people_of_unit(record["unit"]), leaders=_leaders(incident, record["unit"]), tried=record["tried"],
    )  # fmt: skip
    if taken is None:
        change_escalation(work, broadcast, record, next_at=None)
        return
    tried = [*record["tried"], taken.who] if taken.who else record["tried"]
    change_escalation(
        work, broadcast, record, state="running", step=taken.step, path=taken.path, who=taken.who,
        who_name=taken.who_name, tried=tried, stepped_at=work.now, next_at=taken.next_at,
    )  # fmt: skip
    _alert(work, incident, broadcast, record["unit"], taken)
    tell(
        work, "broadcast.escalated", by_system(), incident=broadcast["incident"], unit=record["unit"],
        no=broadcast["no"], unit_name=unit_name(record["unit"]), **way_words(taken),
    )  # fmt: skip


def _leaders(incident: Mapping[str, Any], unit: str) -> tuple[UnitPerson, ...]:
    here = [one["id"] for one in units(incident["site"])]
    return leaders_to_tell(people_by_unit(here, LEADER_ROLES), unit, lead=incident["lead"])


def _alert(
    work: UnitOfWork, incident: Mapping[str, Any], broadcast: Mapping[str, Any], unit: str, taken: Stepped
) -> None:
    """Whoever has to call or walk is told as well: a leader who sits at no board would not know of it."""
    named, turn = [person.id for person in taken.people], f"{unit}:{taken.step}"
    if taken.to_leaders:
        alert_unanswered(work, incident, broadcast, named, unit=unit, turn=turn)
    elif taken.path == "push":
        people = named or [person.id for person in people_of_unit(unit)]
        alert_reminder(work, incident, broadcast, people, turn=turn)
