"""A unit starts its cards by itself, with or without a server (ADR 8): start, merge with a neighbour, end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from app.base.attestation import Attestation
from app.base.errors import AppError, NotAllowed, NotFound
from app.base.instants import to_wire
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import put_row
from app.live.scopes import site_scope, unit_scope
from app.live.timeline import tell
from app.people.permissions import may
from app.people.queries import unit_name, units as units_of
from app.plans.format import Plan
from app.plans.ids import local_run, run_id
from app.plans.materialise import due_at
from app.plans.pack import UnitRef
from app.plans.queries import plan_at, plan_in_force, plan_versions
from app.response.adoption import are_neighbours, belongs_to, started_at
from app.response.authority import Actor, roles_in, roles_lately_in
from app.response.bodies import incident_body, task_body
from app.response.commands.adopt import adopt_own_starts, adopt_run, adopt_tasks, put_local_run
from app.response.commands.fresh_tasks import clocks_of, make_tasks
from app.response.commands.gates import GATES
from app.response.commands.in_use import IN_USE
from app.response.lifecycle import ADOPTED, LOCAL
from app.response.models import Incident, LocalRun, Task
from app.response.progress import put_progress
from app.response.queries import incident_of, incidents_of_plan, local_run_of, own_starts, tasks_of

Record = Mapping[str, Any]


def start_run(
    actor: Actor,
    attestation: Attestation,
    *,
    unit: str,
    plan: str,
    incident: str | None,
    day: str,
    shift: str,
    started: datetime | None = None,
    again: int | None = None,
    version: str | None = None,
) -> Outcome:
    """Start the cards of a plan in the author's unit: in an incident that does not name the unit, or by itself.

    By itself, the ids come from unit, plan, day and shift, so that phones which could not talk converge. A declared
    incident that it belongs to takes it in at once. Starting it again is `superseded` and adds its author; `again` (2,
    3, …) makes a fresh one in a shift in which the earlier one is over.
    """
    if not (roles_in(actor, unit) or roles_lately_in(actor, unit)):
        raise NotAllowed("You do not belong to this unit. Your entry is kept.")
    place = next((UnitRef(one["id"], one["type"]) for one in units_of(actor.site) if one["id"] == unit), None)
    found = _plan_of(plan, version)
    if place is None or place.type not in {kind for card in found.cards for kind in card.unit_types}:
        raise AppError("no_card", "This plan has no card for your unit.")
    began = started_at(said=started, occurred_at=attestation.occurred_at)
    with write() as work:
        if incident is not None:
            return _join(work, attestation, incident, found, place)
        name = local_run(date=day, shift=shift, again=again)
        run = run_id(unit=unit, plan=plan, incident=name)
        known = local_run_of(run)
        if known is not None:
            return _start_again(work, attestation, known, found, place, name, began)
        _create(work, actor, attestation, run, found, place, name, began)
        _meet_others(work, attestation, run)
    return Outcome(scope=unit_scope(unit))


def _plan_of(plan: str, version: str | None) -> Plan:
    """The version that the phone had when it started, if it was ever in force here; else the present one."""
    return plan_at(plan, version) if version and version in plan_versions(plan) else plan_in_force(plan)


def _join(work: UnitOfWork, attestation: Attestation, incident: str, plan: Plan, place: UnitRef) -> Outcome:
    found, scope = incident_of(incident), unit_scope(place.id)
    if found is None or found["state"] in (LOCAL, ADOPTED):
        raise NotFound("This incident is not known here. Your entry is kept.")
    if found["plan"] != plan.id:
        raise AppError("other_plan", f"#{found['no']} runs another plan. Start this card without it.")
    if place.id in found["units"]:
        return Outcome(
            st="superseded", scope=scope, by=found["lead"], by_name=found["lead_name"], at=found["td"],
            code="already_started", msg=f"#{found['no']} has your unit's cards already.",
        )  # fmt: skip
    joined = {**found, "units": [*found["units"], place.id]}
    work.session.execute(update(Incident).where(Incident.id == incident).values(units=joined["units"]))
    put_row(work, site_scope(found["site"]), incident, "incident", incident_body(joined))
    make_tasks(work, plan, joined, [place])
    put_progress(work, joined, [place.id])
    GATES.mark(work, incident)
    IN_USE.mark(work, incident)
    tell(work, "run.joined", attestation, incident=incident, unit=place.id, unit_name=unit_name(place.id))
    adopt_own_starts(work, attestation, joined)
    return Outcome(scope=scope)


def _create(
    work: UnitOfWork, actor: Actor, attestation: Attestation, run: str, plan: Plan, place: UnitRef, name: str,
    began: datetime,
) -> None:  # fmt: skip
    last = work.session.execute(select(func.min(Incident.no)).where(Incident.site == actor.site)).scalar()
    _, day, shift, *_again = name.split("|")
    stand_in = {
        "id": run,
        "site": actor.site,
        "no": min(last or 0, 0) - 1,  # below zero: never shown, never in the way of a declared one
        "title": plan.title,
        "kind": "real",
        "state": LOCAL,
        "level": plan.level,
        "plan": plan.id,
        "plan_title": plan.title,
        "services": list(plan.services),
        "units": [place.id],
        "lead": actor.id,
        "lead_name": actor.name,
        "do_now": plan.do_now,
        "works": list(plan.works),
        "note": "",
        "retired": False,
        **dict.fromkeys(("tb", "tr", "ta", "te", "ts")),
        "t0": began,
        "td": began,
    }
    work.session.execute(insert(Incident), [stand_in])
    values = {
        "id": run, "site": actor.site, "unit": place.id, "plan": plan.id, "day": day, "shift": shift,
        "started_at": began, "by": actor.id, "by_name": actor.name, "starts": [_start(attestation)],
        "adopted_into": None, "into_run": None, "adopted_at": None, "merge_with": None,
    }  # fmt: skip
    work.session.execute(insert(LocalRun), [values])
    make_tasks(work, plan, stand_in, [place], named=name)
    put_progress(work, stand_in)
    put_local_run(work, run)
    tell(
        work, "run.started", attestation, incident=run, unit=place.id, unit_name=unit_name(place.id),
        plan_title=plan.title,
    )  # fmt: skip


def _start(attestation: Attestation) -> dict[str, Any]:
    return {"by": attestation.actor, "by_name": attestation.actor_name, "at": to_wire(attestation.occurred_at)}


def _meet_others(work: UnitOfWork, attestation: Attestation, run_id_: str) -> None:
    """Join the incident it belongs to; else offer to merge it with the unit's nearest own start."""
    run = local_run_of(run_id_)
    if run is None:
        return
    for incident in incidents_of_plan(run["site"], run["plan"]):
        if belongs_to(run, incident):
            adopt_run(work, attestation, run, incident)
            return
    others = [one for one in own_starts(run["site"], run["plan"], units=[run["unit"]]) if are_neighbours(run, one)]
    if not others:
        return
    nearest = min(others, key=lambda one: abs(one["started_at"] - run["started_at"]))
    for one, other in ((run, nearest), (nearest, run)):
        work.session.execute(update(LocalRun).where(LocalRun.id == one["id"]).values(merge_with=other["id"]))
        put_local_run(work, one["id"])


