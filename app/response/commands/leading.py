"""Whose incident it is to change: the same for every step that leaders make."""

from __future__ import annotations

from app.base.errors import NotAllowed, NotFound
from app.base.reading import Record
from app.people.permissions import may
from app.response.authority import Actor
from app.response.queries import incident_of


def incident_to_change(actor: Actor, incident: str) -> Record:
    """The incident as it stands; called inside the unit of work that changes it.

    Raises NotAllowed for who may not move incidents on, NotFound for one that is not of the actor's site.
    """
    if not may(actor.roles, "incident.advance"):
        raise NotAllowed("Only IT leads and incident commanders change the incident.")
    found = incident_of(incident)
    if found is None or found["site"] != actor.site:
        raise NotFound("This incident is not known here.")
    return found
