"""Letters stand out from their grounds in every theme (WCAG 2.2: 4.5 for text, 3 for what is drawn)."""

from __future__ import annotations

import re

import pytest

from tests.rules.source_tree import ROOT

TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--raw-([a-z0-9-]+): (#[0-9a-f]{6})\b")

TEXT, DRAWN = 4.5, 3.0
MEANINGS = ("green", "red", "blue", "plum", "violet")
GROUNDS = ("page", "sheet", "sunk", "stripe-1", "stripe-2")

ON_EVERY_GROUND = [(ink, ground, TEXT) for ink in ("ink", "ink-2") for ground in GROUNDS]
ON_SOFT_AND_SHEET = [(name, ground, TEXT) for name in MEANINGS for ground in (f"{name}-soft", "sheet", "page")]
INKS_ON_SOFT = [(ink, f"{name}-soft", TEXT) for name in MEANINGS for ink in ("ink", "ink-2")]
ON_SOLID = [("on-solid", f"{name}-solid", TEXT) for name in MEANINGS]
OTHERS = [
    ("lit-ink", "lit", TEXT),
    ("lit-ink-2", "lit", TEXT),
    ("act-ink", "act", TEXT),
    ("act-exercise-ink", "act-exercise", TEXT),
    ("play-ink", "tape-2", TEXT),
    ("play-ink-2", "play", TEXT),
    ("on-light", "lit-edge", TEXT),
    ("edge", "sheet", DRAWN),
    ("edge", "page", DRAWN),
    ("focus", "page", DRAWN),
    ("focus", "sheet", DRAWN),
]
ON_NIGHT = [
    (ink, ground, TEXT)
    for ink in ("ink", "ink-2", "green", "red", "blue", "plum", "violet")
    for ground in ("night", "night-2", "violet-night", "violet-night-2")
]


def block(selector: str) -> dict[str, str]:
    """The raw colours of the first rule with this selector."""
    body = TOKENS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(COLOUR.findall(body))


def theme(name: str) -> dict[str, str]:
    """All raw colours of a theme; "light, night" is the night ground of the light theme."""
    same = dict(COLOUR.findall(TOKENS.split("/* raw: the same in every theme */", 1)[1].split("}", 1)[0]))
    raw = same | block(':root, [data-theme="light"]')
    if name.startswith("dark"):
        raw |= block('[data-theme="dark"]')
    if name.endswith("night"):
        raw |= block('[data-ground="night"]')
    return raw


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_faint(name: str, pairs: list[tuple[str, str, float]]) -> list[str]:
    raw = theme(name)
    return [
        f"{ink} on {ground}: {contrast(raw[ink], raw[ground]):.2f}, {least} wanted"
        for ink, ground, least in pairs
        if contrast(raw[ink], raw[ground]) < least
    ]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_letters_are_readable_on_every_ground(name: str) -> None:
    assert too_faint(name, ON_EVERY_GROUND + ON_SOFT_AND_SHEET + INKS_ON_SOFT + ON_SOLID + OTHERS) == []


@pytest.mark.parametrize("name", ["light, night", "dark, night"])
def test_letters_are_readable_on_the_night_coloured_bars_also_in_exercises(name: str) -> None:
    assert too_faint(name, ON_NIGHT) == []


def test_the_dark_values_stand_twice_and_are_the_same() -> None:
    assert block('[data-theme="dark"]') == block(':root:not([data-theme="light"])')
    assert len(block('[data-theme="dark"]')) > 40


def test_a_faint_pair_is_found() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < TEXT
