"""The cabinets are down: a nurse reads what to do instead, a successor takes command, both without a network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, declare, installed
from tests.e2e.town import Town

pytestmark = pytest.mark.e2e


def test_cabinets_are_down_and_command_fills_its_positions(town: Town, devices: Devices) -> None:
    omar, dana = devices.person("omar"), devices.person("dana")
    # Between incidents, two taps and no network: what if the cabinets are down?
    installed(dana)
    ready = dana.get_by_role("link", name=re.compile("What if it is down"))
    expect(ready).to_be_visible(timeout=60_000)
    dana.context.set_offline(True)
    ready.click()
    dana.get_by_text("The medication cabinets are down").click()
    expect(dana.get_by_text("Take the printed drug list. Check each drug against it.")).to_be_visible()
    dana.context.set_offline(False)

    declare(omar, "Medication cabinets are down")
    dana.goto(f"{town.address}/app/")
    instead = dana.get_by_role("region", name="Down: do this")
    expect(instead).to_contain_text("Take the printed drug list.", timeout=SOON_MS)
    expect(instead).to_contain_text(re.compile(r"safe until \d\d:\d\d"))

    # The positions that the level asks for are vacant; one tap asks the first successor of each.
    omar.goto(f"{town.address}/app/command")
    expect(omar.get_by_text("4 positions of command are vacant")).to_be_visible(timeout=SOON_MS)
    omar.get_by_role("button", name="Call the successors").click()
    expect(omar.get_by_text("asked: Colin Reid", exact=False)).to_be_visible(timeout=SOON_MS)

    # Dana is a successor too. She takes the lead of operations without a network, and sets an objective.
    dana.goto(f"{town.address}/app/command")
    assume = dana.get_by_role("button", name="Assume Operations section chief")
    expect(assume).to_be_visible(timeout=SOON_MS)
    dana.context.set_offline(True)
    assume.click()
    expect(dana.get_by_role("region", name="Operations section chief")).to_contain_text("you, since")
    dana.context.set_offline(False)
    chart = omar.get_by_role("region", name="Operations", exact=True)
    expect(chart).to_contain_text("Dana Whitlock", timeout=60_000)
    expect(omar.get_by_text("3 positions of command are vacant")).to_be_visible(timeout=SOON_MS)
    omar.get_by_label("A new objective").fill("All wards have first doses by 22:00")
    omar.get_by_label("Who answers for it").select_option("operations-chief")
    omar.get_by_role("button", name="Set it", exact=True).click()
    objective = dana.get_by_role("listitem").filter(has_text="All wards have first doses by 22:00")
    expect(objective).to_be_visible(timeout=60_000)
    objective.get_by_role("button", name="Met").click()
    expect(omar.get_by_text("0 of 1 open")).to_be_visible(timeout=SOON_MS)

    # The cabinets come back, the pharmacy computer does not: what phones say follows.
    omar.goto(f"{town.address}/app/outages")
    omar.get_by_role("button", name=re.compile("It is back.*The cabinets")).click()
    expect(omar.get_by_role("button", name=re.compile("It is back.*The cabinets"))).to_have_count(0, timeout=SOON_MS)
    expect(omar.get_by_role("button", name=re.compile("It is back.*The pharmacy computer"))).to_be_visible()
