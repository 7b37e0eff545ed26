"""What a browser may send as the content of a plan: groups, lists and texts, of which none is without end. Pure."""

from __future__ import annotations

import re
from typing import Any

from app.base.errors import AppError

MOST_LETTERS = 2_000
MOST_LEVELS = 8
MOST_ENTRIES = 20_000
_KEY = re.compile(r"^[a-z0-9][a-z0-9_-]{0,59}$")
# What YAML cannot hold, or what nobody types: control letters, halves of letters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def refuse_wild_values(value: dict[str, Any]) -> None:
    """AppError with a sentence unless the value can be the content of a plan file."""
    waiting: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while waiting:
        one, level = waiting.pop()
        seen += 1
        if seen > MOST_ENTRIES or level > MOST_LEVELS:
            raise AppError("too_large", "This plan is larger than a plan can be.", status=413)
        if isinstance(one, dict):
            if any(not _KEY.match(key) for key in one):
                raise AppError("malformed", "A word of the format is written in small letters.")
            waiting += [(inner, level + 1) for inner in one.values()]
        elif isinstance(one, list):
            waiting += [(inner, level + 1) for inner in one]
        else:
            refuse_wild_text(one)


def refuse_wild_text(one: Any) -> None:
    """AppError with a sentence unless this is a text that can be written down, or nothing."""
    if one is not None and not isinstance(one, str):
        raise AppError("malformed", "Everything in a plan is text.")
    if one and len(one) > MOST_LETTERS:
        raise AppError("malformed", f"A text has at most {MOST_LETTERS:,} letters.")
    if one and _UNWRITABLE.search(one):
        raise AppError("malformed", "A text holds letters that cannot be written down.")
