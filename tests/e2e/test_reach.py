"""Two leads send at once, a nurse answers without a network, and a runner walks with none at all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, declare, installed, send_update
from tests.e2e.town import DESK, Town

pytestmark = pytest.mark.e2e

HEARD = """() => {
  window.heard = [];
  const isPlace = (one) => one.classList.contains('sr');
  for (const place of [...document.querySelectorAll('[role=alert], [role=status]')].filter(isPlace)) {
    const listen = () => place.textContent && window.heard.push(place.textContent);
    new MutationObserver(listen).observe(place, {childList: true, characterData: true, subtree: true});
  }
}"""


def numbers_heard(page: Page, no: int) -> list[str]:
    """What a screen reader was given to say of an update, once it was given anything."""
    spoken = "(no) => window.heard.some((words) => words.includes(`Update ${no}:`))"
    page.wait_for_function(spoken, arg=no, timeout=SOON_MS)
    said: list[str] = page.evaluate("() => window.heard")
    return [words for words in said if f"Update {no}:" in words]


def test_leads_a_nurse_and_a_runner(town: Town, devices: Devices) -> None:
    omar, nia, sol = devices.person("omar"), devices.person("nia"), devices.person("sol")
    board = devices.person("priya", size=DESK)
    declare(omar)
    expect(nia.get_by_role("heading", name="EHR is down", level=1)).to_be_visible(timeout=SOON_MS)
    nia.evaluate(HEARD)

    # Priya writes while Omar sends: she is told, reads his, and sends hers as the next number.
    board.goto(f"{town.address}/app/compose")
    board.get_by_label("Headline").fill("Pharmacy works on paper.")
    expect(board.locator("[data-count]")).to_contain_text(re.compile(r"\d+ people in \d+ units"), timeout=SOON_MS)
    send_update(omar, town, "EHR is down. Paper now.")
    expect(omar.get_by_text(re.compile("Update 1 sent"))).to_be_visible(timeout=SOON_MS)
    warned = board.get_by_text(re.compile("Omar sent update 1 .*Yours is not sent yet"))
    expect(warned).to_be_visible(timeout=SOON_MS)
    assert len(numbers_heard(nia, 1)) == 1
    board.get_by_role("button", name="Send mine as update 2").click()
    expect(board.get_by_text(re.compile("Update 2 sent"))).to_be_visible(timeout=SOON_MS)
    expect(nia.locator(".nav__badge")).to_have_text("1", timeout=SOON_MS)
    assert [len(numbers_heard(nia, no)) for no in (1, 2)] == [1, 1]

    # Nia answers in the lift; it counts from then and says that it arrived late.
    nia.get_by_role("link", name="Updates").click()
    nia.get_by_role("link", name=re.compile("Pharmacy works")).click()
    installed(nia)
    nia.context.set_offline(True)
    nia.get_by_role("button", name="Acknowledge for ICU").click()
    expect(nia.get_by_text("Your acknowledgement is saved on this phone.")).to_be_visible()

    # A route for Sol, who walks it without a network.
    board.goto(f"{town.address}/app/reach")
    board.get_by_role("button", name=re.compile("Send a runner to")).click()
    expect(board.get_by_role("heading", name="Runner: update 2")).to_be_visible(timeout=SOON_MS)
    sol.get_by_role("link", name=re.compile("A runner is needed: update 2")).click()
    installed(sol)
    sol.context.set_offline(True)
    sol.get_by_role("button", name="Laboratory has it").click()
    expect(sol.get_by_text(re.compile("brought by Sol")).first).to_be_visible()
    sol.goto(f"{town.address}/app/door/imaging")
    sol.get_by_role("button", name="Imaging has update 2").click()
    expect(sol.get_by_text("brought here")).to_be_visible()

    # Both come back: the matrix tells whose word it is, and by which path.
    for phone in (nia, sol):
        phone.context.set_offline(False)
    board.goto(f"{town.address}/app/reach")
    expect(board.get_by_role("row", name=re.compile("Laboratory"))).to_contain_text(
        "Brought by a runner", timeout=40_000
    )
    expect(board.get_by_role("row", name=re.compile("Imaging"))).to_contain_text("runner")
    board.get_by_role("button", name="Intensive care").click()
    drawer = board.get_by_role("dialog")
    expect(drawer.get_by_role("listitem").filter(has_text="Nia Okafor")).to_contain_text("Acknowledged", timeout=40_000)
