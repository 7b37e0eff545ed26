"""The IT lead at a computer with a good line: what a story needs done, but is not about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire
from tests.e2e.town import Town
from tests.faults.ward import EVERYTHING, op
from tests.server import Browser, RealServer


def ask_as_omar(town: Town, kind: str, /, **args: Any) -> None:
    """Do what needs the server; it is accepted."""
    omar = Browser(RealServer(town.port, cast(Any, None)), "omar", f"desk-{kind}").sign_in()
    answer = omar.push(op(kind, 1, args))
    assert answer.json["results"][0]["st"] == "ok", answer.text


def declared(town: Town) -> str:
    """An incident that runs; its id."""
    incident = uuid7()
    ask_as_omar(town, "incident.declare", **EVERYTHING, incident=incident, units=None)
    return incident


def planned(town: Town) -> str:
    """A planned downtime of tomorrow; its id."""
    incident, start = uuid7(), clock.now() + timedelta(days=1)
    times = {"planned_start_at": to_wire(start), "planned_end_at": to_wire(start + timedelta(hours=2))}
    wanted = {**EVERYTHING, "title": "EHR gets a new database"}
    ask_as_omar(town, "incident.declare", **wanted, **times, incident=incident, units=None)
    return incident


def updated(town: Town, incident: str, headline: str) -> str:
    """An update to everybody; its id."""
    broadcast = uuid7()
    ask_as_omar(town, "broadcast.send", broadcast=broadcast, incident=incident, headline=headline, do_now="Paper.")
    return broadcast


def runner_sent(town: Town, broadcast: str) -> str:
    """A runner's route to every unit that was not reached; its id."""
    route = uuid7()
    ask_as_omar(town, "runner.send", route=route, broadcast=broadcast)
    return route
