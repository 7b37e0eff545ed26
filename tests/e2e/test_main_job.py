"""A ward answers a downtime: two leads, two nurses, one board, in real browsers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, declare, send_update, task, tick_next
from tests.e2e.town import Town

pytestmark = pytest.mark.e2e


def board_row(board: Page, unit: str):
    return board.get_by_role("row").filter(has=board.get_by_role("rowheader", name=re.compile(unit)))


def test_a_ward_answers_a_downtime(town: Town, devices: Devices) -> None:
    omar, nia, dana = devices.person("omar"), devices.person("nia"), devices.person("dana")
    board = devices.desk("priya")

    assert declare(omar) <= 4
    for phone in (nia, dana):
        expect(phone.get_by_role("heading", name="EHR is down", level=1)).to_be_visible(timeout=SOON_MS)
        expect(phone.locator(".lit__say")).to_contain_text("Work on paper")
        expect(phone.get_by_text("Still works", exact=True)).to_be_visible()

    # Nia ticks, counts, skips with a reason and asks for help.
    nia.get_by_role("link", name="My card").first.click()
    assert tick_next(nia) == "A1"
    expect(task(nia, "A1").locator(".box--record")).to_be_visible(timeout=SOON_MS)
    counted = task(nia, "A2")
    counted.get_by_role("button", name="one more").first.click()
    counted.get_by_role("button", name="Done", exact=True).click()
    expect(task(nia, "A2").locator(".box--record")).to_be_visible(timeout=SOON_MS)
    task(nia, "A4").locator(".task__title").click()
    drawer = nia.get_by_role("dialog")
    drawer.get_by_role("button", name=re.compile("Skip, with a reason")).click()
    drawer.get_by_role("button", name="Not possible now").click()
    drawer.get_by_role("button", name="Skip this step").click()
    expect(task(nia, "A4").locator(".box--skipped")).to_be_visible(timeout=SOON_MS)
    task(nia, "A5").locator(".task__title").click()
    drawer.get_by_role("button", name=re.compile("Need help")).click()
    drawer.get_by_role("button", name="Not enough hands").click()
    drawer.get_by_role("button", name="Ask for help").click()
    expect(task(nia, "A5").locator(".box--blocked")).to_be_visible(timeout=SOON_MS)

    # A step of two people: Nia signs first, Dana second, on her own phone.
    count_and_sign(nia, "B4")
    expect(task(nia, "B4")).to_contain_text("not you again", timeout=SOON_MS)
    dana.goto(f"{town.address}/app/card/icu?role=bedside-nurse")
    task(dana, "B4").get_by_role("button", name=re.compile("Sign as second")).first.click()
    expect(task(nia, "B4").locator(".box--record")).to_be_visible(timeout=SOON_MS)

    # Another one, on two phones without a network at once: each is the first there, together they are two people.
    for phone in (nia, dana):
        phone.goto(f"{town.address}/app/card/icu?role=charge-nurse")
        expect(task(phone, "B1")).to_be_visible(timeout=SOON_MS)
        phone.context.set_offline(True)
        count_and_sign(phone, "B1")
        expect(task(phone, "B1").locator(".box--half, .box--saved").first).to_be_visible(timeout=SOON_MS)
    for phone in (nia, dana):
        phone.context.set_offline(False)
    for phone in (nia, dana):
        expect(task(phone, "B1").locator(".box--record")).to_be_visible(timeout=60_000)

    # The board shows all of it, and a leader answers the request.
    board.goto(f"{town.address}/app/board")
    icu = board_row(board, "Intensive care")
    expect(icu).to_contain_text("2 of", timeout=SOON_MS)
    expect(board.get_by_text("Not enough hands")).to_be_visible(timeout=SOON_MS)
    request = board.get_by_role("listitem").filter(has=board.get_by_role("button", name="Answer"))
    request.get_by_role("button", name="I take it").click()
    expect(request.locator(".chip--way")).to_contain_text("Priya", timeout=SOON_MS)
    nia.get_by_role("link", name="Help").click()
    expect(nia.get_by_text(re.compile("Priya"))).to_be_visible(timeout=SOON_MS)

    # Update 1, then update 2 in its place; acknowledged and counted.
    send_update(omar, town, "EHR is slow. We look into it.")
    expect(nia.locator(".nav__badge")).to_have_text("1", timeout=SOON_MS)
    send_update(omar, town, "Vendor works on the database.")
    nia.get_by_role("link", name="Updates").click()
    expect(nia.locator(".msg--past")).to_contain_text("replaced by update 2", timeout=SOON_MS)
    nia.get_by_role("link", name=re.compile("Vendor works")).click()
    nia.get_by_role("button", name="Acknowledge for ICU").click()
    expect(nia.get_by_text(re.compile("You acknowledged for ICU"))).to_be_visible(timeout=SOON_MS)
    expect(icu).to_contain_text("Partly", timeout=SOON_MS)
    dana.goto(f"{town.address}/app/updates")
    dana.get_by_role("link", name=re.compile("Vendor works")).click()
    dana.get_by_role("button", name="Acknowledge for ICU").click()
    expect(icu).to_contain_text("Acknowledged", timeout=SOON_MS)


def count_and_sign(page: Page, code: str) -> None:
    row = task(page, code)
    row.locator(".box").click()
    row.get_by_role("button", name="one more").click()
    row.get_by_role("button", name="Done", exact=True).click()


def test_phones_follow_the_incident_to_its_end(town: Town, devices: Devices) -> None:
    omar, nia = devices.person("omar"), devices.person("nia")
    declare(omar)
    expect(nia.get_by_role("heading", name="EHR is down", level=1)).to_be_visible(timeout=SOON_MS)

    advance(omar, town, "Back, but stay on paper", "Restored, stay on paper")
    expect(nia.get_by_text(re.compile("stay on paper", re.I)).first).to_be_visible(timeout=SOON_MS)
    nia.get_by_role("link", name="My card").first.click()
    expect(task(nia, "F1")).to_contain_text("by", timeout=SOON_MS)

    for leader in (omar, devices.person("priya")):
        leader.goto(f"{town.address}/app/recovery")
        leader.get_by_label(re.compile("Why it is safe")).fill("All wards were called.")
        leader.get_by_role("button", name="Sign the all-clear").click()
    nia.get_by_role("link", name="Now").click()
    expect(nia.get_by_text(re.compile("all-clear", re.I)).first).to_be_visible(timeout=SOON_MS)

    priya = leader
    priya.goto(f"{town.address}/app/advance")
    priya.get_by_role("link", name=re.compile("Stand down")).click()
    priya.get_by_label(re.compile("The commander’s reason")).fill("Done on paper, says every ward.")
    priya.get_by_role("button", name="Stand down").click()
    expect(nia.get_by_role("heading", name="Nothing is down", level=1)).to_be_visible(timeout=SOON_MS)


def advance(page: Page, town: Town, step: str, button: str) -> None:
    page.goto(f"{town.address}/app/advance")
    page.get_by_role("link", name=re.compile(step)).click()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("button", name=button)).to_have_count(0, timeout=SOON_MS)


def test_the_account_without_role_and_unit_is_shown_the_public_status_only(town: Town, devices: Devices) -> None:
    declare(devices.person("omar"))
    page = devices.open("uri")
    page.goto(f"{town.address}/app/")
    page.get_by_label("Name you sign in with").fill("uri")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_text(re.compile("no role or unit", re.I))).to_be_visible(timeout=SOON_MS)
    expect(page.get_by_text("Work on paper")).to_have_count(0)
    page.get_by_role("link", name=re.compile("public status", re.I)).click()
    expect(page.get_by_role("heading", name="EHR is down", level=1)).to_be_visible()
