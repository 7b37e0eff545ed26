"""A screen that nobody has looked at with axe and Lighthouse is not shipped."""

from __future__ import annotations

import re

from app.bench.lighthouse.places import BY_PERSON
from tests.e2e.screens import ALL, STEP_BY_STEP
from tests.rules.source_tree import ROOT

SCREEN = re.compile(r'^  "?([a-z-]+)"?: \(\) => import\(', re.MULTILINE)


def screens_of(source: str) -> set[str]:
    """The names under which the app keeps its screens; the first one, Now, comes with the app itself."""
    return {"now", *SCREEN.findall(source)}


def inspected() -> set[str]:
    """The screens that the accessibility stories look at."""
    return {name.partition(":")[0] for screens in ALL for name, _path in screens} | set(STEP_BY_STEP)


def test_every_screen_of_the_app_is_inspected() -> None:
    source = (ROOT / "static/js/screens.js").read_text(encoding="utf-8")

    assert screens_of(source) - inspected() == set()
    assert len(screens_of(source)) > 20


def test_lighthouse_looks_at_every_screen_of_the_app() -> None:
    measured = {name.partition(":")[0] for _person, places in BY_PERSON for name, _path in places}

    assert screens_of((ROOT / "static/js/screens.js").read_text(encoding="utf-8")) - measured == set()


def test_a_new_screen_is_seen_however_its_name_is_written() -> None:
    source = '  tide: () => import("./a.js"),\n  "high-tide": () => import("./b.js"),\n'

    assert screens_of(source) == {"now", "tide", "high-tide"}
