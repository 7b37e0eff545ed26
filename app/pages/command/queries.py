"""What the sheets of command and its office page show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base import clock
from app.base.errors import NotFound
from app.broadcasts.queries import broadcasts_of
from app.pages.command.views import CommandView, ObjectiveView, PeriodView, said, section_views
from app.pages.queries import this_site
from app.pages.status import incident_view, promised_at
from app.pages.views import DownView
from app.people.queries import unit_name
from app.people.standby.queries import holders_of, people_by_username
from app.plans.command.format import CommandChart, shallow
from app.plans.command.queries import command_chart, command_text, command_unit
from app.response.commands.in_use import uses_of
from app.response.commands.objectives import objectives_of, periods_of
from app.response.queries import incident_of, open_safety_count
from app.services.queries import service_list


def command_sheet(incident_id: str, *, printed_by: str, language: str) -> CommandView:
    """Who commands an incident, what for, and until when what units do instead is safe. NotFound without a chart."""
    site, now = this_site(), clock.now()
    incident, chart = incident_of(incident_id[:60]), command_chart(site.id)
    if incident is None or incident["site"] != site.id or chart is None:
        raise NotFound("There is nothing like this to print.", incident=incident_id)
    names = {entry.code: DownView(entry.title, entry.plain) for entry in service_list(site.id)}
    promised = promised_at(broadcasts_of(incident["id"]))
    return CommandView(
        site=site,
        incident=incident_view(incident, names=names, next_update_at=promised, now=now),
        level=incident["level"],
        units=[unit_name(unit) for unit in incident["units"]],
        sections=_sections(chart, site.id, incident["level"], language),
        period=_period(incident),
        objectives=_objectives(incident["id"], chart, language),
        workarounds=_workarounds(incident, names),
        open_safety=open_safety_count(incident["id"]),
        next_update_at=promised,
        printed_at=now,
        printed_by=printed_by,
    )


def office_chart(site: str) -> tuple[str, list[str]]:
    """The text of the chart, and the positions for which fewer than three successors are named."""
    chart = command_chart(site)
    if chart is None:
        return "", []
    titles = {one.code: one.title.en for one in chart.positions}
    return command_text(site), [titles[code] for code in shallow(chart)]


def _sections(chart: CommandChart, site: str, level: int, language: str) -> list[tuple[str, list[Any]]]:
    people = people_by_username({name for names in chart.successors.values() for name in names})
    return section_views(chart, holders_of(command_unit(site) or ""), people, level=level, language=language)


def _period(incident: Mapping[str, Any]) -> PeriodView:
    known = periods_of(incident["id"])
    if not known:
        return PeriodView(1, incident["td"], None, "")
    newest = known[-1]
    return PeriodView(newest["no"], newest["starts_at"], newest["ends_at"], newest["note"])


def _objectives(incident: str, chart: CommandChart, language: str) -> list[ObjectiveView]:
    titles = {one.code: said(one.title, language) for one in chart.positions}
    order = {"open": 0, "met": 1, "dropped": 2}
    found = sorted(objectives_of(incident), key=lambda one: (order[one["state"]], one["at"]))
    return [
        ObjectiveView(
            one["text"], titles.get(one["owner"]) or str(one["owner"]), one["state"], one["period"], one["note"]
        )
        for one in found
    ]


def _workarounds(incident: Mapping[str, Any], names: Mapping[str, DownView]) -> list[tuple[str, str, Any]]:
    units: dict[tuple[str, Any], list[str]] = {}
    for one in uses_of(incident):
        title = names[one.service].title if one.service in names else one.service
        units.setdefault((title, one.safe_until), []).append(unit_name(one.unit))
    return [
        (title, ", ".join(dict.fromkeys(found)), until)
        for (title, until), found in sorted(units.items(), key=lambda item: item[0][1])
    ]
