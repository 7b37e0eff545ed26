"""A step is edited by keyboard, the check complains, two people approve, and a nurse reads what changed for her."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS
from tests.e2e.town import Town

pytestmark = pytest.mark.e2e

PLAN = "/office/plans/wardlight-down"


def test_a_step_goes_from_the_keyboard_to_the_nurses_phone(town: Town, devices: Devices) -> None:
    ines, priya, nia = devices.desk("ines"), devices.person("priya"), devices.person("nia")
    ines.goto(f"{town.address}{PLAN}")
    ines.get_by_role("button", name="Start a draft").click()
    press(ines, "Bedside nurse")
    step = ines.locator("[data-step]").first
    before = step.locator(".editor__head span").first.inner_text()
    code = step.locator(".task__code").inner_text()
    step.locator(".editor__head").press("Enter")

    ines.get_by_label(re.compile("^Step")).fill("Call the desk and tell the team.")
    expect(step.get_by_text(re.compile("two actions in one step"))).to_be_visible(timeout=SOON_MS)
    ines.get_by_label(re.compile("^Step")).fill("Call the desk of your floor.")
    expect(step.get_by_text(re.compile("two actions in one step"))).to_have_count(0, timeout=SOON_MS)
    expect(ines.locator(".editor__screen")).to_contain_text("Call the desk of your floor.")
    press(ines, f"{code} down")
    expect(ines.get_by_text(re.compile(rf"^{code} is number 2 of"))).to_be_attached()
    expect(ines.locator("[data-step]").nth(1)).to_have_attribute("data-step", code)
    expect(ines.locator(".editor__saved .chip--record")).to_be_visible(timeout=SOON_MS)
    translate(ines, "Call the desk of your floor.", "Llame a la mesa de su planta.")
    press(ines, "Send to review")

    ines.get_by_role("button", name="Approve as owner").click()
    expect(ines.get_by_text("It needs a second person.")).to_be_visible(timeout=SOON_MS)
    priya.goto(f"{town.address}{PLAN}")
    priya.get_by_role("link", name=re.compile("What it would change")).click()
    expect(priya.locator(".change__was").first).to_contain_text(before)
    expect(priya.locator(".change__now").first).to_contain_text("Call the desk of your floor.")
    priya.go_back()
    priya.get_by_role("button", name="Approve for emergency management").click()
    expect(priya.get_by_text(re.compile("Approved by Priya"))).to_be_visible(timeout=SOON_MS)
    ines.reload()
    ines.get_by_role("button", name=re.compile("Put it in force")).click()

    nia.goto(f"{town.address}/app/")
    nia.get_by_role("link", name="Read what changed").click(timeout=SOON_MS)
    expect(nia.locator(".change__was").first).to_contain_text(before, timeout=SOON_MS)
    expect(nia.locator(".change__now").first).to_contain_text("Call the desk of your floor.")
    nia.context.set_offline(True)
    nia.get_by_role("button", name="I have read what changed").click()
    expect(nia.get_by_text("Read. Saved on this phone")).to_be_visible(timeout=SOON_MS)
    nia.context.set_offline(False)
    expect(nia.get_by_text("Read. On record")).to_be_visible(timeout=60_000)

    ines.reload()
    row = ines.get_by_role("row", name=re.compile("^Nia"))
    expect(row).not_to_contain_text("not yet", timeout=SOON_MS)


def translate(page: Page, english: str, spanish: str) -> None:
    """The words of a changed step: outdated until they are written, then as on the phone."""
    page.get_by_label("Words of the plan in").select_option("es")
    words = page.get_by_label(re.compile(f"Español: {re.escape(english)}"))
    pair = page.locator(".editor__pairing", has=words)
    expect(pair.get_by_text("outdated")).to_be_visible(timeout=SOON_MS)
    words.fill(spanish)
    expect(pair.get_by_text("translated", exact=True)).to_be_visible()
    expect(page.locator(".editor__screen")).to_contain_text(spanish)
    expect(page.locator(".editor__saved .chip--record")).to_be_visible(timeout=SOON_MS)


def press(page: Page, name: str) -> None:
    """A button, by keyboard."""
    button = page.get_by_role("button", name=re.compile(f"^{name}"))
    button.wait_for(timeout=SOON_MS)
    button.press("Enter")
