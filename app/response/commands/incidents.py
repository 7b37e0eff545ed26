"""Declaring an incident and moving it on: restored, all-clear, stood down, cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from app.base.attestation import Attestation
from app.base.errors import AppError, Conflict, NotAllowed
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import put_row
from app.live.scopes import site_scope
from app.live.timeline import tell
from app.people.permissions import may
from app.people.queries import units as units_of
from app.plans.format import Plan
from app.plans.pack import UnitRef
from app.plans.queries import plan_in_force, version_in_force
from app.response.authority import Actor
from app.response.bodies import incident_body
from app.response.commands.adopt import adopt_own_starts
from app.response.commands.alerts import alert_turn
from app.response.commands.everywhere import make_tasks_everywhere
from app.response.commands.gates import GATES
from app.response.commands.in_use import IN_USE
from app.response.commands.leading import incident_to_change
from app.response.commands.recovery import needs_two_voices, put_recovery_rules, sign_all_clear
from app.response.commands.steps import move_on
from app.response.lifecycle import next_states
from app.response.models import Activation, Incident
from app.response.progress import put_first_progress
from app.response.queries import incident_of, open_safety_count, running_incidents
from app.response.recovery import fault_of_stand_down
from app.response.voices import both_say_go

DOUBLE_DECLARATION = timedelta(seconds=120)


def declare_incident(
    actor: Actor,
    attestation: Attestation,
    *,
    incident: str,
    plan: str,
    title: str,
    kind: str,
    level: int,
    services: Sequence[str] | None,
    units: Sequence[str] | None,
) -> Outcome:
    """Declare: the incident, its activation, a task for every step x unit, rows and events, in one transaction.

    `incident` is the caller's id: the same id again changes nothing (`superseded`). `units` None means all the plan
    names. Another lead's declaration of the same plan within two minutes is a Conflict that names it.
    """
    if not may(actor.roles, "incident.declare"):
        raise NotAllowed("Only IT leads and incident commanders declare.")
    with write() as work:
        known = incident_of(incident)
        if known is not None:
            return declared_already(actor, known)
        found = plan_in_force(plan)
        _refuse_double(actor, attestation, plan, kind)
        places = places_of(actor.site, found, units)
        values = incident_values(work, actor, attestation, found, incident, title, kind, level, services, places)
        store_incident(work, values, found, places)
        tell(work, "incident.declared", attestation, incident=incident, level=level, title=title, plan=plan)
        adopt_own_starts(work, attestation, values)
        alert_turn(work, values, by=actor.id)
    return Outcome(scope=site_scope(actor.site))


def declared_already(actor: Actor, known: Mapping[str, Any]) -> Outcome:
    """The answer to a declaration whose id is on record."""
    return Outcome(
        st="superseded", scope=site_scope(actor.site), by=known["lead"], by_name=known["lead_name"],
        at=known["td"], code="already_declared", msg=f"#{known['no']} is declared already.",
    )  # fmt: skip


def store_incident(work: UnitOfWork, values: Mapping[str, Any], plan: Plan, places: Sequence[UnitRef]) -> None:
    """Store a new incident with its activation and its tasks, and put all their rows."""
    work.is_large = True
    work.give_way()
    work.session.execute(insert(Incident), [dict(values)])
    activation = {"incident": values["id"], "plan": plan.id, "version": version_in_force(plan.id)}
    work.session.execute(insert(Activation), [{**activation, "activated_at": work.now}])
    work.give_way()
    make_tasks_everywhere(work, plan, values, places)
    put_row(work, site_scope(values["site"]), values["id"], "incident", incident_body(values), fresh=True)
    put_first_progress(work, values, places)
    work.give_way()
    put_recovery_rules(work, values["site"])
    GATES.mark(work, values["id"])
    IN_USE.mark(work, values["id"])


def _refuse_double(actor: Actor, attestation: Attestation, plan: str, kind: str) -> None:
    for other in running_incidents(actor.site):
        recent = attestation.received_at - other["td"] < DOUBLE_DECLARATION
        if recent and other["plan"] == plan and other["kind"] == kind and other["lead"] != actor.id:
            raise Conflict(
                "already_declared",
                f"{other['lead_name']} declared this just now as #{other['no']}.",
                by=other["lead"],
                by_name=other["lead_name"],
                at=other["td"],
                incident=other["id"],
            )


def places_of(site: str, plan: Plan, units: Sequence[str] | None) -> list[UnitRef]:
    """The units an incident is for: those named, or all that the plan means. AppError for an unknown one."""
    known = [UnitRef(unit["id"], unit["type"]) for unit in units_of(site)]
    if units is None:
        return [unit for unit in known if unit.type in plan.unit_types]
    unknown = sorted(set(units) - {unit.id for unit in known})
    if unknown:
        raise AppError("no_such_unit", f"There is no unit “{unknown[0]}” here.", units=unknown)
    return [unit for unit in known if unit.id in set(units)]


def incident_values(
    work: UnitOfWork,
    actor: Actor,
    attestation: Attestation,
    plan: Plan,
    incident: str,
    title: str,
    kind: str,
    level: int,
    services: Sequence[str] | None,
    places: Sequence[UnitRef],
) -> dict[str, Any]:
    """The columns of an incident that begins now."""
    last = work.session.execute(select(func.max(Incident.no)).where(Incident.site == actor.site)).scalar()
    return {
        "id": incident,
        "site": actor.site,
        "no": max(last or 0, 0) + 1,  # units' own starts count downwards from zero
        "title": title or plan.title,
        "kind": kind,
        "state": "declared",
        "level": level,
        "plan": plan.id,
        "plan_title": plan.title,
        "services": list(plan.services if services is None else services),
        "units": [unit.id for unit in places],
        "lead": actor.id,
        "lead_name": actor.name,
        "do_now": plan.do_now,
        "works": list(plan.works),
        "note": "",
        "retired": False,
        "sequence": 0,
        "notices": [],
        **dict.fromkeys(("planned", "planned_end", "overrun_at", "go", "all_clear")),
        **dict.fromkeys(("tb", "tr", "ta", "te", "ts")),
        "t0": attestation.occurred_at,
        "td": attestation.occurred_at,
    }


def advance_incident(
    actor: Actor, attestation: Attestation, *, incident: str, to: str, note: str = "", override: str = ""
) -> Outcome:
    """Move an incident on to `restored`, `all_clear`, `closed` (stood down) or `cancelled`; its phones follow.

    The clock of the step starts, and tasks that wait for it get their due times. The same step again is
    `superseded`; a step out of order is a Conflict. Where the site guards its recovery, `all_clear` is the actor's
    signature, and `closed` over open safety steps needs the commander's reason in `override`.
    """
    with write() as work:
        found = incident_to_change(actor, incident)
        scope = site_scope(found["site"])
        if found["state"] == to:
            return Outcome(st="superseded", scope=scope, code="somebody_first", msg="Somebody was first.")
        if to not in next_states(found["state"]):
            raise Conflict(
                "not_next", f"From “{found['state']}” the incident can't go to “{to}”.", state=found["state"]
            )
        if to == "all_clear" and needs_two_voices():
            return sign_all_clear(actor, attestation, incident=incident, note=note)
        _refuse_stand_down(actor, found, to, override)
        if to == "declared" and not both_say_go(found["go"]):
            raise Conflict("no_go", "IT and a clinical lead must both say go first.")
        move_on(work, attestation, found, to=to, note=" ".join(filter(None, (note, override))))
    return Outcome(scope=scope)


def _refuse_stand_down(actor: Actor, incident: Mapping[str, Any], to: str, override: str) -> None:
    if to != "closed" or not needs_two_voices():
        return
    fault = fault_of_stand_down(open_safety_count(incident["id"]), roles=actor.roles, override=override)
    if fault is not None:
        raise Conflict(*fault)


def note_first_broadcast(work: UnitOfWork, incident: Mapping[str, Any], at: datetime) -> None:
    """Start the clock TB with the first broadcast; later ones leave it."""
    if incident["tb"] is not None:
        return
    work.session.execute(update(Incident).where(Incident.id == incident["id"]).values(tb=at))
    if not incident["retired"]:
        put_row(work, site_scope(incident["site"]), incident["id"], "incident", incident_body({**incident, "tb": at}))
