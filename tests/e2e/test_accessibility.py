"""axe finds nothing on any screen, in light and dark, on a phone and on a desk.

With WARDLIGHT_TEST_PICTURES=1 each screen is kept as a picture in test-results/pictures, in both themes.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import screens
from tests.e2e.conftest import PICTURES, Devices
from tests.e2e.lead import ask_as_omar, declared, planned, runner_sent, updated
from tests.e2e.people import SOON_MS, tick_next
from tests.e2e.town import DESK, Town

pytestmark = pytest.mark.e2e

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WITH_PICTURES = os.environ.get("WARDLIGHT_TEST_PICTURES") == "1"
# The height of the page once it has been the same for a fifth of a second: rows arrive after the heading.
SETTLED = """() => new Promise((resolve) => {
  let height = 0;
  let since = 0;
  const look = (now) => {
    const current = document.documentElement.scrollHeight;
    if (current !== height) [height, since] = [current, now];
    if (now - since > 200) resolve(height);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
Rules = dict[str, str | list[str]]
ALL_RULES: Rules = {"type": "tag", "values": TAGS}
# Themes differ in nothing but colours: what the light one was asked need not be asked again.
COLOUR_RULES: Rules = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# To browsers before 2025 a size container is the window of what is fixed in it: a bar would stand at the page's end.
HELD = """() => {
  const isHeld = (one) => one && (getComputedStyle(one).containerType !== "normal" || isHeld(one.parentElement));
  const fixed = [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).position === "fixed");
  return fixed.filter((one) => isHeld(one.parentElement)).map((one) => one.className);
}"""
# As somebody who goes from one thing to the next by the keyboard.
UNDER_THE_BAR = """() => {
  const bar = document.querySelector("body > .nav, #app .dock");
  scrollTo(0, 0);
  const stops = bar ? document.querySelectorAll("main :is(a[href], button, input, select, textarea)") : [];
  return [...stops].filter((stop) => {
    stop.focus();
    const { bottom, height } = stop.getBoundingClientRect();
    return stop === document.activeElement && height < innerHeight / 2 && bottom > bar.getBoundingClientRect().top;
  }).map((stop) => stop.textContent || stop.name);
}"""
RUN = "async (rules) => (await axe.run(document, {runOnly: rules})).violations"


def violations(page: Page, rules: Rules) -> list[str]:
    """What axe finds, one line for each element."""
    found = page.evaluate(RUN, rules)
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


class Inspection:
    """Goes from screen to screen in both themes and keeps what axe says."""

    def __init__(self, page: Page, town: Town, name: str) -> None:
        self.page, self.town, self.name = page, town, name
        self.found: list[str] = []
        PICTURES.mkdir(parents=True, exist_ok=True)

    def tour(self, places: screens.Screens, **ids: str) -> None:
        """Inspect one screen after the other; `ids` fill in what a path leaves open."""
        for screen, path in places:
            self.look(screen, path.format(**ids))

    def look(self, screen: str, path: str | None = None) -> None:
        """Inspect the screen at a path, or the one that is shown."""
        if path is not None:
            answer = self.page.goto(f"{self.town.address}{path}")
            assert answer is None or answer.ok, f"{path}: {answer.status}"
            expect(self.page.locator("h1").first).to_be_attached(timeout=SOON_MS)
        self.page.evaluate("() => document.fonts.ready")
        self.page.evaluate(SETTLED)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        wide = self.page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
        self.found += [f"{screen}: scrolls sideways"] * bool(wide)
        self.found += [f"{screen}: a size container holds {one}" for one in self.page.evaluate(HELD)]
        self._look_at(screen, "light", ALL_RULES)
        # Without motion the colours change at once.
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        self._look_at(screen, "dark", COLOUR_RULES)
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        if path is not None:
            self.found += [f"{screen}: the bar hides {one}" for one in self.page.evaluate(UNDER_THE_BAR)]

    def _look_at(self, screen: str, theme: str, rules: Rules) -> None:
        if WITH_PICTURES:
            self.page.screenshot(path=str(PICTURES / f"{self.name}-{theme}-{screen.replace(':', '-')}.png"))
        self.found += [f"{screen}, {theme}: {line}" for line in self._violations(rules)]

    def _violations(self, rules: Rules) -> list[str]:
        # The whole page at once: a control half under a sticky dock is not small, one scrolls to it.
        size = self.page.viewport_size
        assert size is not None
        height = size["height"]
        # Rows may arrive while axe looks: what it says of a page longer than the window is asked again. The editor's
        # columns grow with the window and never fit; there its last word counts.
        for _attempt in range(3):
            height = max(height, self.page.evaluate("() => document.documentElement.scrollHeight"))
            self.page.set_viewport_size({"width": size["width"], "height": height})
            found = violations(self.page, rules)
            if self.page.evaluate("() => document.documentElement.scrollHeight <= innerHeight"):
                break
        self.page.set_viewport_size(size)
        return found


def test_no_screen_of_the_nurse_hinders_anybody(town: Town, devices: Devices) -> None:
    start = Inspection(devices.open("sign-in"), town, "phone")
    start.tour(screens.PUBLIC)
    nia = devices.person("nia")
    seen = Inspection(nia, town, start.name)
    seen.tour(screens.QUIET)
    # Her unit begins alone, and the declaration takes that in.
    nia.get_by_role("button", name="Start for Intensive care").click()
    tick_next(nia)
    seen.look("card:own")
    omar = devices.person("omar")
    board = Inspection(omar, town, "lead")
    board.look("board:own", "/app/board")
    incident = declared(town)
    updated(town, incident, "EHR is slow. We look into it.")
    broadcast = updated(town, incident, "Vendor works on the database.")
    seen.tour(screens.NURSE, route=runner_sent(town, broadcast), broadcast=broadcast)
    nia.goto(f"{town.address}/app/card")
    nia.locator("li.task .task__title").nth(1).click()
    expect(nia.get_by_role("dialog")).to_be_visible()
    seen.look("task-drawer")
    ask_as_omar(town, "incident.advance", incident=incident, to="restored", note="")
    nia.goto(f"{town.address}/app/")
    expect(nia.get_by_role("heading", name="Back, but stay on paper").first).to_be_visible(timeout=SOON_MS)
    seen.tour(screens.NURSE_RESTORED)
    town.kill()
    nia.goto(f"{town.address}/app/card")
    tick_next(nia)
    seen.tour(screens.NURSE_ALONE)

    assert start.found + seen.found + board.found == []


@pytest.mark.parametrize("wide", [False, True], ids=["phone", "desk"])
def test_no_screen_of_the_leaders_hinders_anybody(town: Town, devices: Devices, wide: bool) -> None:
    options = {"size": DESK} if wide else {}
    omar = devices.person("omar", **options)
    seen = Inspection(omar, town, "desk" if wide else "lead")
    seen.look("quiet", "/app/")
    for step, path in ((1, "/app/declare"), (4, None), (2, "/app/declare?step=2"), (3, "/app/declare?step=3")):
        if step == 4:
            omar.get_by_role("link", name=re.compile("EHR is down")).click()
            expect(omar.get_by_role("button", name="Declare real incident")).to_be_visible()
        seen.look(f"declare-{step}", path)
    planned(town)
    updated(town, declared(town), "EHR is slow. We look into it.")
    seen.tour(screens.LEADER + (screens.LEADER_DESK if wide else screens.LEADER_PHONE))
    if wide:
        inspect_the_editor(seen)
    omar.goto(f"{town.address}/app/advance")
    omar.get_by_role("link", name=re.compile("Back, but stay on paper")).click()
    expect(omar.get_by_role("button", name="Restored, stay on paper")).to_be_visible()
    seen.look("advance-restored")
    omar.get_by_role("button", name="Restored, stay on paper").click()
    expect(omar.get_by_role("button", name="Restored, stay on paper")).to_have_count(0, timeout=SOON_MS)
    seen.tour(screens.LEADER_RESTORED)

    assert seen.found == []


def inspect_the_editor(seen: Inspection) -> None:
    """A draft with a finding, tried as on a phone; a step's form open; and its words in Spanish."""
    page = seen.page
    page.goto(f"{seen.town.address}/office/plans/wardlight-down")
    page.get_by_role("button", name="Start a draft").click()
    step = page.locator("[data-step]").first
    step.locator(".editor__head").click()
    page.get_by_label(re.compile("^Step")).fill("Call the desk and tell the team.")
    expect(step.get_by_text(re.compile("two actions in one step"))).to_be_visible(timeout=SOON_MS)
    seen.look("office:editor-step")
    seen.tour(screens.EDITING)
    page.get_by_label("Words of the plan in").select_option("es")
    expect(page.get_by_text("outdated: the plan says something else now")).to_be_visible(timeout=SOON_MS)
    seen.look("office:editor-words")
