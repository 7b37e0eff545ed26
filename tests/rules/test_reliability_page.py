"""Every test that docs/reliability.md names exists, and every known failure has its line."""

from __future__ import annotations

import re
from pathlib import Path

from tests.rules.source_tree import ROOT

PAGE = ROOT / "docs" / "reliability.md"
NAMED = re.compile(r"`(tests/[^`:]+)::([^`]+)`")
LAST_FAILURE = 62


def missing_tests(text: str, root: Path) -> list[str]:
    return [f"{path}::{name}" for path, name in NAMED.findall(text) if not _is_there(root / path, name)]


def _is_there(path: Path, name: str) -> bool:
    if not path.exists():
        return False
    text = path.read_text(encoding="utf-8")
    return f"def {name}(" in text if path.suffix == ".py" else f'test("{name}"' in text


def unnamed_failures(text: str) -> list[str]:
    told = {int(number) for number in re.findall(r"\bF(\d+)\b", text)}
    return [f"F{number}" for number in range(1, LAST_FAILURE + 1) if number not in told]


def test_every_test_named_on_the_page_exists() -> None:
    assert missing_tests(PAGE.read_text(encoding="utf-8"), ROOT) == []


def test_no_known_failure_is_left_out() -> None:
    assert unnamed_failures(PAGE.read_text(encoding="utf-8")) == []


def test_a_test_that_is_gone_is_found(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("def test_here() -> None: ...\n")
    text = "`tests/test_a.py::test_here` `tests/test_a.py::test_gone` `tests/b.test.js::never was`"

    assert missing_tests(text, tmp_path) == ["tests/test_a.py::test_gone", "tests/b.test.js::never was"]
    assert unnamed_failures("F1 to F61")[:1] == ["F2"]
