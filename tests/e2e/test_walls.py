"""Places without a login: a wall that loses its server and finds it again, a ward page that opens without a network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, declare, send_update
from tests.e2e.town import DESK, Town

pytestmark = pytest.mark.e2e

LOST_MS = 40_000
# Kept by the page itself: what it showed at each change, so that no moment between two looks is missed.
WATCH = """() => {
  window.seen = [];
  const root = document.querySelector("#wall");
  const note = () => window.seen.push({
    live: root.querySelector("[data-live]") !== null,
    lost: root.querySelector("[data-lost]") !== null,
    news: [...root.querySelectorAll(".wall__news b")].map((one) => one.textContent),
  });
  new MutationObserver(note).observe(root, {childList: true, subtree: true, characterData: true});
}"""

KEPT = """async () => {
  while (!(await caches.match(location.href, {ignoreVary: true}))) await new Promise((done) => setTimeout(done, 100));
}"""


def wall_of_icu(omar: Page, screen: Page, town: Town) -> None:
    """Omar makes a code; the screen becomes the wall of the intensive care unit."""
    omar.goto(f"{town.address}/screens")
    omar.get_by_label("What it shows").select_option("icu")
    omar.get_by_label("Where it hangs").fill("ICU corridor")
    omar.get_by_role("button", name="Make a code").click()
    code = omar.locator("b.code").inner_text()
    screen.goto(f"{town.address}/wall")
    screen.get_by_label("The code that a leader gave you").fill(code)
    screen.get_by_role("button", name="Show the wallboard").click()
    expect(screen.get_by_text("In contact")).to_be_visible(timeout=SOON_MS)


def test_a_wall_says_when_it_hears_nothing_and_comes_back_by_itself(town: Town, devices: Devices) -> None:
    omar = devices.desk("omar")
    screen = devices.open("screen", size=DESK)
    wall_of_icu(omar, screen, town)
    expect(screen.get_by_role("heading", name="Nothing is down")).to_be_visible()

    omar.goto(f"{town.address}/app/")
    declare(omar)
    send_update(omar, town, "EHR is slow. We look into it.")
    expect(screen.get_by_role("heading", name="EHR is down")).to_be_visible(timeout=SOON_MS)
    expect(screen.locator(".wall__update")).to_contain_text("Update 1", timeout=SOON_MS)

    screen.evaluate(WATCH)
    town.kill()
    expect(screen.get_by_role("heading", name=re.compile(r"NO CONTACT SINCE \d\d:\d\d"))).to_be_visible(timeout=LOST_MS)
    expect(screen.get_by_text("In contact")).to_have_count(0)
    expect(screen.locator(".wall__past")).to_contain_text("EHR is down")
    between = screen.evaluate("() => window.seen.length")

    town.start()  # several questions go unanswered until it is up
    moments = screen.evaluate("() => window.seen")[between:]
    back = next((i for i, moment in enumerate(moments) if not moment["lost"]), len(moments))
    assert all(moment["live"] for moment in moments[back:])
    assert all(moment["lost"] and not moment["live"] for moment in moments[:back])
    expect(screen.get_by_text("In contact")).to_be_visible(timeout=LOST_MS)
    expect(screen.locator(".wall__update")).to_contain_text("Update 1")
    send_update(omar, town, "Vendor works on the database.")
    expect(screen.locator(".wall__news")).to_contain_text("Update 2", timeout=SOON_MS)
    announced = [" ".join(moment["news"]) for moment in screen.evaluate("() => window.seen")]
    turns = [news for news, before in zip(announced, ["", *announced], strict=False) if news != before and news]
    assert [news for news in turns if "Update 2" in news] == turns[-1:]


def test_a_ward_page_opens_without_a_network_after_one_visit(town: Town, devices: Devices) -> None:
    phone = devices.open("visitor")
    phone.goto(f"{town.address}/w/icu")
    expect(phone.get_by_role("heading", name="Nothing is down on Intensive care")).to_be_visible()
    phone.evaluate(KEPT)

    town.kill()
    phone.goto(f"{town.address}/w/icu")

    expect(phone.get_by_text("No contact with the server")).to_be_visible(timeout=SOON_MS)
    expect(phone.get_by_text(re.compile(r"was true at \d\d:\d\d"))).to_be_visible()
    plan = phone.locator("details", has=phone.locator("summary", has_text=re.compile("^EHR is down")))
    plan.locator("summary").first.click()
    card = plan.locator("details", has_text="Charge nurse").first
    card.locator("summary").click()
    expect(card.get_by_text("Open the downtime kit.")).to_be_visible()
    assert phone.evaluate("() => getComputedStyle(document.body).fontFamily").startswith("-apple-system")

    town.start()
    phone.reload()
    expect(phone.get_by_text("No contact with the server")).to_be_hidden(timeout=SOON_MS)
