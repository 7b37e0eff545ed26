"""Networks that lie, tabs that freeze, browsers that die, storage that goes: on a real phone, before a fault proxy."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, contact, declare, installed, task, tick_next
from tests.e2e.test_offline import on_record
from tests.e2e.town import CHROMIUM, FLAGS, ROOT, Town
from tests.faults import network
from tests.faults.proxy import FaultProxy

pytestmark = pytest.mark.e2e

LATER_MS = 40_000
OTHERS_ANSWER = "This network answers in the server's place."
NOBODY_ANSWERS = "Keep going. Nothing is lost."
LIES = {
    "sign-in page": (network.sign_in_page, OTHERS_ANSWER),
    "redirect": (network.redirect_to_sign_in, OTHERS_ANSWER),
    "511": (network.network_sign_in_wanted, OTHERS_ANSWER),
    "empty answer": (network.nothing, OTHERS_ANSWER),
    "proxy error": (network.bad_gateway, NOBODY_ANSWERS),
    "black hole": (network.black_hole, NOBODY_ANSWERS),
}
CACHED_TEXTS = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
  }
  return texts;
}"""
DROP_DATABASES = """async () => {
  for (const { name } of await indexedDB.databases()) {
    await new Promise((done) => { indexedDB.deleteDatabase(name).onsuccess = done; });
  }
}"""


class TownBehindALine(Town):
    """The hospital, reached through the fault proxy only."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.line = FaultProxy(self.port).start()

    @property
    def address(self) -> str:
        return self.line.address

    def command(self, *words: str) -> str:
        """Run one of the product's commands on this hospital's data."""
        env = {**os.environ, "WARDLIGHT_DATA_DIR": str(self.data)}
        command = [sys.executable, "-m", "app", *words]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def town(tmp_path: Path) -> Iterator[TownBehindALine]:
    made = TownBehindALine(tmp_path)
    made.start()
    yield made
    made.kill()
    made.line.close()


def look(page: Page) -> None:
    """Somebody takes the phone into the hand: a moment at which it talks to the server."""
    page.evaluate("() => void window.dispatchEvent(new Event('focus'))")


def go_within(page: Page, path: str) -> None:
    """Another screen of the same page: leaving the page would let a waiting version in."""
    page.evaluate("(path) => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')); }", path)


def on_her_card(devices: Devices, username: str = "nia") -> Page:
    """A phone with the card of a running incident on its screen, ready to start without a network."""
    page = devices.person(username)
    installed(page)
    page.get_by_role("link", name="My card").first.click()
    expect(page.locator("li.task--next")).to_be_visible(timeout=SOON_MS)
    return page


def wait_for_ticks(page: Page, town: Town, count: int) -> None:
    """Until so many are on record, or too long."""
    for _ in range(LATER_MS // 250):
        if len(on_record(town, "task.complete")) >= count:
            return
        page.wait_for_timeout(250)


def assert_once(town: Town, codes: int, by: str = "nia") -> None:
    mine = [op for op in on_record(town, "task.complete") if op["by"] == by]
    assert [op["result"]["st"] for op in mine] == ["ok"] * codes
    assert [op["n"] for op in mine] == sorted({op["n"] for op in mine})


def test_what_a_network_says_in_the_server_s_place_is_neither_believed_nor_kept(
    town: TownBehindALine, devices: Devices
) -> None:
    declare(devices.person("omar"))
    nia = on_her_card(devices)
    ticked = 0
    for fault, words in LIES.values():
        town.line.set(fault)
        town.line.cut()
        code = tick_next(nia)
        ticked += 1
        expect(nia.locator(".alone")).to_contain_text(words, timeout=LATER_MS)
        expect(task(nia, code).locator(".box--saved")).to_be_visible()
        expect(nia.get_by_text("In contact")).to_have_count(0)
        # Opened again on this network it is the app, from the phone, and never the network's page.
        nia.reload()
        expect(task(nia, code).locator(".box--saved")).to_be_visible(timeout=SOON_MS)
        assert not any(
            page in text for text in nia.evaluate(CACHED_TEXTS) for page in ("Guest Wi-Fi", "upstream server")
        )
        town.line.clear()
        look(nia)
        expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=LATER_MS)
        expect(nia.locator(".alone")).to_have_count(0)
    assert_once(town, ticked)

    # What the browser thinks of the network is wrong both ways.
    nia.evaluate("() => Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })")
    nia.evaluate("() => void window.dispatchEvent(new Event('offline'))")
    code = tick_next(nia)
    expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=LATER_MS)
    expect(contact(nia)).to_contain_text("In contact")


def test_a_frozen_tab_is_replaced_and_a_browser_that_dies_keeps_what_it_called_saved(
    town: TownBehindALine, devices: Devices, tmp_path: Path
) -> None:
    declare(devices.person("omar"))
    nia = on_her_card(devices)
    second = nia.context.new_page()
    second.goto(f"{town.address}/app/card")
    expect(contact(second)).to_contain_text("In contact", timeout=SOON_MS)

    # Both follow each other; then the tab that talks is frozen, as a phone freezes what it does not show.
    code = tick_next(second)
    expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=SOON_MS)
    session = nia.context.new_cdp_session(nia)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    code = tick_next(second)
    expect(task(second, code).locator(".box--record")).to_be_visible(timeout=LATER_MS)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=SOON_MS)
    second.close()

    # The browser is killed in the moment in which an entry is called saved.
    town.line.set(network.lose_request)
    town.line.cut()
    saved = tick_next(nia)
    expect(task(nia, saved).locator(".box--saved")).to_be_visible()
    kill_browser(tmp_path / "devices" / "nia")
    devices.forget("nia")
    nia = devices.open("nia")
    nia.goto(f"{town.address}/app/card")
    expect(task(nia, saved).locator(".box--saved")).to_be_visible(timeout=SOON_MS)
    town.line.clear()
    look(nia)
    # The cookie may have died with the browser: what was recorded needs none.
    wait_for_ticks(nia, town, 3)
    assert_once(town, 3)


def kill_browser(profile: Path) -> None:
    """End the browser of a profile at once: the process that no other started."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in words and not any(word.startswith(b"--type=") for word in words):
            os.kill(int(folder.name), signal.SIGKILL)


