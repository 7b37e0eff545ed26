"""One more service stops, or one is back, while an incident runs; what the units do instead follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import update

from app.base.attestation import Attestation
from app.base.errors import Conflict, NotFound
from app.base.outcome import Outcome
from app.base.unit_of_work import write
from app.live.rows import put_row
from app.live.scopes import site_scope
from app.live.timeline import tell
from app.response.authority import Actor
from app.response.bodies import incident_body
from app.response.commands.in_use import IN_USE
from app.response.commands.leading import incident_to_change
from app.response.models import Incident
from app.response.safe_time import ON_PAPER_STATES
from app.services.queries import service_list

EVENTS = {"down": "service.down", "back": "service.back", "not_down": "service.not_down"}


def change_service(
    actor: Actor, attestation: Attestation, *, incident: str, service: str, to: Literal["down", "back", "not_down"]
) -> Outcome:
    """Say of one service that it is down too, is back, or never was down. What is so already is `superseded`.

    Raises NotFound, NotAllowed; Conflict for the last service: then the incident itself is restored or cancelled.
    """
    with write() as work:
        found = incident_to_change(actor, incident)
        titles = {one.code: one.title for one in service_list(actor.site)}
        if service not in titles:
            raise NotFound("This service is not known here.")
        scope = site_scope(actor.site)
        changed = _services_after(found, service, to)
        if changed is None:
            return Outcome(st="superseded", scope=scope, code="somebody_first", msg="Somebody was first.")
        work.session.execute(update(Incident).where(Incident.id == incident).values(services=changed))
        put_row(work, scope, incident, "incident", incident_body({**found, "services": changed}))
        IN_USE.mark(work, incident)
        tell(work, EVENTS[to], attestation, incident=incident, title=titles[service], service=service)
    return Outcome(scope=scope)


def _services_after(incident: Mapping[str, Any], service: str, to: str) -> list[str] | None:
    """The services that are down then; None when nothing changes."""
    if incident["state"] not in ON_PAPER_STATES:
        raise Conflict("not_running", "This incident is not running.", state=incident["state"])
    before = list(incident["services"])
    if (to == "down") == (service in before):
        return None
    if to == "down":
        return [*before, service]
    left = [one for one in before if one != service]
    if not left:
        raise Conflict("last_service", "It is the last one. Say that the incident is restored, or cancel it.")
    return left
