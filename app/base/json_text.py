"""Values as JSON text and back, for the database: every entry of a storm is written as half a dozen of them.

orjson does it in a tenth of the standard library's time, and refuses what only Python has (ADR 50). The few values it
does not take, such as a number beyond 64 bits, are left to the standard library, so that nothing is refused for speed.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

_STRICT = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_SORTED = _STRICT | orjson.OPT_SORT_KEYS
_slow_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_escaped = json.JSONEncoder(separators=(",", ":")).encode


def sorted_text(value: Any) -> str:
    """Compact JSON with the keys in order: equal values give equal texts. TypeError for what JSON cannot hold."""
    try:
        return orjson.dumps(value, option=_SORTED).decode()
    except TypeError:
        return _slow_sorted(value)


def column_text(value: Any) -> str:
    """The text of a JSON column, in the order in which it was made. Most are empty: a declaration writes tens of
    thousands of those."""
    if not value and isinstance(value, (list, dict)):
        return "[]" if isinstance(value, list) else "{}"
    try:
        return orjson.dumps(value, option=_STRICT).decode()
    except TypeError:
        return _escaped(value)


def column_value(text: str | bytes) -> Any:
    """The value of a JSON column: always a new one. ValueError when it is no JSON."""
    if text == "[]" or text == "{}":
        return [] if text == "[]" else {}
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)
