"""What the pages of workarounds show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base import clock
from app.base.errors import NotFound
from app.pages.queries import this_site
from app.pages.workarounds.views import EditView, LineView, PaperView, entry_view, form_of, line_view
from app.people.queries import roles, units
from app.plans.catalogue import Vocabulary
from app.plans.errors import PlanErrors, Problem
from app.plans.library import LIBRARY
from app.plans.workarounds.check import check_workarounds
from app.plans.workarounds.format import parse_workarounds
from app.plans.workarounds.matching import entries_for
from app.plans.workarounds.queries import workaround_bodies, workaround_files
from app.services.queries import service_codes, service_list


def lines(site: str) -> list[LineView]:
    """Every service of the site, those due for review first, those with nothing written last."""
    kept = {file["service"]: file for file in workaround_files(site)}
    today = clock.now().date().isoformat()
    found = [line_view(entry.code, entry.title, kept.get(entry.code), today=today) for entry in service_list(site)]
    known = service_codes(site)
    found += [line_view(code, code, file, today=today) for code, file in kept.items() if code not in known]
    return sorted(found, key=lambda line: (not line.overdue, not line.count, line.review_by or "9", line.title))


def texts(site: str) -> dict[str, str]:
    """The exact text of every file by service."""
    return {file["service"]: file["text"] for file in workaround_files(site)}


def text_or_form(site: str, service: str) -> str:
    """The text of a file; a form to begin with for a service that has none. NotFound for an unknown service."""
    text = texts(site).get(service)
    if text is not None:
        return text
    if service not in service_codes(site):
        raise NotFound("There is no such service here.")
    return form_of(service, names(site)[service])


def names(site: str) -> dict[str, str]:
    """Titles of the services by code."""
    return {entry.code: entry.title for entry in service_list(site)}


def refuse_unknown_service(site: str, text: str) -> None:
    """PlanErrors for a file of a service that the site does not have; its other faults are told by who keeps it."""
    pack = parse_workarounds(text, source="workarounds")
    if pack.service not in service_codes(site):
        raise PlanErrors([Problem("workarounds", 1, f'There is no service "{pack.service}" here.')])


def edited(site: str, service: str, text: str, *, language: str) -> EditView:
    """A file as it is typed: what phones would show, and advice with its lines."""
    findings = [] if not text else check_workarounds(LIBRARY / f"{service}.yaml", text, _vocabulary(site))
    body = workaround_bodies(site).get(service)
    return EditView(
        service=service,
        title=names(site).get(service, service),
        text=text,
        is_kept=body is not None,
        advice=[(one.line, one.sentence) for one in findings],
        entries=[entry_view(one, _labels(language), language) for one in (body or {"entries": []})["entries"]],
    )


def paper(site: str, *, unit: str, service: str, language: str) -> PaperView:
    """The workarounds on paper: of all services or of one, for all units or for one. NotFound for an unknown one."""
    place = next((one for one in units(site) if one["id"] == unit), None)
    bodies = workaround_bodies(site)
    if (unit and place is None) or (service and service not in bodies):
        raise NotFound("There is nothing like this to print.")
    wanted = [code for code in (service_codes_in_order(site)) if code in bodies and service in ("", code)]
    sections = []
    for code in wanted:
        entries = _entries(bodies[code], place)
        if entries:
            shown = [entry_view(entry, _labels(language), language) for entry in entries]
            sections.append((_said(bodies[code]["title"], language), shown))
    return PaperView(this_site(), place["name"] if place else "", sections, clock.now())


def service_codes_in_order(site: str) -> list[str]:
    """The codes of the site's services in their order."""
    return [entry.code for entry in service_list(site)]


def _entries(body: Mapping[str, Any], place: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    if place is None:
        return list(body["entries"])
    return [entry for entry, _roles in entries_for(body["entries"], unit=place["id"], unit_type=place["type"])]


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words["en"]


def _labels(language: str) -> dict[str, str]:
    """What units, types and roles are called."""
    title = "title_es" if language == "es" else "title_en"
    found = {role["code"]: role[title] or role["title_en"] for role in roles()}
    return {**found, **{one["id"]: one["name"] for one in units()}}


def _vocabulary(site: str) -> Vocabulary:
    return Vocabulary(
        roles=frozenset(role["code"] for role in roles()),
        unit_types=frozenset(unit["type"] for unit in units(site)),
        services=service_codes(site),
    )
