"""Values as YAML text in the hand of the library: lists indented, short groups on one line, nothing folded. Pure.

Values are groups, lists and strings, as the reader gives them. What means a number or yes and no in the model is
written without quotes, everything else as other programs would read it as text.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_BARE = {"safety", "two_person", "role_only", "required", "level", "min", "max", "at_least", "at_most"}
_NUMBER = re.compile(r"^-?(?:0|[1-9][0-9]{0,8})$")
_LINE_CHARS = 110


class _Dumper(yaml.SafeDumper):
    """Lists stand a step further in than their name, and nothing is written by reference."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, _data: Any) -> bool:
        return True


class _OneLine(dict[str, Any]):
    """A group or list that is written as {…} or […]."""


class _OneLineList(list[Any]):
    """The same for a list."""


_Dumper.add_representer(
    _OneLine, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)
)
_Dumper.add_representer(
    _OneLineList, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)


def block(group: dict[str, Any], column: int) -> str:
    """A group as lines whose first continues a line at the column; without the last line's end."""
    text = _dump({name: _laid_out(name, value) for name, value in group.items()})
    return text.rstrip("\n").replace("\n", f"\n{' ' * column}")


def whole_file(value: dict[str, Any]) -> str:
    """A plan file."""
    return _dump({name: _laid_out(name, one) for name, one in value.items()})


def _dump(value: Any) -> str:
    how: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 10**6, "default_flow_style": False}
    return str(yaml.dump(value, Dumper=_Dumper, **how))


def _laid_out(name: str, value: Any, depth: int = 0) -> Any:
    """Cards and steps as blocks, what is small inside of them on one line."""
    if isinstance(value, dict):
        laid = {key: _laid_out(key, one, depth + 1) for key, one in value.items()}
        return _OneLine(laid) if name not in ("cards", "steps") and _fits(laid) else laid
    if isinstance(value, tuple | list):
        items = [_laid_out(name, one, depth + 1) for one in value]
        is_flat = not any(isinstance(one, dict) for one in value)
        return _OneLineList(items) if (is_flat and _fits(items)) or not items else items
    return _bare(value) if name in _BARE else value


def _fits(value: Any) -> bool:
    return len(str(value)) <= _LINE_CHARS


def _bare(value: str | None) -> Any:
    if value in ("true", "false"):
        return value == "true"
    return int(value) if value is not None and _NUMBER.match(value) else value
