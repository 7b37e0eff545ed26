"""YAML in, plain values and line numbers out.

Every scalar stays text: the model decides what a value means, not its look. So `no` is the
answer "no" where an answer is asked, and `4400` may be a phone number without quotes.
"""

from typing import Any, NamedTuple

import yaml

from app.plans.errors import PlanErrors, Problem

Path = tuple[str | int, ...]
MAX_CHARS = 1_000_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Document(NamedTuple):
    """A file as values, and the line on which each of them is written."""

    value: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it when the value is missing."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, *, source: str) -> Document:
    """Values of a YAML text as tuples, dicts and strings. Raises PlanErrors with file and line."""
    if len(text) > MAX_CHARS:
        raise PlanErrors([Problem(source, 1, "The file is larger than one million characters.")])
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise PlanErrors([_syntax_problem(error, source)]) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise PlanErrors([Problem(source, 1, f"This is not readable YAML: {error}.")]) from None
    if root is None:
        raise PlanErrors([Problem(source, 1, "The file is empty.")])
    reader = _Reader(source)
    value = reader.value(root, ())
    if reader.problems:
        raise PlanErrors(reader.problems)
    return Document(value, reader.lines)


def scalar_of(node: yaml.Node) -> str | None:
    """The text of a scalar; None where nothing is written. libyaml says "" for the style of plain text."""
    text = str(node.value)
    return None if not getattr(node, "style", None) and text in ("", "~", "null") else text


def _syntax_problem(error: yaml.MarkedYAMLError, source: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    return Problem(source, line, f"This is not readable YAML: {error.problem or error.context}.")


class _Reader:
    """Walks the nodes once, so that a value and its line come from the same place."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:  # an alias: ten lines of them can stand for a billion values
            self._problem(node, "References (& and *) are not allowed here. Write it out.")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, (*path, n)) for n, item in enumerate(node.value))
        return scalar_of(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in values:
                self._problem(key_node, f'"{key}" is written twice.')
            self.lines[(*path, key)] = key_node.start_mark.line + 1
            values[key] = self.value(value_node, (*path, key))
        return values

    def _problem(self, node: yaml.Node, sentence: str) -> None:
        self.problems.append(Problem(self.source, node.start_mark.line + 1, sentence))
