"""Reads of the ward page, made once for each change and minute."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import current_app

from app.base.errors import NotFound
from app.base.meta import meta
from app.broadcasts.queries import broadcasts_of_all
from app.live.queries import scope_heads
from app.live.scopes import unit_scope
from app.pages.public.kept import Kept
from app.pages.public.queries import bulletin_for, kept_for_all, state_key, words_of_plans
from app.pages.queries import desk_of
from app.pages.ward.cards import ward_incident, ward_plan
from app.pages.ward.codes import place_of, unit_of
from app.pages.ward.views import WardPlan, WardView
from app.people.queries import units
from app.plans.queries import plan_in_force, plan_list

Made = TypeVar("Made")
UNKNOWN = "There is no such ward page."


def known_units() -> dict[str, dict[str, Any]]:
    """The units of this site by id."""
    return kept_for_all("units", lambda: {unit["id"]: unit for unit in units(meta("site"))})


def unit_at(place: str) -> str:
    """The unit whose page is at this place. NotFound for an unknown one and for a code that is not right."""
    unit = unit_of(place, word=_word(), secret=current_app.config["SECRET_KEY"])
    if unit is None or unit not in known_units():
        raise NotFound(UNKNOWN)
    return unit


def ward_place(unit: str) -> str:
    """What stands after /w/ for a unit. NotFound for an unknown one."""
    if unit not in known_units():
        raise NotFound(UNKNOWN)
    return place_of(unit, word=_word(), secret=current_app.config["SECRET_KEY"])


def _word() -> str:
    word: str = current_app.extensions["settings"].ward_code
    return word


def kept_for_ward(unit: str) -> Callable[[Hashable, Callable[[], Made]], Made]:
    """How values of one unit are kept: until something of the site or of the unit changes, or the minute passes."""
    stores: dict[str, Kept] = current_app.extensions["ward_kept"]
    kept = stores.setdefault(unit, Kept())
    scope = unit_scope(unit)
    state = (*state_key(), scope_heads([scope])[scope][0])
    return lambda name, make: kept.get(state, name, make)


def ward_view(unit: str, language: str) -> WardView:
    """The page of a known unit as it is now, with the words of the plans in a language."""
    known, seen = known_units()[unit], bulletin_for(language)
    here = [notice for notice in seen.running if unit in notice.units]
    running = {notice.plan for notice in here}
    plans = {plan.id: plan for plan in _plans(known["type"], running, language)}
    said = broadcasts_of_all([notice.id for notice in here])
    incidents = (ward_incident(one, said.get(one.id, []), unit, plans.get(one.plan)) for one in here)
    return WardView(
        unit=unit,
        name=known["name"],
        place=ward_place(unit),
        bulletin=seen,
        here=tuple(incidents),
        elsewhere=tuple(notice for notice in seen.running if unit not in notice.units),
        plans=tuple(plan for plan in plans.values() if plan.id not in running),
        desk=desk_of(seen.site.id),
    )


def _plans(unit_type: str, running: set[str], language: str) -> list[WardPlan]:
    """The unit's cards of what runs, and of what may fail; announced work does not fail."""
    wanted = [entry.id for entry in plan_list() if entry.kind == "unplanned" or entry.id in running]
    words = words_of_plans(language)
    found = (ward_plan(plan_in_force(plan), unit_type, words.get(plan, {})) for plan in wanted)
    return [plan for plan in found if plan is not None]
