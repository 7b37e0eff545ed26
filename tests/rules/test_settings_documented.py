"""Every setting stands in docs/settings.md under the name that an administrator types."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from app.base.settings import Settings
from tests.rules.source_tree import ROOT, write_tree

PAGE = "docs/settings.md"
VARIABLE = re.compile(r"\bWARDLIGHT_[A-Z0-9_]+\b")
# Variables that tell our own tests and scripts something and are no settings of an installation.
NOT_SETTINGS = re.compile(r"^WARDLIGHT_TEST_")


def variables_of(names: list[str]) -> set[str]:
    return {f"WARDLIGHT_{name.upper()}" for name in names}


def differences(root: Path, names: list[str]) -> list[str]:
    """Settings without a word on the page, and words on the page without a setting."""
    page = root / PAGE
    written = set(VARIABLE.findall(page.read_text(encoding="utf-8"))) if page.exists() else set()
    known = variables_of(names)
    missing = [f"{name} does not stand in {PAGE}" for name in sorted(known - written)]
    unknown = sorted(name for name in written - known if not NOT_SETTINGS.match(name))
    return missing + [f"{PAGE} speaks of {name}, which is no setting" for name in unknown]


def test_every_setting_is_documented() -> None:
    assert differences(ROOT, [field.name for field in fields(Settings)]) == []


def test_a_forgotten_setting_and_an_invented_one_are_found(tmp_path: Path) -> None:
    write_tree(tmp_path, {PAGE: "`WARDLIGHT_PORT` the port, `WARDLIGHT_COLOUR` the colour, `WARDLIGHT_TEST_DSN`"})

    assert differences(tmp_path, ["port", "host"]) == [
        f"WARDLIGHT_HOST does not stand in {PAGE}",
        f"{PAGE} speaks of WARDLIGHT_COLOUR, which is no setting",
    ]