def _start_again(
    work: UnitOfWork, attestation: Attestation, run: Record, plan: Plan, place: UnitRef, name: str, began: datetime
) -> Outcome:
    """Somebody started it before: both are named, the earlier start counts, and steps of both versions are there."""
    stand_in = incident_of(run["id"]) or {}
    is_new = attestation.actor not in [start["by"] for start in run["starts"]]
    starts = [*run["starts"], *([_start(attestation)] if is_new else [])]
    earlier = began < run["started_at"]
    changed: dict[str, Any] = {"starts": starts, **({"started_at": began} if earlier else {})}
    work.session.execute(update(LocalRun).where(LocalRun.id == run["id"]).values(**changed))
    if earlier:
        stand_in = {**stand_in, "t0": began, "td": began}
        work.session.execute(update(Incident).where(Incident.id == run["id"]).values(t0=began, td=began))
    known = set(work.session.execute(select(Task.id).where(Task.incident == run["id"])).scalars())
    made = make_tasks(work, plan, stand_in, [place], named=name, known=known)
    if earlier:
        _bring_forward(work, stand_in)
    if stand_in["state"] == ADOPTED:
        adopt_tasks(work, made, incident_of(run["adopted_into"]) or {}, run["into_run"])
    put_local_run(work, run["id"])
    return Outcome(
        st="superseded", scope=unit_scope(run["unit"]), by=run["by"], by_name=run["by_name"], at=run["started_at"],
        code="already_started", msg=f"{run['by_name']} had started it. Both of you are on record.",
    )  # fmt: skip


def _bring_forward(work: UnitOfWork, stand_in: Record) -> None:
    if stand_in["state"] != LOCAL:
        return
    clocks = clocks_of(stand_in)
    for task in tasks_of(stand_in["id"]):
        due = due_at(task["anchor"], task["due_min"], clocks)
        if task["occurrence"] == 1 and task["held"] is None and due is not None and due != task["due_at"]:
            work.session.execute(update(Task).where(Task.id == task["id"]).values(due_at=due))
            put_row(work, unit_scope(task["unit"]), task["id"], "task", task_body({**task, "due_at": due}))


def merge_runs(actor: Actor, attestation: Attestation, *, run: str, into: str) -> Outcome:
    """Join one own start of a unit to another of the same plan. Joined before: `superseded`."""
    with write() as work:
        one, other = _own_run(actor, run), _own_run(actor, into)
        if one["adopted_into"] is not None:
            return _part_already(one)
        target = incident_of(into)
        same = (one["unit"], one["plan"]) == (other["unit"], other["plan"]) and run != into
        if not same or target is None or target["state"] != LOCAL:
            raise AppError("not_one", "These two can't be joined: they are not open cards of one unit and plan.")
        adopt_run(work, attestation, one, target)
    return Outcome(scope=unit_scope(one["unit"]))


def end_run(actor: Actor, attestation: Attestation, *, run: str, note: str = "") -> Outcome:
    """End what a unit started by itself. Ended or taken in before: `superseded`."""
    with write() as work:
        found, stand_in = _own_run(actor, run), incident_of(run) or {}
        if found["adopted_into"] is not None:
            return _part_already(found)
        if stand_in["state"] != LOCAL:
            return Outcome(st="superseded", scope=unit_scope(found["unit"]), code="somebody_first", msg="It has ended.")
        ended = {"state": "closed", "ts": attestation.occurred_at, "note": note}
        work.session.execute(update(Incident).where(Incident.id == run).values(**ended))
        put_local_run(work, run)
        tell(work, "run.ended", attestation, incident=run, unit=found["unit"], unit_name=unit_name(found["unit"]))
    return Outcome(scope=unit_scope(found["unit"]))


def _own_run(actor: Actor, run: str) -> Record:
    found = local_run_of(run)
    if found is None:
        raise NotFound("This start is not known here. Your entry is kept.")
    if not (roles_in(actor, found["unit"]) or roles_lately_in(actor, found["unit"]) or may(actor.roles, "help.handle")):
        raise NotAllowed("You do not belong to this unit. Your entry is kept.")
    return found


def _part_already(run: Record) -> Outcome:
    return Outcome(
        st="superseded", scope=unit_scope(run["unit"]), code="part_already", msg="It is part of another one already."
    )
