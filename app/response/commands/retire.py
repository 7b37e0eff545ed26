"""Taking a closed incident off the phones; its facts stay in the tables for the report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update

from app.base.unit_of_work import UnitOfWork
from app.live.rows import drop_row
from app.live.scopes import site_command_scope, site_scope, unit_scope
from app.response.commands.gates import gate_rows
from app.response.commands.in_use import drop_in_use
from app.response.commands.objectives import drop_command_rows
from app.response.lifecycle import LOCAL
from app.response.models import Backlog, HelpRequest, Incident, Note, Task, UnitCheck
from app.response.queries import adopted_by, incident_of, local_run_of

CLOSED_STAYS = timedelta(hours=48)
# Longer than a downtime that nobody in command heard of can last.
LOCAL_STAYS = timedelta(hours=72)


def incidents_to_retire(work: UnitOfWork) -> list[Mapping[str, Any]]:
    """Incidents that ended longer ago than CLOSED_STAYS, and own starts that nobody ended, that are still on phones."""
    over = Incident.ts < work.now - CLOSED_STAYS
    forgotten = and_(Incident.state == LOCAL, Incident.td < work.now - LOCAL_STAYS)
    query = select(Incident.id, Incident.site).where(or_(over, forgotten), Incident.retired.is_(False))
    return [dict(found) for found in work.session.execute(query).mappings()]


def retire_incident(work: UnitOfWork, incident: Mapping[str, Any]) -> None:
    """Drop the rows of an incident from the site and its units."""
    _retire_recovery(work, incident)
    for model, row_type in ((Task, "task"), (Note, "note"), (HelpRequest, "help")):
        query = select(model.id, model.unit).where(model.incident == incident["id"])
        for row_id, unit in work.session.execute(query):
            drop_row(work, unit_scope(unit), row_id, row_type)
    drop_row(work, site_scope(incident["site"]), incident["id"], "incident")
    own = local_run_of(incident["id"])
    for run in [*([own] if own else []), *adopted_by(incident["id"])]:
        for scope in (unit_scope(run["unit"]), site_command_scope(run["site"])):
            drop_row(work, scope, run["id"], "local_run")
    work.session.execute(update(Incident).where(Incident.id == incident["id"]).values(retired=True))


def _retire_recovery(work: UnitOfWork, incident: Mapping[str, Any]) -> None:
    found = incident_of(incident["id"])
    if found is not None:
        drop_in_use(work, found)
        drop_command_rows(work, found)
    for row_id in gate_rows(found) if found else ():
        drop_row(work, site_scope(incident["site"]), row_id, "gate")
    for model, name, row_type in ((UnitCheck, "check", "unit_check"), (Backlog, "backlog", "backlog")):
        for unit in work.session.execute(
            select(model.unit).where(model.incident == incident["id"]).distinct()
        ).scalars():
            drop_row(work, unit_scope(unit), f"{name}:{incident['id']}:{unit}", row_type)
