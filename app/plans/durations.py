"""Spans of time as people write them in a plan: `5 min`, `2 h`, `1 h 30 min`, `60 min before`."""

import re

WHEN_IT_HAPPENS = "when it happens"

_UNITS = {"min": 1, "h": 60, "d": 24 * 60}
_PART = r"\d{1,4} (?:min|h|d)"
SPAN_PATTERN = rf"^{_PART}(?: {_PART})*$"
DUE_PATTERN = rf"^(?:{WHEN_IT_HAPPENS}|{_PART}(?: {_PART})*(?: before)?)$"


def span_minutes(text: str) -> int:
    """Minutes of a span such as `1 h 30 min`. Raises ValueError for anything else."""
    if not re.match(SPAN_PATTERN, text):
        raise ValueError(f'"{text}" is no span of time. Write it like 5 min, 2 h or 1 h 30 min.')
    return sum(int(number) * _UNITS[unit] for number, unit in re.findall(r"(\d+) (min|h|d)", text))


def due_minutes(text: str | None) -> int | None:
    """Minutes after the anchor (negative: before it), or None for a step that has no hour."""
    if text is None or text == WHEN_IT_HAPPENS:
        return None
    if text.endswith(" before"):
        return -span_minutes(text.removesuffix(" before"))
    return span_minutes(text)
