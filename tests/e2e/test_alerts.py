"""Push, end to end: our worker encrypts, a strict service decrypts, Chromium's worker shows it and takes the answer.

Only the browser's own line to a push service is left out: there is none without the internet.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Worker, expect

from tests.e2e.conftest import PICTURES, Devices
from tests.e2e.people import SOON_MS, declare, installed, send_update, sign_in
from tests.e2e.town import DESK, WITH_NOTIFICATIONS, Town
from tests.fakes.push_service import PushService, push_service

pytestmark = pytest.mark.e2e

# Stands for the browser's push manager: gives the keys and the address that the test's service knows.
SUBSCRIBES = """(made) => {
  let held = null;
  const asWire = (key) => ({
    endpoint: made.endpoint, options: { applicationServerKey: key }, toJSON: () => made,
    unsubscribe: async () => { held = null; return true; },
  });
  PushManager.prototype.subscribe = async (options) => (held = asWire(options.applicationServerKey.buffer));
  PushManager.prototype.getSubscription = async () => held;
}"""
SHOWN = """async () => (await self.registration.getNotifications()).map((one) =>
  ({ title: one.title, body: one.body, actions: one.actions.map(({ action }) => action) }))"""
TAP = """async (action) => {
  const shown = await self.registration.getNotifications();
  const notification = shown.find(({ title }) => title.startsWith("Update 1"));
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
}"""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """The push service that the town is allowed to send to."""
    with push_service() as made:
        monkeypatch.setenv("WARDLIGHT_PUSH_ORIGINS", made.origin)
        monkeypatch.setenv("WARDLIGHT_WORKER", "true")
        yield made


@pytest.fixture
def town(service: PushService, tmp_path: Path, seeded: Path) -> Iterator[Town]:
    made = Town(tmp_path, seeded=seeded)
    made.start()
    yield made
    made.kill()


def with_alerts(devices: Devices, town: Town, service: PushService, name: str) -> Page:
    """A phone whose person has turned alerts on under More."""
    page = devices.open(name, browser=WITH_NOTIFICATIONS)
    made = {"endpoint": service.endpoint(name), "keys": service.browser(name).keys}
    page.context.add_init_script(f"({SUBSCRIBES})({json.dumps(made)})")
    page.context.grant_permissions(["notifications"], origin=town.address)
    sign_in(page, town, name)
    installed(page)
    page.goto(f"{town.address}/app/more")
    page.get_by_role("button", name="Get alerts on this phone").click()
    expect(page.get_by_role("button", name="Send a test to this phone")).to_be_visible(timeout=SOON_MS)
    return page


def until(come_true: Callable[[], Any], what: str) -> Any:
    ends_at = time.monotonic() + SOON_MS / 1000
    while not (found := come_true()):
        assert time.monotonic() < ends_at, what
        time.sleep(0.05)
    return found


def deliver(page: Page, town: Town, message: dict[str, Any]) -> Worker:
    """Hand a decrypted message to the page's service worker, as the browser would; the worker."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"] if not one["isDeleted"]),
    )
    session.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(20)
    order = {"origin": town.address, "registrationId": found[-1], "data": json.dumps(message)}
    session.send("ServiceWorker.deliverPushMessage", order)
    return page.context.service_workers[0]


ARRIVED = """SELECT d.id FROM delivery d JOIN news n ON n.id = d.news
 WHERE n.purpose = 'broadcast.sent' AND d.arrived_at IS NOT NULL"""


def ask(town: Town, query: str) -> list[Any]:
    database = sqlite3.connect(f"file:{town.data / 'wardlight.db'}?mode=ro", uri=True)
    found = database.execute(query).fetchall()
    database.close()
    return [one[0] for one in found]


def bodies(worker: Worker) -> list[str]:
    return [one["body"] for one in worker.evaluate(SHOWN)]


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=True)


def test_an_update_reaches_a_phone_by_push_and_is_acknowledged_from_the_notification(
    service: PushService, town: Town, devices: Devices
) -> None:
    nia, omar = with_alerts(devices, town, service, "nia"), devices.person("omar", size=DESK)

    # A test first: handed over, shown, and its receipt is back on the screen.
    nia.get_by_role("button", name="Send a test to this phone").click()
    test = until(lambda: service.received("nia"), "the test was sent")[0].message
    deliver(nia, town, test)
    expect(nia.get_by_text(re.compile("arrived on this phone at"))).to_be_visible(timeout=SOON_MS)
    picture(nia, "phone-alerts")

    declare(omar)
    send_update(omar, town, "EHR is down. Stay on paper.")
    pushes = until(
        lambda: [one.message for one in service.received("nia") if one.message["notification"]["data"]["asks"]],
        "the update was sent",
    )
    worker = deliver(nia, town, pushes[0])
    shown = until(lambda: [one for one in worker.evaluate(SHOWN) if one["title"].startswith("Update 1")], "it is shown")
    assert shown == [{"title": "Update 1: EHR is down. Stay on paper.", "body": shown[0]["body"], "actions": ["ack"]}]

    worker.evaluate(TAP, "ack")

    until(lambda: "broadcast.ack" in ask(town, "SELECT kind FROM op_result"), "the answer is on record")
    assert ask(town, "SELECT count(*) FROM op_result WHERE kind = 'broadcast.ack'") == [1]
    until(lambda: ask(town, ARRIVED), "the arrival is on record")
    until(lambda: "Acknowledged. It is on record." in bodies(worker), "what became of it is said")
    assert service.problems == []


def test_when_the_internet_is_gone_everything_else_works_and_leaders_see_it(
    service: PushService, town: Town, devices: Devices
) -> None:
    nia, omar = with_alerts(devices, town, service, "nia"), devices.person("omar", size=DESK)
    service.answer["*"] = (302, {"Location": "/guest-network"}, b"")
    declare(omar)
    send_update(omar, town, "EHR is down. Stay on paper.")
    expect(omar.get_by_text(re.compile("Update 1 sent"))).to_be_visible(timeout=SOON_MS)

    omar.goto(f"{town.address}/app/board")
    expect(omar.get_by_text(re.compile(r"Push path .* down since"))).to_be_visible(timeout=30_000)
    picture(omar, "desk-push-down")
    nia.goto(f"{town.address}/app/updates")
    nia.get_by_role("link", name=re.compile("Stay on paper")).click()
    nia.get_by_role("button", name=re.compile("Acknowledge")).click()
    until(lambda: "broadcast.ack" in ask(town, "SELECT kind FROM op_result"), "the answer is on record")

    service.answer.clear()
    expect(omar.get_by_text(re.compile(r"Push path .* down since"))).to_have_count(0, timeout=60_000)
