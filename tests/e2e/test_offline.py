"""The nurse's phone with no network, no server, and back."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, contact, declare, installed, send_update, task, tick_next
from tests.e2e.town import Town

pytestmark = pytest.mark.e2e


def on_record(town: Town, kind: str) -> list[dict[str, Any]]:
    """The ops of a kind as the server has them, in server order."""
    database = sqlite3.connect(f"file:{town.data / 'wardlight.db'}?mode=ro", uri=True)
    query = (
        "SELECT o.n, o.at, o.received_at, o.args, o.result, u.username FROM op_result o JOIN user u ON u.id = o.actor"
        " WHERE o.kind = ? ORDER BY o.received_at, o.n"
    )
    found = database.execute(query, (kind,)).fetchall()
    database.close()
    return [
        {"n": n, "at": at, "received_at": received, "args": json.loads(args), "result": json.loads(result), "by": by}
        for n, at, received, args, result, by in found
    ]


def tick_six(page: Page) -> list[str]:
    return [tick_next(page) for _ in range(6)]


def test_six_ticks_and_an_ack_made_with_no_server_arrive_once_and_in_order(town: Town, devices: Devices) -> None:
    omar, nia, bo = devices.person("omar"), devices.person("nia"), devices.person("bo")
    declare(omar)
    send_update(omar, town, "EHR is down. Stay on paper.")
    expect(nia.locator(".nav__badge")).to_have_text("1", timeout=SOON_MS)
    nia.get_by_role("link", name="My card").first.click()
    expect(task(nia, "A1")).to_be_visible(timeout=SOON_MS)

    # Nia's phone loses its network; Bo is first with A1; then the server dies and she closes her phone.
    nia.context.set_offline(True)
    bo.get_by_role("link", name="My card").first.click()
    assert tick_next(bo) == "A1"
    expect(task(bo, "A1").locator(".box--record")).to_be_visible(timeout=SOON_MS)
    installed(nia)
    town.kill()
    devices.shut("nia")

    # She opens it again: it starts from its own storage and says how old it is.
    nia = devices.open("nia")
    nia.goto(f"{town.address}/app/card")
    expect(nia.locator(".alone")).to_contain_text(re.compile("Working alone since|alone"), timeout=SOON_MS)
    ticked = tick_six(nia)
    assert ticked[0] == "A1"
    expect(nia.locator(".box--saved")).to_have_count(6)
    expect(nia.locator(".box--record")).to_have_count(0)
    nia.get_by_role("link", name="Updates").click()
    nia.get_by_role("link", name=re.compile("Stay on paper")).click()
    nia.get_by_role("button", name="Acknowledge for ICU").click()
    expect(nia.get_by_text("saved on this phone").first).to_be_visible()
    nia.goto(f"{town.address}/app/entries")
    expect(nia.get_by_text("Saved on this phone").first).to_be_visible()

    town.start()
    expect(nia.locator(".alone")).to_have_count(0, timeout=60_000)
    nia.goto(f"{town.address}/app/card")
    expect(nia.locator(".box--record")).to_have_count(6, timeout=60_000)
    expect(nia.locator(".box--saved")).to_have_count(0)

    mine = [op for op in on_record(town, "task.complete") if op["by"] == "nia"]
    assert len(mine) == 6
    assert [op["n"] for op in mine] == sorted(op["n"] for op in mine)
    assert [op["at"] for op in mine] == sorted(op["at"] for op in mine)
    assert [op["result"]["st"] for op in mine] == ["superseded", *["ok"] * 5]
    assert len([op for op in on_record(town, "broadcast.ack") if op["by"] == "nia"]) == 1

    # What Bo did first is shown, not overwritten.
    task(nia, "A1").locator(".task__title").click()
    expect(nia.get_by_role("dialog")).to_contain_text("Bo was first")


def without_her_steps() -> Callable[[Route], None]:
    """A line that breaks before the part of an answer that holds the steps of the ICU."""
    broken: list[str] = []

    def answer(route: Route) -> None:
        if broken:
            return route.abort()
        whole = route.fetch()
        if whole.status != 200:
            return route.fulfill(response=whole)
        body = whole.json()
        broken.extend([scope for scope in ("unit:icu",) if body["delta"].pop(scope, None)])
        return route.fulfill(response=whole, json={**body, "more": bool(broken)})

    return answer


def test_a_deep_link_opens_with_no_server_in_a_new_browser(town: Town, devices: Devices) -> None:
    omar, nia = devices.person("omar"), devices.person("nia")
    nia.route("**/api/sync/pull", without_her_steps())
    declare(omar)
    expect(nia.get_by_text("Your steps are still on their way to this phone.")).to_be_visible(timeout=SOON_MS)
    nia.unroute_all(behavior="wait")  # an answer may be under way
    installed(nia)
    expect(nia.get_by_text(re.compile(r"^\d+ of [1-9]")).first).to_be_visible(timeout=SOON_MS)
    expect(contact(nia)).to_contain_text("In contact", timeout=SOON_MS)
    devices.shut("nia")
    town.kill()

    nia = devices.open("nia")
    nia.goto(f"{town.address}/app/card/icu")

    expect(task(nia, "A1").first).to_be_visible(timeout=SOON_MS)
    expect(nia.locator(".alone")).to_be_visible(timeout=SOON_MS)
    nia.goto(f"{town.address}/app/help")
    expect(nia.get_by_role("link", name=re.compile("4400")).first).to_be_visible()


def test_nothing_on_an_old_screen_is_green(town: Town, devices: Devices) -> None:
    omar, nia = devices.person("omar"), devices.person("nia")
    declare(omar)
    nia.get_by_role("link", name="My card").first.click()
    tick_next(nia)
    expect(task(nia, "A1").locator(".box--record")).to_be_visible(timeout=SOON_MS)
    nia.get_by_role("link", name="Now").click()
    town.kill()

    expect(nia.locator(".alone")).to_be_visible(timeout=40_000)
    expect(nia.locator(".band--glow")).to_have_count(0)
    expect(nia.get_by_text("In contact")).to_have_count(0)
    expect(nia.get_by_text(re.compile("was down", re.I)).first).to_be_visible()


def test_an_incident_is_never_declared_by_a_queue(town: Town, devices: Devices) -> None:
    omar = devices.person("omar")
    omar.goto(f"{town.address}/app/declare")
    omar.get_by_role("link", name=re.compile("EHR is down")).click()
    town.kill()
    omar.get_by_role("button", name="Declare real incident").click()
    expect(omar.get_by_text("Nothing is declared yet.")).to_be_visible(timeout=SOON_MS)

    town.start()
    expect(omar.get_by_text(re.compile("In contact again. Declare now"))).to_be_visible(timeout=60_000)
    assert on_record(town, "incident.declare") == []

    omar.get_by_role("button", name="Declare real incident").click()
    expect(omar.get_by_role("heading", name="EHR is down", level=1)).to_be_visible(timeout=SOON_MS)
    assert len(on_record(town, "incident.declare")) == 1
