"""Reads of the pages: values for templates, put together from what the packages below know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.base import clock
from app.base.db import db
from app.base.errors import NotFound
from app.base.event_types import sentence
from app.base.meta import meta
from app.base.models import Event
from app.broadcasts.bodies import route_body
from app.broadcasts.office import policy_yaml, texts_yaml
from app.broadcasts.queries import broadcast_of, broadcasts_of, carries_of, policy_of, route_of, texts_of
from app.broadcasts.walking import walking_order
from app.pages.calendar_text import calendar_text
from app.pages.sheet import sheets_of, steps_of
from app.pages.status import incident_view, promised_at
from app.pages.views import (
    CallView,
    DoorsView,
    DoorView,
    DownView,
    EventView,
    IncidentView,
    PaperCardView,
    PosterView,
    RouteView,
    SignedStatusView,
    SiteView,
    TimelineView,
)
from app.people.person import Person
from app.people.queries import contacts, roles, site_card, unit_name, units
from app.plans.pack import UnitRef
from app.plans.sheet_code import incident_card_code, spaced
from app.response.models import Activation
from app.response.queries import incident_of, planned_incidents, tasks_of
from app.services.queries import service_list
from app.sync.queries import signed_status, status_codes

EVENTS_A_PAGE = 200
CALENDAR_LOOKS_BACK = timedelta(days=90)
HEARD_LATE = timedelta(seconds=60)
SERVICE_DESK = "service-desk"


def this_site() -> SiteView:
    """The site of this server; without a name before the first set-up."""
    card = site_card(meta("site"))
    return SiteView(card["id"], card["name"], card["tz"], card["demo"])


def units_of_site(site: str) -> list[UnitRef]:
    """What plans need to know about the units of a site."""
    return [UnitRef(unit["id"], unit["type"]) for unit in units(site)]


def calendar() -> tuple[str, str]:
    """(site, the iCalendar text of its planned downtimes of the last 90 days and of those to come)."""
    site, now = this_site(), clock.now()
    found = planned_incidents(site.id, since=now - CALENDAR_LOOKS_BACK)
    return site.id, calendar_text(found, site=site.name, now=now, host=f"{site.id}.wardlight")


def calls_of(site: str) -> tuple[CallView, ...]:
    """The numbers to call that have one, in the hospital's order."""
    return tuple(CallView(one["name"], one["what"], one["phone"]) for one in contacts(site) if one["phone"])


def _incident(incident_id: str, site: SiteView) -> Mapping[str, Any]:
    found = incident_of(incident_id)
    if found is None or found["site"] != site.id:
        raise NotFound("There is no such incident.", incident=incident_id)
    return found


def _seen(incident: Mapping[str, Any], site: SiteView, now: datetime) -> IncidentView:
    names = {entry.code: DownView(entry.title, entry.plain) for entry in service_list(site.id)}
    next_update_at = promised_at(broadcasts_of(incident["id"]))
    return incident_view(incident, names=names, next_update_at=next_update_at, now=now)


def paper_card(incident_id: str, unit: str, role: str, *, person: Person, address: str, language: str) -> PaperCardView:
    """The printable card of a role on a unit. NotFound when the incident has no such card."""
    site, now = this_site(), clock.now()
    found = _incident(incident_id, site)
    tasks = tasks_of(incident_id, unit=unit, role=role)
    if not tasks:
        raise NotFound("There is no such card in this incident.", unit=unit, role=role)
    code = incident_card_code(incident=incident_id, unit=unit, role=role)
    version = db.session.execute(select(Activation.version).where(Activation.incident == incident_id)).scalar()
    return PaperCardView(
        site=site,
        unit=unit_name(unit),
        role=role_title(role, language),
        incident=_seen(found, site, now),
        plan_title=found["plan_title"],
        plan_version=(version or "")[:8],
        declared_at=found["td"],
        number=spaced(code),
        address=f"{address}app/paper/{code}",
        printed_at=now,
        printed_by=person.name,
        sheets=sheets_of(steps_of(tasks), declared_at=found["td"]),
    )


def role_title(code: str, language: str) -> str:
    """The title of a role in a language; its code when it is unknown."""
    for role in roles():
        if role["code"] == code:
            return str((role["title_es"] if language == "es" else "") or role["title_en"])
    return code


