"""Push from end to end in a real Firefox: it subscribes, our worker encrypts and posts, the browser decrypts and shows.

Between the two stands the test's push service, over TLS with a certificate that only this server is told to trust.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from app.base.ids import uuid7
from tests.e2e.conftest import PICTURES
from tests.e2e.firefox import Firefox, firefox
from tests.e2e.test_alerts import ARRIVED, ask
from tests.e2e.town import Town
from tests.fakes.browser_line import SHOWN, BrowserLine, browser_line
from tests.fakes.push_service import PushService, push_service
from tests.faults.certificate import good_certificate
from tests.faults.ward import EVERYTHING, op
from tests.server import Browser, RealServer

pytestmark = pytest.mark.e2e

SOON_SECONDS = 40
UPDATE = {"headline": "EHR is down. Stay on paper.", "do_now": "Chart and order on paper.", "works": "Phones work."}
NEXT = {"next_update_at": None, "audience": {"units": None, "roles": None}, "ack": "person"}
LISTED = "(await navigator.serviceWorker.ready).getNotifications().then((all) => all.map(({ title }) => title))"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PushService]:
    """The push service that the town is allowed to send to, and whose certificate it believes."""
    tls, trusted = good_certificate(tmp_path)
    with push_service(tls=tls) as made:
        monkeypatch.setenv("WARDLIGHT_PUSH_ORIGINS", made.origin)
        monkeypatch.setenv("WARDLIGHT_WORKER", "true")
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        yield made


@pytest.fixture
def line(service: PushService) -> Iterator[BrowserLine]:
    with browser_line(service) as made:
        yield made


@pytest.fixture
def town(service: PushService, tmp_path: Path, seeded: Path) -> Iterator[Town]:
    made = Town(tmp_path, seeded=seeded)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def nia(line: BrowserLine, tmp_path: Path) -> Iterator[Firefox]:
    with firefox(tmp_path, push_url=line.url) as browser:
        yield browser


def until(come_true: Callable[[], Any], what: str) -> Any:
    ends_at = time.monotonic() + SOON_SECONDS
    while not (found := come_true()):
        assert time.monotonic() < ends_at, what
        time.sleep(0.05)
    return found


def send(omar: Browser, n: int, kind: str, args: dict[str, Any]) -> None:
    answer = omar.push(op(kind, n, args))
    assert answer.json["results"][0]["st"] == "ok", answer.text


def with_alerts(nia: Firefox, town: Town) -> None:
    """Nia signs in and turns alerts on under More, after reading what they are."""
    nia.go(f"{town.address}/app/")
    nia.write("Name you sign in with", "nia")
    nia.write("Password", "demo")
    nia.press("button", "Sign in")
    nia.reads("In contact")
    nia.go(f"{town.address}/app/more")
    nia.reads("Alerts on this phone")
    nia.press("button", "Get alerts on this phone")
    nia.reads("Send a test to this phone")


def test_firefox_is_told_of_an_update_and_its_answer_is_on_record(
    service: PushService, line: BrowserLine, town: Town, nia: Firefox
) -> None:
    with_alerts(nia, town)
    assert ask(town, "SELECT endpoint FROM push_subscription") == [service.endpoint(name) for name in service.lines]
    omar, incident = Browser(RealServer(town.port, cast(Any, None)), "omar", "desk-omar").sign_in(), uuid7()

    send(omar, 1, "incident.declare", {**EVERYTHING, "incident": incident, "units": None})
    send(omar, 2, "broadcast.send", {**UPDATE, **NEXT, "broadcast": uuid7(), "incident": incident})

    title = "Update 1: EHR is down. Stay on paper."
    until(lambda: title in nia.run(LISTED), "the service worker has shown the update")
    alert = until(lambda: [words for words in nia.alerts() if words[0] == title], "it stands on the desktop")[0]
    assert "Chart and order on paper." in alert[1]
    until(lambda: ask(town, ARRIVED), "the arrival is on record, told by the browser itself")
    assert set(line.acks) == {SHOWN}

    nia.press_alert(title)
    nia.press("button", "Acknowledge")
    nia.reads("You acknowledged,")

    until(lambda: ask(town, "SELECT id FROM op_result WHERE kind = 'broadcast.ack'"), "the answer is on record")
    assert ask(town, "SELECT count(*) FROM op_result WHERE kind = 'broadcast.ack'") == [1]
    assert ask(town, "SELECT DISTINCT state FROM delivery WHERE channel = 'push'") == ["sent"]
    assert service.problems == []
    PICTURES.mkdir(parents=True, exist_ok=True)
    nia.picture(PICTURES / "firefox-acknowledged.png")
