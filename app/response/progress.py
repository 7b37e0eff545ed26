"""Keeps the leaders' `progress` rows in step with the tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.base.recount import Recount
from app.base.unit_of_work import UnitOfWork
from app.live.rows import put_row
from app.live.scopes import command_scope
from app.response.bodies import clock_values, progress_body
from app.response.queries import incident_of, progress_counts


def put_progress(work: UnitOfWork, incident: Mapping[str, Any], units: Sequence[str] | None = None) -> None:
    """Count anew for these units (None: all) and put the rows that changed."""
    clocks = clock_values(incident)
    for counts in progress_counts(incident["id"], clocks, units=units, now=work.now):
        body = progress_body(incident["id"], counts["unit"], counts["role"], counts)
        row_id = f"{incident['id']}:{counts['unit']}:{counts['role']}"
        put_row(work, command_scope(incident["id"]), row_id, "progress", body)


def _count(work: UnitOfWork, keys: set[tuple[str, str]]) -> None:
    by_incident: dict[str, list[str]] = {}
    for incident, unit in sorted(keys):
        by_incident.setdefault(incident, []).append(unit)
    for incident_id, units in by_incident.items():
        found = incident_of(incident_id)
        if found is not None:
            put_progress(work, found, units)


PROGRESS = Recount(_count)
