"""The way a runner walks: floor by floor, from the lowest up, on each floor in the hospital's own order. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

BELOW = {"sub-basement": -2, "basement": -1, "lower ground": -0.5, "ground": 0, "mezzanine": 0.5}
UNKNOWN_FLOOR = 1_000.0


def floor_level(floor: str) -> float:
    """How high a floor lies. Floors that nobody can place come last."""
    name = floor.strip().lower()
    if name in BELOW:
        return float(BELOW[name])
    below = re.fullmatch(r"b(?:asement)?\s*(\d{1,2})", name)
    if below:
        return -float(below[1])
    found = re.search(r"-?\d{1,3}", name)
    return float(found[0]) if found else UNKNOWN_FLOOR


def walking_order(units: Iterable[Mapping[str, Any]], wanted: Collection[str]) -> list[str]:
    """The wanted units in the order in which a runner passes their doors."""
    here = [unit for unit in units if unit["id"] in wanted]
    return [unit["id"] for unit in sorted(here, key=lambda unit: (floor_level(unit["floor"]), unit["order"]))]
