"""Keeps the leaders' `reach` rows in step with receipts and acks: one row a unit and broadcast, never one a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update

from app.base.recount import Recount
from app.base.unit_of_work import UnitOfWork
from app.broadcasts.bodies import escalation_body, reach_body, route_body
from app.broadcasts.models import Escalation
from app.broadcasts.policy import QuorumRules
from app.broadcasts.queries import (
    broadcast_of,
    broadcasts_of,
    carries_of,
    escalations_of,
    policy_of,
    receipts_of,
    routes_of,
    units_concerned,
)
from app.broadcasts.quorum import Way
from app.live.rows import put_row
from app.live.scopes import command_scope, site_scope
from app.people.queries import units as units_of
from app.response.queries import is_on_phones, running_incidents, silent_units


def ways_by_unit(site: str, units: Sequence[str]) -> dict[str, tuple[Way, ...]]:
    """What it takes for each of these units to count as having acknowledged."""
    rules: QuorumRules = policy_of(site).quorum
    types = {unit["id"]: unit["type"] for unit in units_of(site)}
    return {unit: rules.ways_for(unit, types.get(unit, "")) for unit in units}


def reach_bodies(work: UnitOfWork, broadcast: Mapping[str, Any], units: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The bodies of these units' `reach` rows, from the tables as they stand in this unit of work."""
    receipts = _by_unit(units, receipts_of(broadcast["id"], units))
    carries = _by_unit(units, carries_of(broadcast["id"], units))
    silent, ways = silent_units(units), ways_by_unit(broadcast["site"], units)
    return {
        unit: reach_body(
            broadcast, unit, receipts[unit], carries=carries[unit], ways=ways[unit], silent_since=silent.get(unit),
            now=work.now,
        )
        for unit in units
    }  # fmt: skip


def _by_unit(units: Sequence[str], records: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {unit: [] for unit in units}
    for record in records:
        found[record["unit"]].append(record)
    return found


def _count(work: UnitOfWork, keys: set[tuple[str, str]]) -> None:
    by_broadcast: dict[str, list[str]] = {}
    for broadcast_id, unit in sorted(keys):
        by_broadcast.setdefault(broadcast_id, []).append(unit)
    for broadcast_id, units in by_broadcast.items():
        broadcast = broadcast_of(broadcast_id)
        if broadcast is not None:
            _put_reach(work, broadcast, units)


REACH = Recount(_count)


def _put_reach(work: UnitOfWork, broadcast: Mapping[str, Any], units: Sequence[str]) -> None:
    bodies = reach_bodies(work, broadcast, units)
    for unit, body in bodies.items():
        put_row(work, command_scope(broadcast["incident"]), f"{broadcast['id']}:{unit}", "reach", body)
    reached = [unit for unit, body in bodies.items() if body["quorum"]]
    if reached:
        _stop_escalating(work, broadcast, reached)


def _stop_escalating(work: UnitOfWork, broadcast: Mapping[str, Any], units: Sequence[str]) -> None:
    for escalation in escalations_of(broadcast["id"], units):
        if escalation["state"] in ("waiting", "running"):
            change_escalation(work, broadcast, escalation, state="reached", next_at=None)


def change_escalation(
    work: UnitOfWork, broadcast: Mapping[str, Any], escalation: Mapping[str, Any], **changed: Any
) -> None:
    """Keep what has changed about a unit's escalation, and put its row."""
    mine = (Escalation.broadcast == escalation["broadcast"], Escalation.unit == escalation["unit"])
    work.session.execute(update(Escalation).where(*mine).values(**changed))
    put_escalation(work, broadcast, {**escalation, **changed})


def put_escalation(work: UnitOfWork, broadcast: Mapping[str, Any], escalation: Mapping[str, Any]) -> None:
    """Put the row of a unit's escalation."""
    row_id = f"escalation:{broadcast['id']}:{escalation['unit']}"
    body = escalation_body(escalation, broadcast)
    put_row(work, command_scope(broadcast["incident"]), row_id, "escalation", body)


def put_routes(work: UnitOfWork, broadcast: Mapping[str, Any]) -> None:
    """Put the rows of all routes of a broadcast, as far as phones still hold its incident."""
    routes = routes_of(broadcast["id"])
    if not routes or not is_on_phones(broadcast["incident"]):
        return
    carries = carries_of(broadcast["id"])
    for route in routes:
        put_row(work, site_scope(broadcast["site"]), route["id"], "runner_route", route_body(route, broadcast, carries))


def mark_units(work: UnitOfWork, units: Sequence[str]) -> None:
    """Count these units anew for every broadcast of the running incidents (a unit fell silent or is heard again)."""
    for incident in running_incidents():
        for broadcast in broadcasts_of(incident["id"]):
            for unit in units_concerned(broadcast, incident).intersection(units):
                REACH.mark(work, (broadcast["id"], unit))
