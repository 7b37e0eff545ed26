"""Coming back in order: locked steps say why, units confirm, and two people sign, the second without a network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, declare, installed, task
from tests.e2e.town import Town

pytestmark = pytest.mark.e2e


def test_gates_open_in_order_and_two_people_give_the_all_clear(town: Town, devices: Devices) -> None:
    omar, kim, rhea = devices.person("omar"), devices.person("kim"), devices.person("rhea")
    priya = devices.person("priya")
    declare(omar)
    omar.goto(f"{town.address}/app/advance")
    omar.get_by_role("link", name=re.compile("Back, but stay on paper")).click()
    omar.get_by_role("button", name="Restored, stay on paper").click()
    expect(omar.get_by_role("button", name="Restored, stay on paper")).to_have_count(0, timeout=SOON_MS)

    # The pharmacist's gate waits for registration, and her phone says so. Then Rhea opens hers.
    kim.goto(f"{town.address}/app/card")
    task(kim, "F4").locator(".task__title").click()
    expect(kim.get_by_role("dialog")).to_contain_text("Waits for:", timeout=SOON_MS)
    expect(kim.get_by_role("dialog").get_by_role("button", name=re.compile("^Done"))).to_have_count(0)
    kim.keyboard.press("Escape")
    rhea.goto(f"{town.address}/app/card")
    sign(rhea, "F4")
    expect(task(kim, "F4").get_by_text("waits")).to_have_count(0, timeout=SOON_MS)

    # Kim looks for herself; the leaders see her unit.
    kim.goto(f"{town.address}/app/checks")
    works = kim.get_by_role("button", name="Works")
    expect(works).to_have_count(3, timeout=SOON_MS)
    for button in works.all():
        button.click()
    kim.get_by_role("button", name=re.compile("Doses given: one more")).click()
    kim.get_by_role("button", name="Save the count").click()
    omar.goto(f"{town.address}/app/recovery")
    expect(omar.get_by_text(re.compile("1 of 14 confirmed"))).to_be_visible(timeout=SOON_MS)
    expect(omar.get_by_text("1 of 1 entries left").first).to_be_visible(timeout=SOON_MS)

    # Two phones without a network at once: Priya and Omar sign there. One signature that arrives gives nothing yet.
    for lead in (priya, omar):
        lead.goto(f"{town.address}/app/recovery")
        expect(lead.get_by_role("button", name="Sign the all-clear")).to_be_visible(timeout=SOON_MS)
        installed(lead)
        lead.context.set_offline(True)
        sign_all_clear(lead)
        expect(lead.get_by_text("Your signature is saved on this phone.")).to_be_visible()
    omar.context.set_offline(False)
    expect(omar.get_by_text("Your signature is saved on this phone.")).to_have_count(0, timeout=60_000)
    expect(omar.get_by_text(re.compile("^Omar .*, IT")).first).to_be_visible(timeout=SOON_MS)
    kim.goto(f"{town.address}/app/")
    expect(kim.get_by_role("heading", name="Back, but stay on paper")).to_be_visible(timeout=SOON_MS)

    priya.context.set_offline(False)
    expect(kim.get_by_role("heading", name=re.compile("All clear"))).to_be_visible(timeout=60_000)


def sign(page: Page, code: str) -> None:
    """Do a step that asks for something, without it."""
    task(page, code).locator(".task__title").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Done(?! earlier)")).click()
    row = task(page, code)
    row.get_by_role("button", name="Done", exact=True).click()
    row.get_by_role("button", name="Done without it").click()
    expect(row.locator(".box--record")).to_be_visible(timeout=SOON_MS)


def sign_all_clear(page: Page) -> None:
    page.get_by_label(re.compile("Why it is safe")).fill("All wards were called.")
    page.get_by_role("button", name="Sign the all-clear").click()
