"""Packets for whoever prints them: what to choose, how the night fared, and the PDF."""

from __future__ import annotations

import re

from flask import Response, current_app, request

from app.base.errors import AppError, NotAllowed
from app.base.settings import Settings
from app.pages.packet.choice import Choice
from app.pages.packet.commands import last_night
from app.pages.packet.press import press
from app.pages.queries import role_title
from app.pages.routes.answers import own_address
from app.pages.routes.language import language
from app.pages.routes.page import pages, show
from app.pages.ward.queries import known_units
from app.people.guard import action, current_person
from app.people.person import Person
from app.people.queries import roles
from app.plans.queries import plan_list

LONGEST_NAME = 60


@pages.get("/packets")
@action("print")
def packets() -> Response:
    """What can be printed by whoever asks, and when the packets of the night were written."""
    person = current_person()
    printed_at, failed_at, problem = last_night()
    units = [unit for unit in known_units().values() if _may_print(person, unit["id"])]
    return show(
        "pages/packets.html",
        units=units,
        roles=[(role["code"], role_title(role["code"], language())) for role in roles()],
        plans=plan_list(),
        chosen=_asked("unit"),
        chosen_plan=_asked("plan"),
        paper=_settings().packet_paper,
        folder=_settings().packet_folder,
        leads=person.is_leader,
        printed_at=printed_at,
        failed_at=failed_at,
        problem=problem,
    )


@pages.get("/print/packet")
@action("print")
def packet() -> Response:
    """The PDF of a choice. People of a unit print its packet, leaders any; the whole hospital one plan at a time."""
    person = current_person()
    choice = Choice(
        units=_named("unit"),
        roles=_named("role"),
        plans=_named("plan"),
        language=_asked("lang") or language(),
        paper=_asked("paper") or _settings().packet_paper,
    )
    if not person.is_leader and not (choice.units and all(person.belongs_to(unit) for unit in choice.units)):
        raise NotAllowed("People of a unit print its packet, leaders any.")
    if not choice.units and not choice.plans:
        raise AppError("too_large", "For the whole hospital choose one plan. All of it is printed every night.")
    pdf = press(choice, address=own_address(), person=person.id)
    answer = Response(pdf, mimetype="application/pdf")
    name = "-".join(("wardlight", *choice.units, *choice.roles, *choice.plans, choice.language))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name[:120]}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _may_print(person: Person, unit: str) -> bool:
    return person.is_leader or person.belongs_to(unit)


def _asked(name: str) -> str:
    return request.args.get(name, "")[:LONGEST_NAME]


def _named(name: str) -> tuple[str, ...]:
    """One value of the address. What is not a slug is refused: it becomes an argument and a file's name."""
    value = _asked(name)
    if not re.fullmatch(r"[a-z0-9-]*", value):
        raise AppError("malformed", "A unit, role or plan is named by its short name.")
    return (value,) if value else ()


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
