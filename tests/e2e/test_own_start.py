"""A ward starts its cards with no server: two phones, one card, and what becomes of it when IT declares."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, installed, sign_in, task, tick_next
from tests.e2e.town import DESK, Town

pytestmark = pytest.mark.e2e

BACK_MS = 60_000


def start_cards(page: Page) -> None:
    """From the first screen: what is down, then one tap for the unit."""
    page.get_by_role("link", name="Start downtime cards").click()
    page.get_by_role("link", name=re.compile("EHR is down")).click()
    page.get_by_role("button", name="Start for 5 West").click()
    expect(page.locator("li.task--next").first).to_be_visible(timeout=SOON_MS)


def now(page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Now").click()


def test_two_nurses_start_with_no_server_and_it_takes_over_what_they_did(town: Town, devices: Devices) -> None:
    sol, max_ = devices.person("sol"), devices.person("max")
    for phone in (sol, max_):
        installed(phone)
    town.kill()

    # Nothing answers: both start the same card, each on the own phone, and each does another step.
    for phone in (sol, max_):
        start_cards(phone)
    assert tick_next(sol) == "A1"
    task(max_, "A4").locator(".box").click()
    expect(task(max_, "A4").locator(".box--saved")).to_be_visible()
    now(sol)
    expect(sol.get_by_text(re.compile("Started by your unit at"))).to_be_visible()
    expect(sol.locator(".alone")).to_be_visible(timeout=40_000)
    expect(sol.get_by_text(re.compile("Whether IT has declared is not known"))).to_be_visible()
    expect(sol.get_by_text(re.compile("Nobody else knows of it yet"))).to_be_visible()

    # The server is back: one card with both ticks, and the command centre learns who began alone.
    town.start()
    board = devices.open("omar", size=DESK)
    sign_in(board, town, "omar")
    board.goto(f"{town.address}/app/board")
    for phone in (sol, max_):
        phone.goto(f"{town.address}/app/card/5-west?role=bedside-nurse")
        for code in ("A1", "A4"):
            expect(task(phone, code).locator(".box--record")).to_be_visible(timeout=BACK_MS)
    expect(board.get_by_text(re.compile("5 West started “EHR is down” by itself"))).to_be_visible(timeout=BACK_MS)
    expect(board.get_by_text("not declared")).to_be_visible()
    now(max_)
    expect(max_.get_by_text(re.compile("IT has not declared yet"))).to_be_visible(timeout=SOON_MS)

    # IT declares from there: the card goes on under the thumb, with the ticks and both names.
    task(sol, "A5").locator(".task__title").click()
    drawer = sol.get_by_role("dialog")
    drawer.get_by_role("button", name=re.compile("Add a note")).click()
    drawer.get_by_role("textbox").fill("Paper is here")
    board.get_by_role("link", name="Declare EHR is down").click()
    board.get_by_role("button", name="Declare real incident").click()
    expect(sol.get_by_text("#1", exact=True)).to_be_visible(timeout=BACK_MS)
    expect(drawer.get_by_role("textbox")).to_have_value("Paper is here")
    drawer.get_by_role("button", name="Keep the note").click()
    for code in ("A1", "A4"):
        expect(task(sol, code).locator(".box--record")).to_be_visible()
    now(sol)
    expect(sol.get_by_text(re.compile(r"IT declared #1 at \d\d:\d\d"))).to_be_visible(timeout=SOON_MS)
    expect(sol.get_by_text(re.compile(r"Started by your unit: (Sol|Max) .*, (Sol|Max) "))).to_be_visible()
    board.goto(f"{town.address}/app/board")
    expect(board.get_by_text("part of #1")).to_be_visible(timeout=SOON_MS)
    expect(board.get_by_text(re.compile("5 West had started"))).to_be_visible(timeout=SOON_MS)
