"""A planned downtime before it begins: planning, postponing, go or no-go, its notices; and when it overruns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import current_app
from sqlalchemy import select, update

from app.base import clock
from app.base.attestation import Attestation, by_system
from app.base.errors import AppError, Conflict, NotAllowed, NotFound
from app.base.instants import to_wire
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import put_row
from app.live.scopes import site_scope, unit_scope
from app.live.timeline import tell
from app.people.permissions import may
from app.people.queries import site_card
from app.plans.library import LIBRARY, read_text
from app.plans.materialise import due_at
from app.plans.notices import NoticeText, notices_for, parse_notices
from app.plans.queries import plan_in_force
from app.response.authority import Actor
from app.response.bodies import incident_body, task_body
from app.response.commands.calendar import put_calendar
from app.response.commands.fresh_tasks import clocks_of
from app.response.commands.incidents import declared_already, incident_values, places_of, store_incident
from app.response.commands.voices import said_by, voice_of
from app.response.models import Incident, Task
from app.response.planned import PLANNED, fault_of_times, overruns
from app.response.progress import put_progress
from app.response.queries import incident_of, planned_incidents
from app.response.voices import no_voices


def plan_incident(
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
    planned_start_at: datetime,
    planned_end_at: datetime | None,
) -> Outcome:
    """Plan a downtime: the incident in the state `planned`, with the tasks that count from its planned start.

    The same id again changes nothing (`superseded`). AppError `bad_time` for times that cannot be.
    """
    if not may(actor.roles, "incident.declare"):
        raise NotAllowed("Only IT leads and incident commanders plan a downtime.")
    texts = _notice_texts()
    with write() as work:
        known = incident_of(incident)
        if known is not None:
            return declared_already(actor, known)
        end = _checked(work, planned_start_at, planned_end_at)
        found = plan_in_force(plan)
        places = places_of(actor.site, found, units)
        begun = incident_values(work, actor, attestation, found, incident, title, kind, level, services, places)
        times = {"planned": planned_start_at, "planned_end": end, "td": planned_start_at, "t0": None}
        values = {**begun, **times, "state": PLANNED, "go": no_voices()}
        values["notices"] = _notices(texts, values)
        store_incident(work, values, found, places)
        put_calendar(work, actor.site)
        tell(
            work,
            "incident.planned",
            attestation,
            incident=incident,
            title=values["title"],
            start=_day(planned_start_at),
        )
    return Outcome(scope=site_scope(actor.site))


def postpone_incident(
    actor: Actor,
    attestation: Attestation,
    *,
    incident: str,
    planned_start_at: datetime,
    planned_end_at: datetime,
    reason: str,
) -> Outcome:
    """Move a planned downtime to another time; both voices are asked again, and what counts from the start moves."""
    texts = _notice_texts()
    with write() as work:
        found = _planned(actor, incident, "incident.advance")
        end = _checked(work, planned_start_at, planned_end_at)
        times = {"planned": planned_start_at, "planned_end": end, "td": planned_start_at}
        changed = {**times, "go": no_voices(), "sequence": found["sequence"] + 1, "note": reason}
        changed["notices"] = _notices(texts, {**found, **changed})
        now_is = _change(work, found, changed)
        _move_tasks(work, now_is)
        put_progress(work, now_is)
        tell(work, "incident.postponed", attestation, incident=incident, start=_day(planned_start_at), reason=reason)
    return Outcome(scope=site_scope(actor.site))


def say_go(actor: Actor, attestation: Attestation, *, incident: str, go: bool, reason: str = "") -> Outcome:
    """Say go or no-go as IT or as clinical lead; a new word of the same person takes the place of the old.

    AppError `reason_needed` for a no-go without one, `same_person` when the actor has given the other voice.
    """
    with write() as work:
        found = _planned(actor, incident, "incident.go")
        voice = voice_of(actor, found["go"] or no_voices())
        if not go and not reason:
            raise AppError("reason_needed", "Say why it must not go. It stays in the timeline.")
        said = {"go": go, **said_by(actor, attestation, voice), "reason": reason}
        _change(work, found, {"go": {**(found["go"] or no_voices()), voice: said}})
        event = "incident.went" if go else "incident.no_go"
        tell(work, event, attestation, incident=incident, reason=reason)
    return Outcome(scope=site_scope(actor.site))


def note_notice(actor: Actor, attestation: Attestation, *, incident: str, key: str) -> Outcome:
    """A notice has been sent, or is not needed. Saying it again is `superseded`."""
    with write() as work:
        found = incident_of(incident)
        if found is None or found["site"] != actor.site or not may(actor.roles, "broadcast.send"):
            raise NotFound("This incident is not known here. Your entry is kept.")
        notice = next((one for one in found["notices"] if one["key"] == key), None)
        if notice is None:
            raise NotFound("This downtime has no such notice. Your entry is kept.")
        scope = site_scope(actor.site)
        if notice["sent_at"] is not None:
            return Outcome(
                st="superseded", scope=scope, by_name=notice["by_name"], code="somebody_first",
                msg=f"{notice['by_name']} was first.",
            )  # fmt: skip
        sent = {**notice, "sent_at": to_wire(attestation.occurred_at), "by_name": actor.name}
        _change(work, found, {"notices": [sent if one["key"] == key else one for one in found["notices"]]})
        tell(work, "incident.noticed", attestation, incident=incident, key=key)
    return Outcome(scope=scope)


def sweep_overruns() -> None:
    """Planned downtimes that are past their end and the tolerance become unplanned ones; leaders see it at once."""
    tolerance = timedelta(minutes=current_app.extensions["settings"].overrun_minutes)
    if not any(overruns(one, now=clock.now(), tolerance=tolerance) for one in planned_incidents()):
        return
    with write() as work:
        for found in planned_incidents():
            if overruns(found, now=work.now, tolerance=tolerance):
                _change(work, found, {"overrun_at": work.now, "sequence": found["sequence"] + 1})
                tell(work, "incident.overran", by_system(), incident=found["id"])


def _planned(actor: Actor, incident: str, action: str) -> Mapping[str, Any]:
    if not may(actor.roles, action):
        raise NotAllowed("Only leaders decide about a planned downtime.")
    found = incident_of(incident)
    if found is None or found["site"] != actor.site:
        raise NotFound("This incident is not known here.")
    if found["state"] != PLANNED:
        raise Conflict("not_planned", "This downtime has started, or is over.", state=found["state"])
    return found


def _checked(work: UnitOfWork, start: datetime, end: datetime | None) -> datetime:
    fault = fault_of_times(start, end, now=work.now)
    if fault is not None or end is None:
        raise AppError("bad_time", fault or "")
    return end


def _change(work: UnitOfWork, found: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    work.session.execute(update(Incident).where(Incident.id == found["id"]).values(**changed))
    now_is = {**found, **changed}
    if not found["retired"]:
        put_row(work, site_scope(found["site"]), found["id"], "incident", incident_body(now_is))
    return now_is


def _move_tasks(work: UnitOfWork, incident: Mapping[str, Any]) -> None:
    query = select(Task.__table__).where(Task.incident == incident["id"], Task.anchor == "planned")
    for task in [dict(found) for found in work.session.execute(query).mappings()]:
        due = due_at("planned", task["due_min"], clocks_of(incident))
        work.session.execute(update(Task).where(Task.id == task["id"]).values(due_at=due))
        put_row(work, unit_scope(task["unit"]), task["id"], "task", task_body({**task, "due_at": due}))


@lru_cache(maxsize=1)
def _notice_texts() -> tuple[NoticeText, ...]:
    path = LIBRARY / "notices.yaml"
    return parse_notices(read_text(path), source=path.name)


def _notices(texts: Sequence[NoticeText], incident: Mapping[str, Any]) -> list[dict[str, Any]]:
    start, end, tz = incident["planned"], incident["planned_end"], site_card(incident["site"])["tz"]
    return [
        {**one._asdict(), "due_at": to_wire(one.due_at), "sent_at": None, "by_name": ""}
        for one in notices_for(texts, title=incident["title"], start=start, end=end, tz=tz)
    ]


def _day(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%MZ")
