"""Taking a closed incident off the phones; its facts stay in the tables for the report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from app.base.unit_of_work import UnitOfWork
from app.live.rows import drop_row
from app.live.scopes import site_scope, unit_scope
from app.response.models import HelpRequest, Incident, Note, Task

CLOSED_STAYS = timedelta(hours=48)


def incidents_to_retire(work: UnitOfWork) -> list[Mapping[str, Any]]:
    """Incidents that ended longer ago than CLOSED_STAYS and are still on phones."""
    query = select(Incident.id, Incident.site).where(Incident.ts < work.now - CLOSED_STAYS, Incident.retired.is_(False))
    return [dict(found) for found in work.session.execute(query).mappings()]


def retire_incident(work: UnitOfWork, incident: Mapping[str, Any]) -> None:
    """Drop the rows of an incident from the site and its units."""
    for model, row_type in ((Task, "task"), (Note, "note"), (HelpRequest, "help")):
        query = select(model.id, model.unit).where(model.incident == incident["id"])
        for row_id, unit in work.session.execute(query):
            drop_row(work, unit_scope(unit), row_id, row_type)
    drop_row(work, site_scope(incident["site"]), incident["id"], "incident")
    work.session.execute(update(Incident).where(Incident.id == incident["id"]).values(retired=True))
