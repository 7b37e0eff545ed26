"""Files stay small enough to be read in one sitting."""

from __future__ import annotations

from pathlib import Path

from tests.rules.source_tree import ROOT, browser_files, named, python_files, write_tree

PYTHON_LINES = 400
BROWSER_LINES = 250


def files_too_long(root: Path) -> list[str]:
    python = [path for folder in ("app", "scripts", "tests") for path in python_files(root, folder)]
    browser = [path for folder in ("static/js", "tests/js") for path in browser_files(root, folder)]
    limits = [(path, PYTHON_LINES) for path in python] + [(path, BROWSER_LINES) for path in browser]
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path, _ in limits}
    return [
        f"{named(path, root)}: {lines[path]} lines, {limit} allowed" for path, limit in limits if lines[path] > limit
    ]


def test_no_file_is_too_long() -> None:
    assert files_too_long(ROOT) == []


def test_a_file_that_has_grown_too_long_is_found(tmp_path: Path) -> None:
    write_tree(tmp_path, {"app/a.py": "x = 1\n" * 401, "app/b.py": "x = 1\n" * 400, "static/js/c.js": ";\n" * 251})

    assert files_too_long(tmp_path) == ["app/a.py: 401 lines, 400 allowed", "static/js/c.js: 251 lines, 250 allowed"]
