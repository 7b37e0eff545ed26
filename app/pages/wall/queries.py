"""Reads of the wallboards, made again when something they show has changed."""

from __future__ import annotations

import json
from typing import Any

from flask import current_app

from app.base.errors import NotFound
from app.base.meta import epoch
from app.broadcasts.queries import broadcasts_of_all
from app.live.queries import bodies_of, scope_heads
from app.live.scopes import command_scope, unit_scope
from app.pages.public.kept import Kept
from app.pages.public.queries import bulletin, bulletin_for, state_key
from app.pages.public.views import NoticeView
from app.pages.queries import desk_of
from app.pages.wall.board import counts_by_unit, incident_card, unit_lines
from app.pages.ward.queries import known_units, ward_place


def wall_json(unit: str | None, *, build: str, language: str) -> str:
    """What the wall of a unit (None: of the command centre) shows now, as JSON, plans' words in the language.

    NotFound for an unknown unit.
    """
    if unit is not None and unit not in known_units():
        raise NotFound("There is no such unit.")
    notices = [one for one in bulletin_for(language).running if unit is None or unit in one.units]
    scopes = [command_scope(one.id) for one in notices] + [unit_scope(name) for name in known_units()]
    heads = tuple(sorted((scope, seq) for scope, (seq, _floor) in scope_heads(scopes).items()))
    kept: Kept = current_app.extensions["wall_kept"].setdefault(unit, Kept())
    name = ("json", language)
    return kept.get((*state_key(), heads), name, lambda: json.dumps(_wall(unit, notices, build), ensure_ascii=False))


def _wall(unit: str | None, notices: list[NoticeView], build: str) -> dict[str, Any]:
    seen, said = bulletin(), broadcasts_of_all([one.id for one in notices])
    desk = desk_of(seen.site.id)
    first = notices[0] if notices else None
    return {
        "epoch": epoch(),
        "build": build,
        "place": known_units()[unit]["name"] if unit else "",
        "ward": ward_place(unit) if unit else "",
        "desk": {"name": desk.name, "phone": desk.phone} if desk else None,
        "incidents": [incident_card(one, said.get(one.id, []), unit=unit) for one in notices],
        "counts": _counts(first, unit),
        "units": _units(first, said) if unit is None else None,
    }


def _counts(notice: NoticeView | None, unit: str | None) -> dict[str, int] | None:
    """The steps of the unit's cards whose time has come; None without an incident and for the command centre."""
    if notice is None or unit is None:
        return None
    return counts_by_unit(bodies_of(command_scope(notice.id), "progress")).get(unit)


def _units(notice: NoticeView | None, said: dict[str, Any]) -> list[dict[str, Any]]:
    if notice is None:
        return []
    scope = command_scope(notice.id)
    named = [unit for unit in known_units().values() if unit["id"] in notice.units]
    progress, reach, presence = (bodies_of(scope, kind) for kind in ("progress", "reach", "presence"))
    return unit_lines(named, progress, reach, presence, said.get(notice.id, []))
