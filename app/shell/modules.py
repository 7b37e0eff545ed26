"""One browser module read as text: what it takes from others, what it gives, and the rest. Pure rules.

It reads the modules of this house, not all of JavaScript: every `import` and `export` stands at the start of its line
(docs/frontend.md). What it does not understand is an error, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import dirname, join, normpath

IMPORT = re.compile(r'^import\s+(?:(?P<what>[^"\';]+?)\s+from\s+)?"(?P<name>[^"]+)";?[ \t]*$', re.MULTILINE)
PASSED_ON = re.compile(r'^export\s+\{(?P<what>[^}]*)\}\s+from\s+"(?P<name>[^"]+)";?[ \t]*$', re.MULTILINE)
LISTED = re.compile(r"^export\s+\{(?P<what>[^}]*)\};?[ \t]*$", re.MULTILINE)
DEFAULT_NAMED = re.compile(r"^export\s+default\s+(?=(?:async\s+)?(?:function|class)\s+(?P<name>\w+))", re.MULTILINE)
DEFAULT = re.compile(r"^export\s+default\s+", re.MULTILINE)
NAMED = re.compile(
    r"^export\s+(?=(?:const|let|class|(?:async\s+)?function)\s*\*?\s*(?P<name>\w+))",
    re.MULTILINE,
)
# Not the types of a comment, which go on: `() => import("./x.js").Y`.
LATER = re.compile(r'=> import\("(?P<name>\.[^"]+)"\)(?=[,;\s])')
LEFT_OVER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)
DEFAULT_LOCAL = "$default"


class UnreadableModule(ValueError):
    """A module that is written in a way this reader does not know."""


@dataclass(frozen=True)
class Taken:
    """What one import statement binds: `{a, b as c}` becomes {"c": "b", "a": "a"}; `*` stands for all of it."""

    module: str
    names: dict[str, str]
    is_library: bool


@dataclass(frozen=True)
class Module:
    """A module without its import and export statements."""

    path: str
    takes: tuple[Taken, ...]
    gives: dict[str, str]  # exported name -> the expression that holds it
    later: tuple[str, ...]  # modules that are asked for while the app runs
    body: str


def read_module(path: str, text: str) -> Module:
    """Read the module at a path below static/js. Raises UnreadableModule for a statement it does not know."""
    takes: list[Taken] = []
    gives: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        takes.append(_taken(path, found["name"], _bindings(found["what"] or "")))
        return ""

    def pass_on(found: re.Match[str]) -> str:
        names = {f"$on{len(takes)}_{outer}": inner for outer, inner in _pairs(found["what"]).items()}
        takes.append(_taken(path, found["name"], names))
        gives.update({local.partition("_")[2]: local for local in names})
        return ""

    def list_up(found: re.Match[str]) -> str:
        gives.update(_pairs(found["what"]))
        return ""

    body = PASSED_ON.sub(pass_on, IMPORT.sub(take, text))
    body = LISTED.sub(list_up, body)
    body = DEFAULT_NAMED.sub(lambda found: _gave(gives, "default", found["name"]), body)
    body = DEFAULT.sub(lambda _found: _gave(gives, "default", DEFAULT_LOCAL, f"const {DEFAULT_LOCAL} = "), body)
    body = NAMED.sub(lambda found: _gave(gives, found["name"], found["name"]), body)
    if left := LEFT_OVER.search(body):
        raise UnreadableModule(f"{path}: cannot read {left[0]!r}")
    later = tuple(resolve(path, name) for name in LATER.findall(body))
    return Module(path, tuple(takes), gives, later, body)


def resolve(path: str, name: str) -> str:
    """The path below static/js that a relative name means in a module; a bare name of a library stays as it is."""
    return normpath(join(dirname(path), name)) if name.startswith(".") else name


def _taken(path: str, name: str, names: dict[str, str]) -> Taken:
    return Taken(resolve(path, name), names, is_library=not name.startswith("."))


def _gave(gives: dict[str, str], outer: str, inner: str, instead: str = "") -> str:
    gives[outer] = inner
    return instead


def _bindings(what: str) -> dict[str, str]:
    """`X, { a, b as c }` -> {"X": "default", "a": "a", "c": "b"}; `* as X` -> {"X": "*"}."""
    before, brace, inside = what.partition("{")
    names = _pairs(inside.partition("}")[0]) if brace else {}
    plain = before.strip().strip(",").strip()
    if plain.startswith("*"):
        names[plain.split()[-1]] = "*"
    elif plain:
        names[plain] = "default"
    return names


def _pairs(inside: str) -> dict[str, str]:
    """`a, b as c` -> {"a": "a", "c": "b"}."""
    words = [part.split() for part in inside.split(",") if part.strip()]
    return {parts[-1]: parts[0] for parts in words}
