"""A planned downtime: go by IT and by a clinical lead, its start, and what it is when it does not end in time."""

from __future__ import annotations

import re
import sqlite3
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire
from tests.e2e.conftest import Devices
from tests.e2e.lead import ask_as_omar
from tests.e2e.people import SOON_MS
from tests.e2e.town import Town

pytestmark = pytest.mark.e2e

SWEEP_MS = 40_000  # overruns are looked for every 20 s


def planned(town: Town) -> str:
    """A downtime that begins in a few minutes, with its own plan; its id."""
    incident, start = uuid7(), clock.now() + timedelta(minutes=5)
    times = {"planned_start_at": to_wire(start), "planned_end_at": to_wire(start + timedelta(hours=2))}
    wanted = {"plan": "ehr-planned", "title": "EHR gets a new database", "kind": "real", "level": 1}
    ask_as_omar(town, "incident.declare", **wanted, **times, services=["ehr"], incident=incident, units=None)
    return incident


def its_end_passes(town: Town, incident: str) -> None:
    """As if the planned end were an hour ago: no story waits for it."""
    with sqlite3.connect(town.data / "wardlight.db", timeout=30) as database:
        past = round((clock.now() - timedelta(hours=1)).timestamp() * 1000)  # as the column keeps instants
        database.execute("UPDATE incident SET planned_end = ? WHERE id = ?", (past, incident))
    database.close()


def say_go(page: Page, town: Town) -> None:
    page.goto(f"{town.address}/app/planned")
    page.get_by_role("button", name="I say go").click()


def test_a_planned_downtime_starts_with_two_voices_and_becomes_an_unplanned_one(town: Town, devices: Devices) -> None:
    incident = planned(town)
    omar, priya, nia = devices.person("omar"), devices.person("priya"), devices.person("nia")
    expect(nia.get_by_text("EHR gets a new database").first).to_be_visible(timeout=SOON_MS)

    say_go(omar, town)
    expect(omar.get_by_role("button", name="Start the downtime now")).to_have_count(0)
    say_go(priya, town)
    start = omar.get_by_role("button", name="Start the downtime now")
    expect(start).to_be_visible(timeout=SOON_MS)
    its_end_passes(town, incident)
    start.click()

    expect(nia.get_by_role("heading", name="EHR gets a new database", level=1)).to_be_visible(timeout=SOON_MS)
    expect(nia.get_by_text(re.compile(r"Not back by .*: this is an unplanned downtime now"))).to_be_visible(
        timeout=SWEEP_MS
    )
