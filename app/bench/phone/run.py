"""First load, cold start without a server, a tap, and scrolling: what a nurse with a cheap phone waits for."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.bench.frame import Options, Result, spread
from app.bench.phone.browser import (
    SLOWDOWN,
    Missing,
    chromium,
    phone,
    script,
    shown_after_ms,
    sign_in,
    slow_down,
    tools,
)
from app.bench.phone.ward import NURSE, PASSWORD, ROWS, found_ward
from app.bench.processes import Server, our_server

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIGN_IN_FIELD = ".phone form input, main form input"
STEP = "li.task"
ALONE = ".alone"
NEXT_BOX = "li.task--next:not(:has(.box--saved)) .box"  # the light has left the step before
TAPS, SCROLLS = 12, 3
SCROLL_PIXELS, PIXELS_A_SECOND = 12_000, 4_000
NOTE = (
    "Chromium through its developer tools: Slow 4G is 562 ms for each request and 1.4 Mbit/s, a slow processor "
    f"{SLOWDOWN} times slower than this one. "
    "A tap counts from the event until the row says “saved”, which it does when IndexedDB has committed."
)


def run(options: Options) -> Result:
    """Everything with one ward; each figure with its spread over the rounds."""
    try:
        chromium()
    except Missing as missing:
        return _missing(missing)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = Path(folder)
        town = found_ward(home / "data")
        server = stack.enter_context(our_server(town.data_dir))
        address = f"http://127.0.0.1:{server.port}"
        _warm(home / "before", address)
        first = [_first_load(home / f"fresh-{turn}", address) for turn in range(options.rounds)]
        with phone(home / "nurse") as page:
            _open_card(page, address)
            taps = _taps(page, address)
            scrolls = _scrolls(page, f"{address}/app/card/{town.phones[0].unit}")
        cold = _cold_starts(home / "nurse", address, server, options.rounds)
    return _result(first, taps, scrolls, cold)


def _warm(profile: Path, address: str) -> None:
    """The server has served somebody before: it joins and compresses its files once."""
    with phone(profile) as page:
        page.goto(f"{address}/app/")
        page.wait_for_selector(SIGN_IN_FIELD)


def _first_load(profile: Path, address: str) -> float:
    """From the address to a sign-in page that can be typed into, with nothing kept on the phone."""
    with phone(profile) as page:
        slow_down(tools(page), network=True)
        page.goto(f"{address}/app/", wait_until="commit")
        return shown_after_ms(page, SIGN_IN_FIELD)


def _open_card(page: Page, address: str) -> None:
    """Sign in, and wait until all rows are kept on the phone."""
    sign_in(page, address, NURSE, PASSWORD)
    page.goto(f"{address}/app/card")
    page.wait_for_selector(STEP, timeout=60_000)


def _taps(page: Page, address: str) -> list[float]:
    """Milliseconds from each tap until its row says that it is saved; the network is cut, so that it stays so."""
    page.context.set_offline(True)
    page.wait_for_selector(ALONE, timeout=60_000)  # the bar comes above the steps, and moves them under the finger
    slow_down(tools(page))
    page.evaluate(script("taps"))
    for turn in range(1, TAPS + 1):
        _touch(page, NEXT_BOX)
        page.wait_for_function("(count) => globalThis.wardlightTaps.length >= count", arg=turn, timeout=30_000)
    found = page.evaluate("() => globalThis.wardlightTaps")
    page.context.set_offline(False)
    return [float(one) for one in found]


def _touch(page: Page, selector: str) -> None:
    """A finger on the element, and nothing else: the tool's own tap runs scripts in the page first."""
    element = page.locator(selector).first
    element.evaluate("(one) => one.scrollIntoView({ block: 'center' })")  # what was saved is said over the lower edge
    if (box := element.bounding_box()) is None:
        raise RuntimeError(f"{selector} is not to be seen")
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _scrolls(page: Page, card: str) -> list[float]:
    """Every task above 50 ms while the list of the whole unit scrolls down and up."""
    page.goto(card)
    page.wait_for_selector(STEP, timeout=60_000)
    page.wait_for_timeout(3_000)  # what comes after the first picture is no part of scrolling
    line = tools(page)
    slow_down(line)
    page.evaluate(script("long_tasks"))
    for turn in range(SCROLLS * 2):
        distance = SCROLL_PIXELS if turn % 2 else -SCROLL_PIXELS
        gesture = {"x": 200, "y": 500, "yDistance": distance, "speed": PIXELS_A_SECOND, "gestureSourceType": "touch"}
        line.send("Input.synthesizeScrollGesture", gesture)
    if page.locator(STEP).count() < 500:
        raise RuntimeError("the list is not long enough to say anything")
    return [float(one) for one in page.evaluate("() => globalThis.wardlightLong")]


def _cold_starts(profile: Path, address: str, server: Server, rounds: int) -> dict[str, list[float]]:
    """The server is dead and the browser was closed: from the address to the nurse's card."""
    server.kill()
    found: dict[str, list[float]] = {}
    for name, processor in (("as_it_is", 1), (f"{SLOWDOWN}_times_slower", SLOWDOWN)):
        for _ in range(rounds):
            with phone(profile) as page:
                slow_down(tools(page), processor=processor)
                page.goto(f"{address}/app/card", wait_until="commit")
                found.setdefault(name, []).append(shown_after_ms(page, STEP))
    return found


def _missing(missing: Missing) -> Result:
    result = Result("phone", goals=[("first load, cold start, tap and scrolling on a slow phone", None)])
    result.notes = [str(missing)]
    return result


def _result(
    first: Sequence[float], taps: Sequence[float], scrolls: Sequence[float], cold: dict[str, list[float]]
) -> Result:
    figures: dict[str, Any] = {
        "rows_on_the_phone": ROWS,
        "first_load_ms": spread(first, digits=0),
        "cold_start_ms": {name: spread(values, digits=0) for name, values in cold.items()},
        "tap_to_saved_ms": spread(taps),
        "scrolling_long_tasks": len(scrolls),
        "scrolling_worst_task_ms": round(max(scrolls, default=0.0)),
    }
    median = {"first": figures["first_load_ms"]["median"], "tap": figures["tap_to_saved_ms"]["median"]}
    result = Result("phone", figures=figures)
    result.goals = [
        ("first load on Slow 4G and a slow processor usable within 3 s", median["first"] < 3_000),
        ("cold start without a server to a readable card within 1 s",
         figures["cold_start_ms"]["as_it_is"]["median"] < 1_000),
        ("a tap is saved within 50 ms with 2,000 rows on a slow processor", median["tap"] < 50),
        ("500 steps scroll without a task above 50 ms on a slow processor", not scrolls),
    ]  # fmt: skip
    result.notes = [NOTE]
    return result
