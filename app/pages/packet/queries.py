"""Reads of a packet: what is in force for which unit, in the reader's language, put together for the typesetter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.base import clock
from app.base.errors import NotFound
from app.base.meta import meta
from app.pages.packet.choice import PAPERS, Choice
from app.pages.packet.phrases import Speech
from app.pages.packet.sheets import InForce, Place, cards_for, forms_of, log_sheet, qr_picture
from app.pages.packet.typeset import words_of
from app.pages.queries import calls_of, desk_of, role_title, this_site
from app.pages.times import clock_time, day
from app.pages.ward.queries import ward_place
from app.people.queries import roles, units
from app.plans.queries import plan_at, plan_list, word_rows
from app.plans.sheet_code import poster_code, spaced
from app.plans.translation import words_id


def packet_of(choice: Choice, *, address: str) -> dict[str, Any]:
    """The values of a packet. `address` is where people reach the server, with a slash at the end, or empty.

    NotFound for a unit, role or plan that is not here, and when nobody there has a card in what was chosen.
    """
    site, words = this_site(), words_of(choice.language)
    places = _places(site.id, choice, address)
    plans = _plans(choice, words)
    _refuse_unknown(choice.roles, (role["code"] for role in roles()), "role")
    made = [_unit(place, plans, choice, address) for place in places]
    filled = [unit for unit in made if unit["cards"]] or (made if not (choice.roles or choice.plans) else [])
    if not filled:
        raise NotFound("Nobody there has a card in what was chosen.")
    now = clock.now()
    printed = f"{day(now, site.tz, choice.language)} {now.year} {clock_time(now, site.tz)}"
    desk = desk_of(site.id)
    call = None if desk is None else {"name": desk.name, "phone": desk.phone}
    numbers = [{"name": one.name, "what": one.what, "phone": one.phone} for one in calls_of(site.id)]
    return {
        "lang": choice.language,
        "paper": PAPERS[choice.paper],
        "words": words,
        "site": site.name,
        "demo": site.demo,
        "title": f"{words['cover']['title']}, {site.name}",
        "printed": words["foot"]["printed"].format(time=printed),
        "whole": choice.whole,
        "contacts": numbers,
        "places": [{"name": one["name"], "phone": one["phone"]} for one in units(site.id) if one["phone"]],
        "units": [{**unit, "call": call} for unit in filled],
    }


def packet_units(choice: Choice) -> list[str]:
    """The units that a choice names, in the hospital's order. NotFound for one that is not here."""
    return [place.id for place in _places(meta("site"), choice, "")]


def _places(site: str, choice: Choice, address: str) -> list[Place]:
    known = {unit["id"]: unit for unit in units(site)}
    _refuse_unknown(choice.units, known, "unit")
    return [_place(one, address) for one in known.values() if not choice.units or one["id"] in choice.units]


def _place(unit: Mapping[str, Any], address: str) -> Place:
    wall = f"{address}w/{ward_place(unit['id'])}" if address else ""
    return Place(unit["id"], unit["name"], unit["short"] or unit["name"], unit["type"], wall)


def _plans(choice: Choice, words: Mapping[str, Any]) -> list[InForce]:
    entries = plan_list()
    _refuse_unknown(choice.plans, (entry.id for entry in entries), "plan")
    made = []
    for entry in entries:
        if choice.plans and entry.id not in choice.plans:
            continue
        plan = plan_at(entry.id, entry.version)
        texts = word_rows(plan).get(words_id(entry.id, choice.language), {}).get("texts", {})
        made.append(InForce(plan, entry.version, _speech(texts, words, choice.language)))
    return made


def _speech(texts: Mapping[str, str], words: Mapping[str, Any], language: str) -> Speech:
    def say(text: str) -> str:
        return texts.get(text, text)

    titles: dict[str, str] = {}

    def title(role: str) -> str:
        if role not in titles:
            titles[role] = role_title(role, language)
        return titles[role]

    return Speech(words, say, title)


def _unit(place: Place, plans: list[InForce], choice: Choice, address: str) -> dict[str, Any]:
    known = {"short": _short(place.wall), "code": spaced(poster_code(unit=place.id))}
    poster = {"qr": qr_picture(place.wall), **known} if place.wall else None
    return {
        "id": place.id,
        "name": place.name,
        "short": place.short,
        "cards": cards_for(place, plans, roles=frozenset(choice.roles), address=address),
        "log": log_sheet(place, address=address),
        "forms": forms_of(place, plans),
        "poster": poster,
    }


def _short(address: str) -> str:
    return address.partition("://")[2].rstrip("/")


def _refuse_unknown(asked: Iterable[str], known: Iterable[str], what: str) -> None:
    strange = sorted(set(asked) - set(known))
    if strange:
        raise NotFound(f"There is no such {what} here: {', '.join(strange)[:120]}.")
