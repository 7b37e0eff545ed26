"""What people do on the screens, in the words they read there."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.town import Town

SOON_MS = 15_000


def sign_in(page: Page, town: Town, username: str) -> None:
    """Sign in and wait for the first screen with contact."""
    page.goto(f"{town.address}/app/")
    page.get_by_label("Name you sign in with").fill(username)
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible(timeout=SOON_MS)
    expect(contact(page)).to_contain_text("In contact", timeout=SOON_MS)


def contact(page: Page) -> Locator:
    """The contact chip of the top bar."""
    return page.locator(".contact, .stamp, .desk__contact").first


def installed(page: Page) -> None:
    """Wait until the app is kept on the device, so that it opens without a network."""
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    expect(page.locator("h1").first).to_be_visible(timeout=SOON_MS)


def declare(page: Page, plan: str = "EHR is down") -> int:
    """Declare from the first screen; how many taps it took."""
    page.get_by_role("link", name="Declare an incident").click()
    page.get_by_role("link", name=re.compile(plan)).click()
    page.get_by_role("button", name="Declare real incident").click()
    expect(page.get_by_role("heading", name=plan, level=1)).to_be_visible(timeout=SOON_MS)
    return 3


def send_update(page: Page, town: Town, headline: str) -> None:
    """Write the next update and send it to all units."""
    page.goto(f"{town.address}/app/compose")
    page.get_by_label("Headline").fill(headline)
    page.get_by_role("button", name=re.compile(r"^Send update \d")).click()


def task(page: Page, code: str) -> Locator:
    """The row of a step by its code."""
    return page.locator("li.task").filter(
        has=page.locator(f".task__code:text-is('{code}'), .task__lead:text-is('{code}')")
    )


def tick_next(page: Page) -> str:
    """Do the step the light falls on, without what it asks for; its code."""
    row = page.locator("li.task--next").first
    code = row.locator(".task__code").inner_text()
    row.get_by_role("button", name="Done", exact=True).click()
    without = row.get_by_role("button", name="Done without it")
    if row.locator(".counts").count() and without.is_visible():
        without.click()
    expect(task(page, code).locator(".box--next")).to_have_count(0, timeout=SOON_MS)
    return code