def poster(unit: str, *, address: str) -> PosterView:
    """The wall poster of a unit; of the whole hospital when `unit` is empty."""
    site = this_site()
    return PosterView(site=site, unit=unit_name(unit) if unit else "", address=address, call=desk_of(site.id))


def desk_of(site: str) -> CallView | None:
    """Whom to call when nothing else works: the service desk, else the first number there is."""
    found = contacts(site)
    desk = next((one for one in found if one["id"].endswith(SERVICE_DESK)), next(iter(found), None))
    return None if desk is None else CallView(desk["name"], desk["what"], desk["phone"])


def runner_route(route_id: str, *, site: str, address: str) -> RouteView:
    """A runner's route with its doors in walking order. NotFound for an unknown one."""
    route = route_of(route_id[:60])
    broadcast = None if route is None else broadcast_of(route["broadcast"])
    if route is None or broadcast is None or broadcast["site"] != site:
        raise NotFound("There is no such route.", route=route_id)
    body = route_body(route, broadcast, carries_of(broadcast["id"]))
    known = {unit["id"]: unit for unit in units(site)}
    doors = tuple(_door(known[unit], address, body["reached"].get(unit)) for unit in route["units"] if unit in known)
    orders = broadcast["do_now"] if isinstance(broadcast["do_now"], list) else [broadcast["do_now"]]
    return RouteView(
        site=this_site(), no=broadcast["no"], is_exercise=broadcast["kind"] == "exercise",
        headline=broadcast["headline"], orders=tuple(filter(None, orders)), sent_by=route["by_name"],
        sent_at=route["at"], doors=doors, address=f"{address}app/runner/{route_id}", status=_signed_status(site),
    )  # fmt: skip


def _signed_status(site: str) -> SignedStatusView:
    signed = signed_status(site)
    said = json.loads(signed.text)
    at, until = (clock.from_wire(said[name]) for name in ("at", "until"))
    return SignedStatusView(codes=status_codes(signed), at=at, until=until)


def _door(unit: Mapping[str, Any], address: str, reached: Mapping[str, Any] | None) -> DoorView:
    place = (unit["id"], unit["name"], unit["floor"], unit["phone"], f"{address}app/door/{unit['id']}")
    if reached is None:
        return DoorView(*place)
    return DoorView(*place, reached["by_name"], clock.from_wire(reached["at"]))


def doors(*, address: str) -> DoorsView:
    """The doors of all units, in the order in which a runner walks."""
    site = this_site()
    known = {unit["id"]: unit for unit in units(site.id)}
    return DoorsView(site, tuple(_door(known[one], address, None) for one in walking_order(known.values(), known)))


def office_texts(site: str) -> dict[str, str]:
    """What the office edits, as text: the rules, and the ready texts by language."""
    texts = {lang: texts_yaml(lang, [text["body"] for text in texts_of(site, lang)]) for lang in ("en", "es")}
    return {"rules": policy_yaml(policy_of(site)), **texts}


def timeline(incident_id: str, *, before: str | None, language: str) -> TimelineView:
    """The events of an incident, newest first, older than the event `before`. NotFound for an unknown incident."""
    site, now = this_site(), clock.now()
    incident = _seen(_incident(incident_id, site), site, now)
    query = select(Event).where(Event.incident == incident_id).order_by(Event.id.desc()).limit(EVENTS_A_PAGE + 1)
    if before:
        query = query.where(Event.id < before)
    events = list(db.session.execute(query).scalars())
    names = {unit["id"]: unit["name"] for unit in units(site.id)}
    shown = tuple(_event(event, names, language) for event in events[:EVENTS_A_PAGE])
    return TimelineView(
        site=site,
        incident_id=incident_id,
        incident=incident,
        now=now,
        events=shown,
        older_than=shown[-1].id if len(events) > EVENTS_A_PAGE else None,
    )


def _event(event: Event, names: Mapping[str, str], language: str) -> EventView:
    said = sentence(event.type, event.facts)
    late = event.received_at - event.occurred_at > HEARD_LATE
    return EventView(
        id=event.id,
        at=event.occurred_at,
        heard_at=event.received_at if late else None,
        unit=names.get(event.unit or "", event.unit or ""),
        text=said.get(language, said["en"]),
    )
