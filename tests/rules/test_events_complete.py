"""Each type of event that code records is in the one dictionary, which holds no type that nobody records."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from app.base.event_types import EVENT_TYPES
from tests.rules.clock_reading import docstrings_removed
from tests.rules.source_tree import ROOT, named, parsed, python_files, write_tree

DICTIONARY = "app/base/event_types.py"
PARAMETER = "event_type"
# Which package records the events of a word; its types are asked for once the package is there.
RECORDED_BY = {
    "incident": "response",
    "task": "response",
    "help": "response",
    "note": "response",
    "step": "response",
    "handover": "response",
    "unit": "response",
    "broadcast": "broadcasts",
    "duty": "people",
    "person": "people",
    "device": "people",
    "plan": "plans",
    "site": "sync",
}
Places = dict[str, int | None]


def own_trees(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in python_files(root):
        if named(path, root) != DICTIONARY:
            yield named(path, root), docstrings_removed(parsed(path))


def takers_of_a_type(root: Path) -> Places:
    """Functions with a parameter `event_type`, and at which place it stands (None: by keyword only)."""
    found: Places = {}
    for _, tree in own_trees(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [
                    argument.arg for argument in [*node.args.posonlyargs, *node.args.args] if argument.arg != "self"
                ]
                if PARAMETER in names:
                    found[node.name] = names.index(PARAMETER)
                elif PARAMETER in [argument.arg for argument in node.args.kwonlyargs]:
                    found[node.name] = None
    return found


def type_argument(call: ast.Call, places: Places) -> ast.expr | None:
    """The expression that a call hands over as the type, if it calls one of the takers."""
    function = call.func
    name = (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
    if name not in places:
        return None
    for keyword in call.keywords:
        if keyword.arg == PARAMETER:
            return keyword.value
    place = places[name]
    return call.args[place] if place is not None and place < len(call.args) else None


def unknown_types(root: Path, known: set[str]) -> list[str]:
    """Literal types that the dictionary does not hold, and types glued together from pieces."""
    places, found = takers_of_a_type(root), []
    for name, tree in own_trees(root):
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            argument = type_argument(call, places)
            if argument is not None:
                found += [f"{name}:{call.lineno}: {problem}" for problem in problems_of(argument, known)]
    return found


def problems_of(argument: ast.expr, known: set[str]) -> list[str]:
    parts = list(ast.walk(argument))
    if any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in parts):
        return ["the type of an event is built from pieces"]
    words = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return [f"{word} is not in EVENT_TYPES" for word in words if "." in word and word not in known]


def texts(root: Path) -> set[str]:
    return {
        node.value
        for _, tree in own_trees(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def types_nobody_records(root: Path, known: set[str]) -> list[str]:
    written = texts(root)

    def is_due(event_type: str) -> bool:
        package = RECORDED_BY.get(event_type.partition(".")[0])
        return package is None or (root / "app" / package).is_dir()

    return [f"nobody records {kind}" for kind in sorted(known) if kind not in written and is_due(kind)]


def test_every_recorded_type_is_in_the_dictionary() -> None:
    assert unknown_types(ROOT, set(EVENT_TYPES)) == []


def test_every_type_of_the_dictionary_is_recorded_somewhere() -> None:
    assert types_nobody_records(ROOT, set(EVENT_TYPES)) == []


def test_an_unknown_type_is_found_behind_a_wrapper_too(tmp_path: Path) -> None:
    code = """
def record_event(work, event_type, attestation): ...
def tell(work, *, event_type): ...
record_event(work, "task.completed", me)
record_event(work, "task.eaten" if late else "task.completed", me)
tell(work, event_type="task.lost")
tell(work, event_type=f"task.{state}")
"""
    write_tree(tmp_path, {"app/response/commands.py": code})

    assert [sentence.partition(": ")[2] for sentence in unknown_types(tmp_path, {"task.completed"})] == [
        "task.eaten is not in EVENT_TYPES",
        "task.lost is not in EVENT_TYPES",
        "the type of an event is built from pieces",
    ]


def test_a_type_that_nobody_records_is_found_once_its_package_is_there(tmp_path: Path) -> None:
    write_tree(tmp_path, {DICTIONARY: '"task.confirmed"', "app/response/commands.py": 'DONE = "task.completed"\n'})

    known = {"task.completed", "task.confirmed", "plan.imported"}
    assert types_nobody_records(tmp_path, known) == ["nobody records task.confirmed"]
