"""What all rule tests share: the files of the project, their imports and their text without comments.

Every checker takes the root of a tree, so that its own test can give it a small tree with a violation in it.
A checker returns one sentence a violation; no sentence means the rule holds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Import:
    """One imported module and the line that names it."""

    module: str
    line: int


def python_files(root: Path, folder: str = "app") -> list[Path]:
    return sorted((root / folder).rglob("*.py"))


def browser_files(root: Path, folder: str = "static/js") -> list[Path]:
    return sorted((root / folder).rglob("*.js"))


def template_files(root: Path) -> list[Path]:
    """Templates of every kind; the folder holds nothing else."""
    return sorted(path for path in (root / "templates").rglob("*") if path.is_file())


def named(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def module_name(path: Path, root: Path) -> str:
    """The dotted name of a file: app/base/clock.py is app.base.clock, a package is its folder."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(tree: ast.Module, modules: frozenset[str] = frozenset()) -> Iterator[Import]:
    """Every imported module, also inside functions; `from a import b` is a.b where a.b is one of `modules`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield Import(full if full in modules else node.module, node.lineno)


def dotted(node: ast.expr) -> str:
    """`a.b.c` as text, or "" for anything but plain names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


# Strings first, so that the // of an address inside one is not taken for a comment.
_JS_TOKEN = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|(?P<comment>//[^\n]*|/\*.*?\*/)""",
    re.DOTALL,
)


def without_js_comments(text: str) -> str:
    """The same text with comments blanked and line numbers kept."""
    return _JS_TOKEN.sub(lambda found: found["string"] or _blank(found["comment"]), text)


def without_template_comments(text: str) -> str:
    """A template without {# … #} and <!-- … -->, line numbers kept."""
    return re.sub(r"\{#.*?#\}|<!--.*?-->", lambda found: _blank(found[0]), text, flags=re.DOTALL)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def write_tree(root: Path, files: dict[str, str]) -> Path:
    """A small project for a checker's own test."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root
