"""Pages made for paper: the card of a role on a unit, and the wall poster."""

from __future__ import annotations

from flask import Response, request

from app.base.errors import NotAllowed
from app.pages import queries
from app.pages.routes.answers import own_address
from app.pages.routes.language import language
from app.pages.routes.page import pages, show
from app.pages.ward.queries import unit_at, ward_place
from app.people.guard import action, current_person


@pages.get("/print/card/<incident>/<unit>/<role>")
@action("print")
def card(incident: str, unit: str, role: str) -> Response:
    """The card as it stands now, for people of the unit and for leaders."""
    person = current_person()
    if not (person.belongs_to(unit) or person.is_leader):
        raise NotAllowed("Only people of this unit and leaders print its cards.")
    view = queries.paper_card(incident, unit, role, person=person, address=own_address(), language=language())
    return show("pages/print_card.html", site=view.site, card=view)


@pages.get("/print/poster")
@action("print")
def poster() -> Response:
    """The poster of the whole hospital, or with `?unit=icu` of a unit: its code opens the unit's page."""
    unit = request.args.get("unit", "")[:60]
    return _poster(unit, f"{own_address()}w/{ward_place(unit)}" if unit else own_address())


@pages.get("/w/<place>/poster")
@action("print")
def ward_poster(place: str) -> Response:
    """The poster of the unit whose page is at this place."""
    return _poster(unit_at(place), f"{own_address()}w/{place}")


def _poster(unit: str, address: str) -> Response:
    view = queries.poster(unit, address=address)
    return show("pages/print_poster.html", site=view.site, poster=view)
