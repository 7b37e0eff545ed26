"""Keeps the leaders' `progress` rows in step with the tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.recount import Recount
from app.base.unit_of_work import UnitOfWork
from app.live.rows import put_row
from app.live.scopes import command_scope
from app.plans.pack import UnitRef
from app.response.bodies import clock_values, progress_body
from app.response.queries import incident_of, progress_counts


def put_progress(work: UnitOfWork, incident: Mapping[str, Any], units: Sequence[str] | None = None) -> None:
    """Count anew for these units (None: all) and put the rows that changed."""
    for counts in progress_counts(incident["id"], clock_values(incident), units=units, now=work.now):
        _put(work, incident["id"], counts["unit"], counts, fresh=False)


def put_first_progress(work: UnitOfWork, incident: Mapping[str, Any], places: Sequence[UnitRef]) -> None:
    """Put the rows of a new incident. Units of a type have the same tasks, so that one of each type is counted."""
    by_type: dict[str, list[str]] = {}
    for place in places:
        by_type.setdefault(place.type, []).append(place.id)
    alike = {units[0]: units for units in by_type.values()}
    for counts in progress_counts(incident["id"], clock_values(incident), units=list(alike), now=work.now):
        for unit in alike[counts["unit"]]:
            _put(work, incident["id"], unit, counts, fresh=True)


def _put(work: UnitOfWork, incident: str, unit: str, counts: Mapping[str, Any], *, fresh: bool) -> None:
    body = progress_body(incident, unit, counts["role"], counts)
    row_id = f"{incident}:{unit}:{counts['role']}"
    put_row(work, command_scope(incident), row_id, "progress", body, fresh=fresh)


def _count(work: UnitOfWork, keys: set[tuple[str, str]]) -> None:
    by_incident: dict[str, list[str]] = {}
    for incident, unit in sorted(keys):
        by_incident.setdefault(incident, []).append(unit)
    for incident_id, units in by_incident.items():
        found = incident_of(incident_id)
        if found is not None:
            put_progress(work, found, units)


PROGRESS = Recount(_count)
