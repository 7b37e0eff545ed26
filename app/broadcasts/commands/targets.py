"""Working out whom a broadcast goes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import insert

from app.base.errors import AppError, NotFound
from app.base.unit_of_work import UnitOfWork
from app.broadcasts.audience import Audience, units_meant
from app.broadcasts.models import Receipt
from app.broadcasts.reach import REACH
from app.people.person import UnitPerson
from app.people.queries import first_places, people_by_unit, units as units_of
from app.response.queries import incident_of
from app.services.blast import units_hit
from app.services.queries import service_list

Targets = dict[str, list[UnitPerson]]


def settled_audience(incident: Mapping[str, Any], audience: Audience) -> Audience:
    """The audience with its units worked out, where it names services or single people only.

    AppError `no_such_unit`, `no_such_service` for what is not there, `no_audience` when nobody is meant.
    """
    unknown = sorted(set(audience.units or ()) - set(incident["units"]))
    if unknown:
        raise AppError("no_such_unit", f"The unit “{unknown[0]}” is not part of this incident.", units=unknown)
    hit = None if audience.services is None else _hit(incident["site"], audience.services)
    if hit is not None:
        audience = audience.in_units(units_meant(audience, incident["units"], hit))
    if audience.units == () and not audience.people:
        raise AppError("no_audience", "Nobody would get this. Choose at least one unit, or all of them.")
    return replace(audience, people=audience.people or None)


def _hit(site: str, services: tuple[str, ...]) -> frozenset[str]:
    catalogue = service_list(site)
    unknown = sorted(set(services) - {entry.code for entry in catalogue})
    if unknown:
        raise AppError("no_such_service", f"There is no service “{unknown[0]}” here.", services=unknown)
    return units_hit(services, catalogue, [(unit["id"], unit["type"]) for unit in units_of(site)])


def people_meant(incident: Mapping[str, Any], audience: Audience) -> Targets:
    """The people of a settled audience by unit, each unit that was named included, nobody twice in one unit.

    AppError `no_such_person` for a person who belongs to no unit.
    """
    named = list(incident["units"] if audience.units is None else audience.units)
    found = {unit: [one for one in people if one.on_duty or not audience.on_duty] for unit, people in
             people_by_unit(named, audience.roles).items()}  # fmt: skip
    targets: Targets = {unit: found.get(unit, []) for unit in named}
    known = {person.id for people in targets.values() for person in people}
    single = [person for person in audience.people or () if person not in known]
    places = first_places(single) if single else {}
    for person in single:
        if person not in places:
            raise AppError("no_such_person", "One of these people is not here any more. Choose again.")
        unit, one = places[person]
        targets.setdefault(unit, []).append(one)
    return targets


def counted_audience(site: str, incident_id: str, audience: Audience) -> dict[str, Any]:
    """How many people in which units a broadcast would go to now. Somebody of two units counts once."""
    incident = incident_of(incident_id)
    if incident is None or incident["site"] != site:
        raise NotFound("This incident is not known here.")
    targets = people_meant(incident, settled_audience(incident, audience))
    everybody = {person.id for people in targets.values() for person in people}
    return {"people": len(everybody), "units": [{"unit": u, "people": len(found)} for u, found in targets.items()]}


def store_targets(work: UnitOfWork, broadcast: str, targets: Targets) -> None:
    """Keep whom it is for, so that reach is counted against it."""
    receipts = [
        fresh_receipt(broadcast, unit, person.id, person.name, person.roles, targeted=True)
        for unit, people in targets.items()
        for person in people
    ]
    if receipts:
        work.session.execute(insert(Receipt), receipts)
    for unit in targets:
        REACH.mark(work, (broadcast, unit))


def fresh_receipt(
    broadcast: str, unit: str, person: str, name: str, roles: tuple[str, ...] | list[str], *, targeted: bool
) -> dict[str, Any]:
    """A receipt of which nothing is known yet."""
    unknown = (
        "received_at",
        "read_at",
        "acked_at",
        "ack_received_at",
        "renewed_at",
        "ack_carried_by",
        "path",
        "device",
    )
    return {
        "broadcast": broadcast,
        "unit": unit,
        "person": person,
        "person_name": name,
        "roles": list(roles),
        "targeted": targeted,
        **dict.fromkeys(unknown),
    }
