"""Turns what the model refuses into problems with a line and a sentence."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.plans.durations import DUE_PATTERN, SPAN_PATTERN
from app.plans.errors import Problem
from app.plans.format import CODE_PATTERN, DAY_PATTERN, FILE_PATTERN, KEY_PATTERN, SLUG_PATTERN
from app.plans.yaml_text import Document, Path

_OF_TYPE = {
    "missing": '"{name}" is missing.',
    "extra_forbidden": '"{name}" is not a word of this file format.',
    "literal_error": '"{name}" must be one of {expected}, not "{input}".',
    "string_too_long": '"{name}" is longer than {max_length} characters.',
    "string_too_short": '"{name}" is empty.',
    "string_type": '"{name}" must be text.',
    "tuple_type": '"{name}" must be a list.',
    "dict_type": '"{name}" must be a group of named values.',
    "too_short": '"{name}" needs at least one entry.',
    "model_type": '"{name}" must be a group of named values.',
    "int_parsing": '"{name}" must be a whole number, not "{input}".',
    "int_type": '"{name}" must be a whole number.',
    "bool_parsing": '"{name}" must be true or false, not "{input}".',
    "bool_type": '"{name}" must be true or false.',
    "greater_than_equal": '"{name}" must be at least {ge}.',
    "less_than_equal": '"{name}" must be at most {le}.',
    "value_error": "{error}",
}
_OF_PATTERN = {
    DUE_PATTERN: '"{name}" is written like 5 min, 2 h, 60 min before or when it happens, not "{input}".',
    SPAN_PATTERN: '"{name}" is written like 30 min or 2 h, not "{input}".',
    CODE_PATTERN: '"{name}" cannot be written as "{input}". A code is a letter and a number, such as B3.',
    KEY_PATTERN: '"{name}" names a step as role/code, such as pharmacist/G1, not "{input}".',
    DAY_PATTERN: '"{name}" is a day such as 2027-05-01, not "{input}".',
    FILE_PATTERN: '"{name}" is the path of a file beside the plans, without spaces, not "{input}".',
    SLUG_PATTERN: '"{name}" is written in small letters, digits and hyphens, not "{input}".',
}


def problems(error: ValidationError, document: Document, *, source: str) -> list[Problem]:
    """Every complaint of the model with the line of the value it is about."""
    return [Problem(source, document.line(path), sentence) for path, sentence in complaints(error)]


def complaints(error: ValidationError) -> Iterator[tuple[Path, str]]:
    """Every complaint of the model with the place of the value it is about."""
    for one in error.errors(include_url=False):
        yield tuple(one["loc"]), _sentence(one)


def _sentence(error: ErrorDetails) -> str:
    facts: dict[str, Any] = {**error.get("ctx", {}), "name": _name(error), "input": error["input"]}
    if error["type"] == "string_pattern_mismatch":
        template = _OF_PATTERN.get(str(facts["pattern"]), '"{name}" cannot be written as "{input}".')
    else:
        template = _OF_TYPE.get(error["type"], '"{name}": ' + error["msg"].replace("{", "{{"))
    return template.format(**facts)


def _name(error: ErrorDetails) -> str:
    names = [part for part in error["loc"] if isinstance(part, str)]
    return names[-1] if names else "file"
