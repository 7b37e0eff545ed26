"""Chromium with a profile that outlives it, slowed down by the protocol of its developer tools."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, CDPSession, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
# What Chrome's own tools call Slow 4G.
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1_474_560 / 8, "uploadThroughput": 675_000 / 8}
SLOWDOWN = 4


class Missing(Exception):
    """What the bench needs is not installed here."""


def chromium() -> str:
    """Where Chromium is. Missing when it, or what drives it, is not installed."""
    try:
        import playwright.sync_api  # noqa: F401 - a tool of development, not of the product
    except ImportError:
        raise Missing("Playwright is not installed: make setup") from None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise Missing("Chromium is not installed: make setup, or on Debian as root: apt-get install chromium")
    return found


@contextmanager
def phone(profile: Path, *flags: str) -> Iterator[Page]:
    """A phone's browser; its one page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        context: BrowserContext = play.chromium.launch_persistent_context(
            str(profile), executable_path=chromium(), args=[*FLAGS, *flags], viewport={"width": 390, "height": 844},
            is_mobile=True, has_touch=True, device_scale_factor=2, locale="en-GB", timezone_id="Europe/London",
        )  # fmt: skip
        try:
            yield context.pages[0]
        finally:
            context.close()


def sign_in(page: Page, address: str, username: str, password: str) -> None:
    """Sign in as a person does, and wait until the app is open and kept on the phone."""
    page.goto(f"{address}/app/")
    page.get_by_label("Name you sign in with").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("nav", timeout=60_000)
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")


def tools(page: Page) -> CDPSession:
    """A line to the developer tools of a page."""
    return page.context.new_cdp_session(page)


def slow_down(line: CDPSession, *, network: bool = False, processor: int = SLOWDOWN) -> None:
    """Make the page's processor this many times slower, and its network that of Slow 4G."""
    line.send("Emulation.setCPUThrottlingRate", {"rate": processor})
    if network:
        line.send("Network.enable")
        conditions: dict[str, Any] = dict(SLOW_4G)
        line.send("Network.emulateNetworkConditions", conditions)


def shown_after_ms(page: Page, selector: str, *, seconds: float = 60.0) -> float:
    """Milliseconds from the start of the navigation until a frame with the element was drawn."""
    handle = page.wait_for_function(script("drawn"), arg=selector, timeout=seconds * 1000)
    return float(handle.json_value())


def script(name: str) -> str:
    """A function that runs in the page."""
    return (Path(__file__).parent / f"{name}.js").read_text()
