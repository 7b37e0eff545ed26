"""What everybody may read of an incident and of its updates. Pure; the rule is ADR 21."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.base.ids import named_id
from app.pages.public.views import NoticeView, StepView, UpdateView
from app.pages.status import as_lines, estimate_of, incident_view, promised_at
from app.pages.views import DownView

INSTANT_OF_STATE = (("declared", "td"), ("restored", "tr"), ("all_clear", "ta"))
ENDED_STATES = ("closed", "cancelled")


def is_for_everybody(broadcast: Mapping[str, Any]) -> bool:
    """Whether an update was sent to the whole incident: nobody was chosen, in whichever way."""
    return not broadcast["on_duty"] and all(broadcast[way] is None for way in ("units", "roles", "services", "people"))


def is_for_place(broadcast: Mapping[str, Any], unit: str | None) -> bool:
    """Whether an update is for a unit (None: for the command centre), and not for single people."""
    return broadcast["people"] is None and (unit is None or broadcast["units"] is None or unit in broadcast["units"])


def notice_of(
    incident: Mapping[str, Any],
    broadcasts: Sequence[Mapping[str, Any]],
    *,
    names: Mapping[str, DownView],
    headlines: bool,
    now: datetime,
) -> NoticeView:
    """An incident for everybody. `broadcasts` are all of the incident, newest first.

    Without `headlines` an update shows its number and its time only.
    """
    public = [broadcast for broadcast in broadcasts if is_for_everybody(broadcast)]
    updates = tuple(_update(broadcast, headlines=headlines) for broadcast in public)
    said = next((update.works for update in updates if update.state == "current" and update.works), None)
    newest = {**incident, "works": said or incident["works"], "t0": incident["t0"] or incident["planned"]}
    view = incident_view(newest, names=names, next_update_at=promised_at(public), now=now)
    current = next((update for update in updates if update.state == "current"), None)
    view = replace(view, estimate=current.estimate if current else None)
    return NoticeView(
        id=incident["id"],
        view=view,
        services=tuple(incident["services"]),
        # One that ran past its end is an incident like any other.
        is_planned=incident["planned"] is not None and incident["overrun_at"] is None,
        has_begun=has_begun(incident),
        planned_until=incident["planned_end"],
        declared_at=incident["td"],
        cleared_at=incident["ta"],
        ended_at=incident["ts"],
        updates=updates,
        steps=steps_of(incident),
        newest_no=max((broadcast["no"] for broadcast in broadcasts), default=None),
        plan=incident["plan"],
        units=tuple(incident["units"]),
    )


def has_begun(incident: Mapping[str, Any]) -> bool:
    """Whether anything was down at all: a planned downtime that was called off before its start never was."""
    return incident["planned"] is None or incident["t0"] is not None


def _update(broadcast: Mapping[str, Any], *, headlines: bool) -> UpdateView:
    """Headline, what is down and works, when it is thought to be back, what it corrects. Orders to staff, names and
    who has to answer stay inside."""
    is_silent = broadcast["state"] == "cancelled" or not headlines
    return UpdateView(
        id=broadcast["id"],
        no=broadcast["no"],
        at=broadcast["at"],
        headline="" if is_silent else broadcast["headline"],
        works=() if is_silent else as_lines(broadcast["works"]),
        state=broadcast["state"],
        replaced_by=broadcast["superseded_by_no"],
        replaced_how=broadcast["superseded_relation"],
        relation=broadcast["relation"],
        refers_to=broadcast["refers_to"],
        what_down=() if is_silent else as_lines(broadcast["what_down"]),
        estimate=None if is_silent else estimate_of(broadcast),
    )


def steps_of(incident: Mapping[str, Any]) -> tuple[StepView, ...]:
    """The steps that have been reached, newest first; their ids are the same for ever."""
    reached = [(state, incident[clock]) for state, clock in INSTANT_OF_STATE if incident[clock] is not None]
    if not has_begun(incident):
        reached = [("planned", incident["td"])]
    if incident["state"] in ENDED_STATES and incident["ts"] is not None:
        reached.append((incident["state"], incident["ts"]))
    steps = [StepView(named_id(f"step|{incident['id']}|{state}"), state, at) for state, at in reached]
    return tuple(sorted(steps, key=lambda step: step.at, reverse=True))
