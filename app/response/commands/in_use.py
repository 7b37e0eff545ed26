"""What units do instead while something is down: compiled for exactly the services and units of each incident."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from app.base import clock
from app.base.attestation import Attestation, by_system
from app.base.reading import Record, all_records
from app.base.recount import Recount
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import drop_row, put_row
from app.live.scopes import command_scope, unit_scope
from app.live.timeline import tell
from app.people.queries import unit_name, units as units_of
from app.plans.workarounds.commands import drop_workaround_file, put_workaround_file
from app.plans.workarounds.queries import workaround_bodies
from app.response.models.command import ServiceOutage, WorkaroundExpiry
from app.response.queries import incident_of, running_incidents
from app.response.safe_time import Place, Use, command_body, services_stopped, unit_body, uses
from app.services.queries import service_list

Key = tuple[str, str, datetime]


def keep_workarounds(text: str, *, site: str, attestation: Attestation, source: str = "workarounds") -> str:
    """Keep a file of workarounds; what runs follows it at once. Raises PlanErrors. Repeating it changes nothing."""
    with write() as work:
        service = put_workaround_file(text, site=site, attestation=attestation, source=source)
        _mark_running(work, site)
    return service


def remove_workarounds(service: str, *, site: str, attestation: Attestation) -> None:
    """Take the workarounds for a service away, also from what runs. NotFound when there are none."""
    with write() as work:
        drop_workaround_file(service, site=site, attestation=attestation)
        _mark_running(work, site)


def in_use_rows(incident: Mapping[str, Any]) -> dict[tuple[str, str, str], dict[str, Any]]:
    """`{(scope, row id, type): body}` of an incident's workarounds."""
    found = uses_of(incident)
    by_unit: dict[str, list[Use]] = {}
    for one in found:
        by_unit.setdefault(one.unit, []).append(one)
    rows = {
        (unit_scope(unit), f"in_use:{incident['id']}:{unit}", "in_use"): unit_body(incident["id"], unit, mine)
        for unit, mine in by_unit.items()
    }
    if found:
        key = (command_scope(incident["id"]), f"safe_time:{incident['id']}", "safe_time")
        rows[key] = command_body(incident["id"], found)
    return rows


def uses_of(incident: Mapping[str, Any]) -> list[Use]:
    """What the units of an incident do instead, by the outages on record."""
    since = {one["service"]: one["since"] for one in open_outages(incident["id"])}
    if not since:
        return []
    site = incident["site"]
    places = [Place(unit["id"], unit["type"]) for unit in units_of(site) if unit["id"] in incident["units"]]
    return uses(places, since=since, bodies=workaround_bodies(site), catalogue=service_list(site))


def open_outages(incident: str) -> list[Record]:
    """The services that do not work in an incident now, and since when."""
    query = select(ServiceOutage.__table__).where(ServiceOutage.incident == incident, ServiceOutage.until.is_(None))
    return all_records(query.order_by(ServiceOutage.service))


def sweep_safe_times() -> None:
    """Tell the timeline once of each workaround that is past its safe time. Repeating it changes nothing."""
    now = clock.now()
    late = [(one, _expired(one, now)) for one in running_incidents()]
    if not any(found for _one, found in late):
        return
    with write() as work:
        for incident, found in late:
            for key, units in found.items():
                _tell_expired(work, incident, key, units)


def drop_in_use(work: UnitOfWork, incident: Mapping[str, Any], *, but: Collection[str] = ()) -> None:
    """Take the rows of an incident off the phones, but for those in these scopes."""
    for unit in incident["units"]:
        if unit_scope(unit) not in but:
            drop_row(work, unit_scope(unit), f"in_use:{incident['id']}:{unit}", "in_use")
    if command_scope(incident["id"]) not in but:
        drop_row(work, command_scope(incident["id"]), f"safe_time:{incident['id']}", "safe_time")


def _mark_running(work: UnitOfWork, site: str) -> None:
    for incident in running_incidents(site):
        IN_USE.mark(work, incident["id"])


def _expired(incident: Mapping[str, Any], now: datetime) -> dict[Key, list[str]]:
    """The units of each workaround that is past its time and that the timeline has not told of."""
    found: dict[Key, list[str]] = {}
    for one in uses_of(incident):
        if one.safe_until <= now:
            found.setdefault((one.service, one.code, one.since), []).append(one.unit)
    told = all_records(select(WorkaroundExpiry.__table__).where(WorkaroundExpiry.incident == incident["id"]))
    known = {(one["service"], one["code"], one["since"]) for one in told}
    return {key: units for key, units in found.items() if key not in known}


def _tell_expired(work: UnitOfWork, incident: Mapping[str, Any], key: Key, units: list[str]) -> None:
    service, code, since = key
    values = {"incident": incident["id"], "service": service, "code": code, "since": since, "told_at": work.now}
    work.session.execute(insert(WorkaroundExpiry), [values])
    title = next((one.title for one in service_list(incident["site"]) if one.code == service), service)
    names = ", ".join(unit_name(unit) for unit in units)
    tell(
        work, "workaround.expired", by_system(), incident=incident["id"], title=title, units=names, count=len(units),
        service=service, code=code,
    )  # fmt: skip


def _put(work: UnitOfWork, incidents: set[str]) -> None:
    for incident_id in sorted(incidents):
        incident = incident_of(incident_id)
        if incident is None or incident["retired"]:
            continue
        _follow_services(work, incident)
        rows = in_use_rows(incident)
        for (scope, row_id, row_type), body in rows.items():
            put_row(work, scope, row_id, row_type, body)
        drop_in_use(work, incident, but={scope for scope, _id, _type in rows})


def _follow_services(work: UnitOfWork, incident: Mapping[str, Any]) -> None:
    """Note which services stopped and which are back; those of the declaration stopped with the first symptom."""
    stopped = services_stopped(incident, service_list(incident["site"]))
    known = {one["service"] for one in open_outages(incident["id"])}
    back = (ServiceOutage.incident == incident["id"], ServiceOutage.until.is_(None))
    if known - stopped:
        gone = ServiceOutage.service.in_(sorted(known - stopped))
        work.session.execute(update(ServiceOutage).where(*back, gone).values(until=work.now))
    mine = select(ServiceOutage.service).where(ServiceOutage.incident == incident["id"]).limit(1)
    began = incident["t0"] if work.session.execute(mine).first() is None else None
    values = [
        {"incident": incident["id"], "service": code, "since": began or work.now, "until": None}
        for code in sorted(stopped - known)
    ]
    if values:
        work.session.execute(insert(ServiceOutage), values)


IN_USE = Recount(_put)
