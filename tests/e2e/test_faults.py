"""Networks that lie, tabs that freeze, browsers that die, storage that goes: on a real phone, before a fault proxy."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.conftest import Devices
from tests.e2e.lead import ask_as_omar, declared
from tests.e2e.people import SOON_MS, contact, installed, sign_in, task, tick_next
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
UNTIL_ONE_WAITS = """async () => {
  const registration = await navigator.serviceWorker.getRegistration('/app/');
  while (!registration.waiting) await new Promise((later) => setTimeout(later, 50));
}"""
LONGEST_STANDSTILL = """() => {
  let last = Date.now();
  window.stoodStillMs = 0;
  setInterval(() => {
    window.stoodStillMs = Math.max(window.stoodStillMs, Date.now() - last);
    last = Date.now();
  }, 100);
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


def on_her_card(devices: Devices) -> Page:
    """Nia's phone with her card on its screen, ready to start without a network."""
    nia = devices.person("nia")
    installed(nia)
    nia.get_by_role("link", name="My card").first.click()
    expect(nia.locator("li.task--next")).to_be_visible(timeout=SOON_MS)
    return nia


@contextmanager
def frozen(page: Page) -> Iterator[None]:
    """The tab stands still with the locks it holds, until the block ends.

    The browser's own command to freeze a tab does nothing to one that is shown, as one under test always is: so its
    code is halted.
    """
    session = page.context.new_cdp_session(page)
    session.send("Debugger.enable")
    session.send("Debugger.pause")
    yield
    session.send("Debugger.resume")
    session.detach()


def wait_for_ticks(page: Page, town: Town, count: int) -> None:
    """Until so many are on record, or too long."""
    for _ in range(LATER_MS // 250):
        if len(on_record(town, "task.complete")) >= count:
            return
        page.wait_for_timeout(250)


def assert_once(town: Town, count: int) -> None:
    """So many ticks are on record, each once."""
    ticks = [op for op in on_record(town, "task.complete") if op["by"] == "nia"]
    assert [op["result"]["st"] for op in ticks] == ["ok"] * count
    assert len({op["args"]["task"] for op in ticks}) == count


def kill_browser(profile: Path) -> None:
    """End the browser of a profile at once: the process that no other started."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in words and not any(word.startswith(b"--type=") for word in words):
            os.kill(int(folder.name), signal.SIGKILL)


def test_networks_that_lie_tabs_that_freeze_and_browsers_that_die_lose_nothing(
    town: TownBehindALine, devices: Devices, tmp_path: Path
) -> None:
    declared(town)
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
        kept = nia.evaluate(CACHED_TEXTS)
        assert not any(page in text for text in kept for page in ("Guest Wi-Fi", "upstream server"))
        town.line.clear()
        look(nia)
        expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=LATER_MS)
        expect(nia.locator(".alone")).to_have_count(0)

    # What the browser thinks of the network is wrong both ways.
    nia.evaluate("() => Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })")
    nia.evaluate("() => void window.dispatchEvent(new Event('offline'))")
    code = tick_next(nia)
    expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=LATER_MS)
    expect(contact(nia)).to_contain_text("In contact")

    # Two tabs follow each other; then the one that talks is frozen, as a phone freezes what it does not show.
    second = nia.context.new_page()
    second.goto(f"{town.address}/app/card")
    expect(contact(second)).to_contain_text("In contact", timeout=SOON_MS)
    code = tick_next(second)
    expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=SOON_MS)
    nia.evaluate(LONGEST_STANDSTILL)
    with frozen(nia):
        code = tick_next(second)
        expect(task(second, code).locator(".box--record")).to_be_visible(timeout=LATER_MS)
    expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=SOON_MS)
    # It stood still all the while: what it held was handed in by the other.
    nia.wait_for_function("() => window.stoodStillMs > 5000")
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
    wait_for_ticks(nia, town, ticked + 4)
    assert_once(town, ticked + 4)


def test_storage_that_goes_a_server_that_forgets_and_an_app_that_changes_lose_nothing(
    town: TownBehindALine, devices: Devices, tmp_path: Path
) -> None:
    incident = declared(town)
    nia = on_her_card(devices)
    before = tick_next(nia)
    expect(task(nia, before).locator(".box--record")).to_be_visible(timeout=SOON_MS)

    # The server is restored from a backup that does not know what came later.
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

    # A new version waits while the incident runs, and is offered when it has ended.
    town.line.set(network.followed_by(b"\n// the next version\n"), path="/sw.js")
    nia.evaluate("async () => { await (await navigator.serviceWorker.getRegistration('/app/')).update(); }")
    nia.evaluate(UNTIL_ONE_WAITS)
    expect(nia.get_by_role("button", name="Update now")).to_have_count(0)
    ask_as_omar(town, "incident.advance", incident=incident, to="cancelled", note="A test of the siren.")
    expect(nia.get_by_role("button", name="Update now")).to_be_visible(timeout=LATER_MS)

    # Only the files of the app are gone: they come from the server again.
    declared(town)
    nia.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")
    nia.goto(f"{town.address}/app/card")
    expect(nia.locator("li.task--next")).to_be_visible(timeout=SOON_MS)
    nia.wait_for_function("async () => (await caches.keys()).length > 0")

    # Only the database, with an entry in it that had not been sent: the phone says so.
    town.line.set(network.lose_request, path="/api/")
    town.line.cut()
    tick_next(nia)
    expect(nia.locator(".alone")).to_contain_text("1 saved", timeout=LATER_MS)
    nia.goto(f"{town.address}/login")
    nia.evaluate(DROP_DATABASES)
    town.line.clear()
    nia.goto(f"{town.address}/app/")
    lost = nia.get_by_text(re.compile("1 entry of Nia .* had not been sent and is gone"))
    expect(lost).to_be_visible(timeout=LATER_MS)
    nia.get_by_role("button", name="I have seen this").click()
    nia.get_by_role("link", name="My card").first.click()
    code = tick_next(nia)
    expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=LATER_MS)

    # Everything: it is a new phone, which asks who is there. No page of the app is open, which would open itself anew.
    nia.goto(f"{town.address}/login")
    session = nia.context.new_cdp_session(nia)
    session.send("Storage.clearDataForOrigin", {"origin": town.address, "storageTypes": "all"})
    nia.goto(f"{town.address}/app/card")
    expect(nia.get_by_label("Name you sign in with")).to_be_visible(timeout=SOON_MS)
    assert_once(town, 4)


def test_a_private_window_records_as_long_as_it_is_open(town: TownBehindALine, play: Playwright) -> None:
    declared(town)
    browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    nia = browser.new_context(timezone_id="Europe/London").new_page()
    sign_in(nia, town, "nia")
    nia.get_by_role("link", name="My card").first.click()
    code = tick_next(nia)
    expect(task(nia, code).locator(".box--record")).to_be_visible(timeout=SOON_MS)
    browser.close()
    assert_once(town, 1)