def test_storage_that_goes_in_parts_or_whole_is_noticed_and_recovered_from(
    town: TownBehindALine, devices: Devices, play: Playwright
) -> None:
    declare(devices.person("omar"))
    nia = on_her_card(devices)

    # Only the files of the app: it comes from the server again.
    nia.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")
    nia.reload()
    expect(nia.locator("li.task--next")).to_be_visible(timeout=SOON_MS)
    nia.wait_for_function("async () => (await caches.keys()).length > 0")

    # Only the database, with an entry in it that had not been sent: the phone says so, and leaders see it.
    town.line.set(network.lose_request, path="/api/")
    town.line.cut()
    tick_next(nia)
    expect(nia.locator(".alone")).to_contain_text("1 saved", timeout=SOON_MS)
    nia.goto(f"{town.address}/login")
    nia.evaluate(DROP_DATABASES)
    town.line.clear()
    nia.goto(f"{town.address}/app/")
    expect(nia.get_by_text(re.compile("1 entry of Nia .* had not been sent and is gone"))).to_be_visible(
        timeout=LATER_MS
    )
    nia.get_by_role("button", name="I have seen this").click()
    nia.get_by_role("link", name="My card").first.click()
    code = tick_next(nia)
    expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=LATER_MS)

    # Everything: it is a new phone, which asks who is there.
    session = nia.context.new_cdp_session(nia)
    session.send("Storage.clearDataForOrigin", {"origin": town.address, "storageTypes": "all"})
    nia.goto(f"{town.address}/app/card")
    expect(nia.get_by_label("Name you sign in with")).to_be_visible(timeout=SOON_MS)

    # A private window keeps nothing afterwards, and works while it is open.
    browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    bo = browser.new_context(timezone_id="Europe/London").new_page()
    bo.goto(f"{town.address}/app/")
    bo.get_by_label("Name you sign in with").fill("bo")
    bo.get_by_label("Password").fill("demo")
    bo.get_by_role("button", name="Sign in").click()
    expect(contact(bo)).to_contain_text("In contact", timeout=SOON_MS)
    bo.get_by_role("link", name="My card").first.click()
    code = tick_next(bo)
    expect(task(bo, code).locator(".box--record")).to_be_visible(timeout=SOON_MS)
    browser.close()
    assert_once(town, 1, by="bo")


def test_a_phone_hands_in_again_what_a_restored_server_has_forgotten(
    town: TownBehindALine, devices: Devices, tmp_path: Path
) -> None:
    declare(devices.person("omar"))
    nia = on_her_card(devices)
    before = tick_next(nia)
    expect(task(nia, before).locator(".box--record")).to_be_visible(timeout=SOON_MS)
    town.command("backup", "--to", str(tmp_path / "safe"))
    (archive,) = (tmp_path / "safe").iterdir()
    later = tick_next(nia)
    expect(task(nia, later).locator(".box--record")).to_be_visible(timeout=SOON_MS)
    town.kill()
    unsent = tick_next(nia)
    expect(task(nia, unsent).locator(".box--saved")).to_be_visible()

    town.command("restore", str(archive), "--force")
    assert_once(town, 1)
    town.start()

    look(nia)
    for code in (before, later, unsent):
        expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=60_000)
    assert_once(town, 3)
    nia.goto(f"{town.address}/app/entries")
    expect(nia.locator(".entry--refused")).to_have_count(0)


def test_a_new_app_waits_while_an_incident_runs_and_is_offered_when_it_has_ended(
    town: TownBehindALine, devices: Devices
) -> None:
    omar = devices.person("omar")
    installed(omar)
    declare(omar)
    town.line.set(network.followed_by(b"\n// the next version\n"), path="/sw.js")
    omar.evaluate("async () => { await (await navigator.serviceWorker.getRegistration('/app/')).update(); }")
    omar.wait_for_function("async () => (await navigator.serviceWorker.getRegistration('/app/')).waiting !== null")
    expect(omar.get_by_role("button", name="Update now")).to_have_count(0)
    # The page of the old version goes on working with a server that has the new one.
    go_within(omar, "/app/advance")
    omar.get_by_role("link", name=re.compile("Cancel|Declared by mistake")).first.click()
    omar.locator("textarea, input[type=text]").first.fill("A test of the siren.")
    omar.get_by_role("button", name=re.compile("^Cancel")).first.click()

    expect(omar.get_by_role("button", name="Update now")).to_be_visible(timeout=LATER_MS)
