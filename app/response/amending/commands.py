"""An incident goes over to the version of its plan that is in force now; what people did stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update

from app.base.attestation import Attestation
from app.base.errors import Conflict
from app.base.ids import uuid7
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.scopes import site_scope
from app.live.timeline import tell
from app.people.queries import units as units_of
from app.plans.format import Plan
from app.plans.materialise import materialise
from app.plans.pack import UnitRef
from app.plans.queries import plan_in_force, version_in_force
from app.response.amending.changes import AMENDED, Changes, changes_between
from app.response.amending.models import Amendment
from app.response.authority import Actor
from app.response.book import BOOK
from app.response.commands.fresh_tasks import clocks_of, task_values
from app.response.commands.gates import GATES
from app.response.commands.holds import note_hold
from app.response.commands.leading import incident_to_change
from app.response.commands.task_rows import put_task
from app.response.lifecycle import is_declared_running
from app.response.models import Activation, Task
from app.response.progress import put_progress
from app.response.queries import tasks_of

SYSTEM = "Wardlight"


def amend_incident(actor: Actor, attestation: Attestation, *, incident: str, reason: str) -> Outcome:
    """Go over to the version in force: steps appear, change or go where nobody has touched them; all are told why.

    Raises NotFound, NotAllowed, Conflict for one that does not run. Where it has that version already nothing is done:
    the result is `superseded` with the code `same_version`.
    """
    with write() as work:
        found = incident_to_change(actor, incident)
        if not is_declared_running(found["state"]):
            raise Conflict("not_running", "This incident does not run, so its plan is not changed.")
        plan, version = plan_in_force(found["plan"]), version_in_force(found["plan"])
        before = _version_of(work, incident, plan.id)
        if before == version:
            return Outcome(st="superseded", scope=site_scope(actor.site), code="same_version", msg="It has it already.")
        BOOK.settle(work)
        changes = changes_between(tasks_of(incident), _wanted(found, plan))
        _apply(work, changes)
        _remember(work, attestation, found, before=before, version=str(version), reason=reason, changes=changes)
        _set_version(work, incident, plan.id, str(version))
        put_progress(work, found)
        GATES.mark(work, incident)
    return Outcome(scope=site_scope(actor.site))


def _version_of(work: UnitOfWork, incident: str, plan: str) -> str:
    query = select(Activation.version).where(Activation.incident == incident, Activation.plan == plan)
    return str(work.session.execute(query).scalar_one())


def _set_version(work: UnitOfWork, incident: str, plan: str, version: str) -> None:
    mine = (Activation.incident == incident, Activation.plan == plan)
    work.session.execute(update(Activation).where(*mine).values(version=version))


def _wanted(incident: Mapping[str, Any], plan: Plan) -> list[dict[str, Any]]:
    places = [UnitRef(one["id"], one["type"]) for one in units_of(incident["site"]) if one["id"] in incident["units"]]
    seeds = materialise(plan, places, incident=incident["id"], clocks=clocks_of(incident), kind=incident["kind"])
    return [task_values(seed, incident["id"], plan.id) for seed in seeds]


def _apply(work: UnitOfWork, changes: Changes) -> None:
    if changes.added:
        work.session.execute(insert(Task), changes.added)
    gone = {"state": "skipped", "by_name": SYSTEM, "at": work.now, "reason": AMENDED}
    written = [(task, fields) for task, fields in changes.changed] + [(task, gone) for task in changes.dropped]
    for task, fields in written:
        work.session.execute(update(Task).where(Task.id == task["id"]).values(**fields))
    for now_is in [*changes.added, *({**task, **fields} for task, fields in written)]:
        put_task(work, now_is)
        note_hold(work, now_is)


def _remember(
    work: UnitOfWork, attestation: Attestation, incident: Mapping[str, Any], *, before: str, version: str, reason: str,
    changes: Changes,
) -> None:  # fmt: skip
    counts = changes.counts()
    values = {
        "id": attestation.op or uuid7(), "incident": incident["id"], "plan": incident["plan"], "before": before,
        "version": version, "by": attestation.actor or "", "by_name": attestation.actor_name,
        "at": attestation.occurred_at, "reason": reason, "changes": counts,
    }  # fmt: skip
    work.session.execute(insert(Amendment), [values])
    facts: dict[str, Any] = {**counts, "reason": reason}
    tell(work, "incident.amended", attestation, incident=incident["id"], **facts)
