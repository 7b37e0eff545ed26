"""What leaves the server when an incident turns, a request for help is answered or a unit falls silent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.unit_of_work import UnitOfWork
from app.delivery.commands.enqueue import enqueue
from app.delivery.news import News
from app.people.permissions import LEADER_ROLES
from app.people.queries import people_by_unit, unit_name

PURPOSE_OF_STATE = {
    "declared": "incident.declared",
    "restored": "incident.restored",
    "all_clear": "incident.all_clear",
    "closed": "incident.closed",
    "cancelled": "incident.cancelled",
}


def incident_facts(incident: Mapping[str, Any]) -> dict[str, Any]:
    """What every sentence about an incident may say."""
    label = f"E{incident['no']}" if incident["kind"] == "exercise" else f"#{incident['no']}"
    return {"no_of_incident": incident["no"], "label": label, "title": incident["title"], "level": incident["level"]}


def alert_turn(work: UnitOfWork, incident: Mapping[str, Any], *, by: str) -> None:
    """Tell the units of an incident and the leaders that it has come to its state; not the person who did it."""
    purpose = PURPOSE_OF_STATE[incident["state"]]
    people = {person.id for them in people_by_unit(incident["units"]).values() for person in them}
    leaders = {person.id for them in people_by_unit(None, LEADER_ROLES).values() for person in them}
    news = News(
        key=f"{purpose}:{incident['id']}", purpose=purpose, kind=incident["kind"], site=incident["site"],
        incident=incident["id"], ref=incident["id"], facts=incident_facts(incident),
    )  # fmt: skip
    enqueue(work, news, (people | leaders) - {by})


def alert_answer(work: UnitOfWork, incident: Mapping[str, Any], request: Mapping[str, Any]) -> None:
    """Tell who asked for help that there is an answer. What it says stays off the lock screen: it is free text."""
    if not request["by"] or request["by"] == request["owner"]:
        return
    news = News(
        key=f"help.answered:{request['id']}", purpose="help.answered", kind=request["kind"], site=incident["site"],
        incident=incident["id"], ref=request["id"], path="/app/help",
        facts={**incident_facts(incident), "by_name": request["owner_name"]},
    )  # fmt: skip
    enqueue(work, news, [request["by"]])


def alert_silence(work: UnitOfWork, incident: Mapping[str, Any], unit: str) -> None:
    """Tell the programs and rooms that listen that a unit is not heard any more, at most once a minute and unit."""
    news = News(
        key=f"unit.silent:{incident['id']}:{unit}:{work.now:%Y%m%d%H%M}", purpose="unit.silent", kind=incident["kind"],
        site=incident["site"], incident=incident["id"],
        facts={**incident_facts(incident), "unit": unit, "unit_name": unit_name(unit)},
    )  # fmt: skip
    enqueue(work, news)
