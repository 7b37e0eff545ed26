"""The status as files: they stand alone, say how old they are, and are replaced as a whole."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask

from app.pages.public import commands
from app.pages.public.commands import export_if_due, export_status
from app.pages.public.one_sheet import one_sheet
from app.pages.public.statuspage import PATHS
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.databases import AppMaker
from tests.pages.conftest import Page
from tests.pages.said import say

LINK = re.compile(r"""(?:href|src)="([^"#][^"]*)\"""")


def test_every_file_of_the_status_is_there_and_nothing_is_fetched(northgate: Hospital, tmp_path: Path) -> None:
    say(northgate, northgate.declare(), "The vendor works on it.")
    folder = tmp_path / "stick" / "status"

    written = export_status(folder)

    assert {path.relative_to(folder).as_posix() for path in written} == {
        "index.html", "index.es.html", "status.atom", *(f"api/v2/{name}" for name in PATHS),
    }  # fmt: skip
    html = (folder / "index.html").read_text()
    assert "<script" not in html
    links = [link for link in LINK.findall(html) if not link.startswith("tel:")]
    assert links
    assert all((folder / link).exists() for link in links)
    assert json.loads((folder / "api/v2/summary.json").read_text())["status"]["indicator"] == "major"
    assert ElementTree.fromstring((folder / "status.atom").read_bytes())


def test_the_copy_says_when_it_was_made_and_how_long_to_rely_on_it(northgate: Hospital, tmp_path: Path) -> None:
    export_status(tmp_path)

    text = Page((tmp_path / "index.html").read_text()).text

    assert "A copy, made 21 Nov at 20:51. It does not change by itself." in text
    assert "Rely on it until 21:51 at most." in text
    assert "Nothing was down at 20:51" in text
    assert "Nothing is down" not in text.split("·", 1)[1]
    assert "Una copia, hecha el 21 nov a las 20:51." in Page((tmp_path / "index.es.html").read_text()).text


def test_an_exercise_says_so_in_the_copy_too(northgate: Hospital, tmp_path: Path) -> None:
    northgate.declare(kind="exercise")

    export_status(tmp_path)

    page = Page((tmp_path / "index.html").read_text())
    assert "EXERCISE" in page.text
    assert {"tape", "is-exercise"} <= set(page.classes)


def test_the_folder_of_the_setting_follows_each_change_and_each_minute(
    make_app: AppMaker, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_last", {})
    folder = tmp_path / "www"
    app: Flask = make_app(status_folder=str(folder))
    with app.app_context():
        export_if_due()
        first = (folder / "index.html").stat().st_mtime_ns
        export_if_due()
        assert (folder / "index.html").stat().st_mtime_ns == first

        clock.advance(minutes=1)
        export_if_due()

        assert "20:52" in (folder / "index.html").read_text()
        assert list(folder.rglob("*.new")) == []


def test_without_the_setting_nothing_is_written(northgate: Hospital, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "export_status", lambda folder: pytest.fail("written"))

    export_if_due()


def test_a_folder_that_cannot_be_written_is_tried_once_a_minute(
    make_app: AppMaker, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_last", {})
    (tmp_path / "file").write_text("not a folder")
    with make_app(status_folder=str(tmp_path / "file")).app_context():
        with pytest.raises(OSError, match="file"):
            export_if_due()
        export_if_due()
        clock.advance(minutes=1)
        with pytest.raises(OSError, match="file"):
            export_if_due()


def test_a_style_sheet_that_could_end_its_element_is_refused() -> None:
    assert (
        one_sheet('@import "a.css" layer(base);', lambda name: "b { color: red }") == "@layer base { b { color: red } }"
    )
    with pytest.raises(ValueError, match="end of an element"):
        one_sheet("</style>", str)
