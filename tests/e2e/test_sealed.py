"""A shared tablet: who signs out with unsent work leaves it sealed, the next person hands it in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, contact, declare, installed, sign_in, task, tick_next
from tests.e2e.test_offline import on_record
from tests.e2e.town import Town

pytestmark = pytest.mark.e2e

STORED = """async () => {
  const databases = (await indexedDB.databases()).filter(({name}) => name.startsWith("wardlight-outbox-"));
  const all = await Promise.all(databases.map(({name}) => new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asked = opening.result.transaction("ops").objectStore("ops").getAll();
      asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
    };
  })));
  return all.flat();
}"""


def stored(page: Page) -> list[dict[str, Any]]:
    """Every op that lies on the device, whosever it is."""
    found: list[dict[str, Any]] = page.evaluate(STORED)
    return found


def test_who_signs_out_leaves_entries_that_others_send_and_nobody_reads(town: Town, devices: Devices) -> None:
    omar, tablet = devices.person("omar"), devices.person("nia")
    declare(omar)
    tablet.get_by_role("link", name="My card").first.click()
    expect(task(tablet, "A1")).to_be_visible(timeout=SOON_MS)
    installed(tablet)
    # What was on the screen before the reload may not have reached the storage yet.
    expect(contact(tablet)).to_contain_text("In contact", timeout=SOON_MS)
    expect(task(tablet, "A1")).to_be_visible(timeout=SOON_MS)
    town.kill()

    # Nia ticks and writes a note while nothing answers, and signs out.
    assert tick_next(tablet) == "A1"
    task(tablet, "A2").locator(".task__title").click()
    drawer = tablet.get_by_role("dialog")
    drawer.get_by_role("button", name=re.compile("Add a note")).click()
    drawer.get_by_role("textbox").fill("Paper from the kit")
    drawer.get_by_role("button", name="Keep the note").click()
    tablet.get_by_role("link", name=re.compile("More: language, sign out")).click()
    tablet.get_by_role("button", name="Sign out").click()
    expect(drawer).to_contain_text(re.compile(r"entries of Nia stay on this device"))
    expect(drawer).to_contain_text("nobody who signs in here can read them", timeout=SOON_MS)
    drawer.get_by_role("button", name="Sign out").click()
    expect(tablet.get_by_text(re.compile("sealed, and are sent by themselves"))).to_be_visible(timeout=SOON_MS)

    left = stored(tablet)
    waiting = [op for op in left if op["result"] is None]
    assert waiting and {op["kind"] for op in left} == {"sealed"}
    assert "Paper from the kit" not in str(left)

    # Dana signs in on it: she sees nothing of it, and hands it in.
    town.start()
    sign_in(tablet, town, "dana")
    expect(tablet.get_by_text("Paper from the kit")).to_have_count(0)
    tablet.goto(f"{town.address}/app/card/icu?role=bedside-nurse")
    expect(task(tablet, "A1").locator(".box--record")).to_be_visible(timeout=60_000)
    assert [(op["by"], op["result"]["st"]) for op in on_record(town, "note.add")] == [("nia", "ok")]
    assert [(op["by"], op["args"]["note"]) for op in on_record(town, "task.complete")] == [("nia", "")]

    # Nia comes back: her entries are readable again, and on record.
    tablet.goto(f"{town.address}/app/more")
    tablet.get_by_role("button", name="Sign out").click()
    drawer.get_by_role("button", name="Sign out").click()
    tablet.get_by_role("radio", name=re.compile("Nia")).click()
    tablet.get_by_label("Password").fill("demo")
    tablet.get_by_role("button", name="Sign in").click()
    expect(tablet.get_by_role("navigation", name="Main")).to_be_visible(timeout=SOON_MS)
    tablet.goto(f"{town.address}/app/entries")
    expect(tablet.get_by_text(re.compile("Paper from the kit"))).to_be_visible(timeout=SOON_MS)
    expect(tablet.get_by_text("Saved on this phone")).to_have_count(0)
