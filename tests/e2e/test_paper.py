"""Phones are gone, paper works, and what was written comes back in, once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.base.settings import CHECKOUT
from app.plans.library import read_text
from app.plans.pack import version_of
from app.plans.sheet_code import card_code
from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, declare, task
from tests.e2e.town import Town

pytestmark = pytest.mark.e2e

PLAN = "ehr-unplanned"


def printed_code(town: Town, page: Page) -> str:
    """Print the packet of the ICU, and the code that stands on the nurse's card in it."""
    page.goto(f"{town.address}/packets?unit=icu&plan={PLAN}")
    with page.expect_download(timeout=60_000) as printed:
        page.get_by_role("button", name="Print packet").click()
    assert printed.value.suggested_filename == f"wardlight-icu-{PLAN}-en.pdf"
    assert printed.value.path().read_bytes().startswith(b"%PDF-")
    version = version_of(read_text(CHECKOUT / "library" / "plans" / f"{PLAN}.yaml"))
    return card_code(unit="icu", plan=PLAN, role="bedside-nurse", version=version)


def mistyped(code: str) -> str:
    """The code with two neighbours changed, the first that differ: which they are depends on the plan's version."""
    at = next(place for place in range(len(code) - 1) if code[place] != code[place + 1])
    return code[:at] + code[at + 1] + code[at] + code[at + 2 :]


def enter(page: Page, code: str, initials: str) -> None:
    """Type the row that is open."""
    row = task(page, code)
    row.get_by_label("Initials on the sheet").fill(initials)
    row.get_by_role("button", name=re.compile(f"{code} done, about")).click()
    without = row.get_by_role("button", name="Done without it")
    if without.is_visible():
        without.click()


def test_a_sheet_comes_back_in_once(town: Town, devices: Devices) -> None:
    omar, nia, bo = devices.person("omar"), devices.person("nia"), devices.person("bo")
    declare(omar)
    expect(nia.get_by_role("heading", name="EHR is down", level=1)).to_be_visible(timeout=SOON_MS)
    code = printed_code(town, nia)

    # A slip of the pen is caught; the right code opens the card's rows.
    nia.goto(f"{town.address}/app/paper")
    nia.get_by_label("Code of the sheet").fill(mistyped(code))
    nia.get_by_role("button", name="Open the sheet").click()
    expect(nia.get_by_text("One character is wrong")).to_be_visible()
    nia.get_by_label("Code of the sheet").fill(f"{code[:3]} {code[3:]}".lower())
    nia.get_by_role("button", name="Open the sheet").click()
    expect(nia.get_by_role("heading", name="Bedside nurse, Intensive care")).to_be_visible()

    # The first row with its initials, the next by one tap with the same.
    enter(nia, "A1", "JK")
    from_paper = re.compile(r"On record.*from paper, about .* by JK, entered by Nia")
    expect(task(nia, "A1")).to_contain_text(from_paper, timeout=SOON_MS)
    expect(task(nia, "A4").get_by_text(re.compile("JK, about"))).to_be_visible()
    task(nia, "A4").locator(".box").click()
    expect(task(nia, "A4")).to_contain_text("On record", timeout=SOON_MS)

    # A second person with the same sheet sees what is there, and cannot enter it again.
    bo.goto(f"{town.address}/app/paper/{code}")
    expect(task(bo, "A1")).to_contain_text(from_paper, timeout=SOON_MS)
    expect(task(bo, "A1").get_by_role("button", name=re.compile("done, about"))).to_have_count(0)
