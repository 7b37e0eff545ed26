"""The charge of a ward goes from one nurse to the next, also when the next one has no network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, declare, installed
from tests.e2e.town import Town

pytestmark = pytest.mark.e2e


def test_a_charge_is_handed_over_and_accepted_without_a_network(town: Town, devices: Devices) -> None:
    omar, dana, nia = devices.person("omar"), devices.person("dana"), devices.person("nia")
    declare(omar)
    # Nobody has claimed the charge of the ICU: her phone says so, one tap takes it.
    nag = dana.get_by_role("region", name="Nobody holds a role")
    expect(nag).to_contain_text("Nobody is charge nurse in ICU", timeout=SOON_MS)
    nag.get_by_role("button", name="I take it").click()
    expect(nag).to_have_count(0)

    # Three taps: hand over, whoever it is, done; the list of what is open goes along.
    dana.goto(f"{town.address}/app/shift")
    dana.get_by_role("link", name="Hand over").click()
    expect(dana.get_by_role("heading", name=re.compile(r"Still open: \d+"))).to_be_visible(timeout=SOON_MS)
    dana.get_by_label("What the next one must know").fill("The printer of bay 2 is out.")
    dana.get_by_role("button", name=re.compile("^Nia")).click()
    expect(dana.get_by_text("Waits for Nia")).to_be_visible(timeout=SOON_MS)
    offer = nia.get_by_role("region", name="Hand-over to you")
    expect(offer).to_contain_text("The printer of bay 2 is out.", timeout=SOON_MS)

    # Nia accepts without a network: on her phone it is hers at once, on record it still is Dana's.
    installed(nia)
    nia.context.set_offline(True)
    offer.get_by_role("button", name="Accept").click()
    expect(offer).to_have_count(0)
    nia.get_by_role("link", name=re.compile("More: language")).click()
    nia.get_by_role("link", name=re.compile("My shift")).click()
    expect(nia.get_by_text("you, saved on this phone")).to_be_visible()
    expect(dana.get_by_text("Waits for Nia")).to_be_visible()

    nia.context.set_offline(False)
    expect(dana.get_by_text(re.compile("Nia has it since"))).to_be_visible(timeout=60_000)
    expect(nia.get_by_text("you, saved on this phone")).to_have_count(0, timeout=60_000)
    expect(nia.get_by_role("link", name="Hand over")).to_be_visible()
    priya = devices.desk("priya")
    priya.goto(f"{town.address}/app/board")
    priya.get_by_text(re.compile("Who holds what")).click()
    expect(priya.locator("dl.deal")).to_contain_text("Nia")
