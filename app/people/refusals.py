"""The sentence for a body that was not understood: it names the field, and never repeats what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_SAYS: dict[str, str] = {
    "missing": "is missing",
    "string_type": "must be text",
    "string_too_short": "is too short",
    "string_too_long": "is too long",
    "string_pattern_mismatch": "has characters that are not allowed here",
    "string_unicode": "is not readable text",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "too_long": "has too many entries",
    "too_short": "has too few entries",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "literal_error": "is none of the words allowed here",
    "greater_than": "is too small",
    "greater_than_equal": "is too small",
    "less_than": "is too large",
    "less_than_equal": "is too large",
}


def sentence_of(problems: Sequence[Mapping[str, Any]]) -> str:
    """One sentence for the first of a body's problems (as pydantic lists them)."""
    first = problems[0]
    if first["type"] == "json_invalid":
        return "This is not readable as JSON."
    if first["type"] == "value_error":
        return str(first["msg"]).removeprefix("Value error, ")
    field = ".".join(str(part) for part in first["loc"])
    what = _SAYS.get(first["type"], "is not valid")
    return f"The field “{field}” {what}." if field else f"The request {what}."
