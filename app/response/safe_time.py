"""What units do instead while a service is down, and until when that is safe. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.base.instants import to_wire
from app.plans.workarounds.matching import entries_for
from app.services.blast import stopped_with
from app.services.entry import ServiceEntry

# From the declaration to the all-clear: restored by IT still means paper.
ON_PAPER_STATES = ("declared", "restored")


class Place(NamedTuple):
    """A unit of the incident."""

    id: str
    type: str


class Use(NamedTuple):
    """A workaround that counts in a unit now; `roles` None: for whoever no other one is for."""

    unit: str
    service: str
    code: str
    roles: list[str] | None
    since: datetime
    safe_until: datetime


def services_stopped(incident: Mapping[str, Any], catalogue: Sequence[ServiceEntry]) -> frozenset[str]:
    """What does not work in an incident: what was declared and all that needs it; nothing after the all-clear."""
    if incident["state"] not in ON_PAPER_STATES or incident["no"] <= 0:
        return frozenset()
    return stopped_with(incident["services"], catalogue)


def uses(
    places: Iterable[Place],
    *,
    since: Mapping[str, datetime],
    bodies: Mapping[str, Mapping[str, Any]],
    catalogue: Sequence[ServiceEntry],
) -> list[Use]:
    """What these units do instead: `since` when each service stopped, `bodies` the site's workarounds by service."""
    known = {entry.code: entry for entry in catalogue}
    order = sorted(since, key=lambda code: (known[code].order if code in known else len(known), code))
    return [
        Use(place.id, code, entry["code"], roles, since[code], since[code] + timedelta(minutes=entry["safe_min"]))
        for place in places
        for code in order
        if code in bodies and _is_used_by(known.get(code), place)
        for entry, roles in entries_for(bodies[code]["entries"], unit=place.id, unit_type=place.type)
    ]


def unit_body(incident: str, unit: str, found: Sequence[Use]) -> dict[str, Any]:
    """The `in_use` row of a unit; the words themselves lie in the rows `workaround`."""
    items = [{"service": one.service, "code": one.code, "roles": one.roles, **_times(one)} for one in found]
    return {"incident": incident, "unit": unit, "items": items}


def command_body(incident: str, found: Iterable[Use]) -> dict[str, Any]:
    """The `safe_time` row of an incident: which units rely on which workaround, and until when that is safe."""
    items: dict[tuple[str, str], dict[str, Any]] = {}
    for one in found:
        fresh: dict[str, Any] = {"service": one.service, "code": one.code, "units": [], **_times(one)}
        items.setdefault((one.service, one.code), fresh)["units"].append(one.unit)
    return {"incident": incident, "items": sorted(items.values(), key=lambda item: item["safe_until"])}


def _times(one: Use) -> dict[str, str | None]:
    return {"since": to_wire(one.since), "safe_until": to_wire(one.safe_until)}


def _is_used_by(service: ServiceEntry | None, place: Place) -> bool:
    used_by = None if service is None else service.used_by
    return used_by is None or place.id in used_by or place.type in used_by
