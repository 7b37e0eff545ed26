"""Compressed files survive a restart, and only what is whole and of this content is served."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.shell import kept
from app.shell.kept import KeptCompressed
from app.shell.squeeze import ENCODINGS, restored

CONTENT = b"what is down, what still works, what to do\n" * 50


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The encodings for which something was compressed."""
    asked: list[str] = []
    compress = kept.compressed

    def noted(encoding: str, content: bytes) -> bytes:
        asked.append(encoding)
        return compress(encoding, content)

    monkeypatch.setattr(kept, "compressed", noted)
    return asked


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_next_start_has_them_at_once(tmp_path: Path, made: list[str], encoding: str) -> None:
    folder = tmp_path / "kept"
    first = KeptCompressed(folder).get(encoding, CONTENT)
    again = KeptCompressed(folder)

    assert [again.get(encoding, CONTENT), again.get(encoding, CONTENT)] == [first, first]
    assert restored(encoding, first) == CONTENT
    assert made == [encoding]


@pytest.mark.parametrize("damage", [b"", b"half", "another's"])
def test_a_damaged_file_is_made_again(tmp_path: Path, made: list[str], damage: bytes | str) -> None:
    first = KeptCompressed(tmp_path).get("br", CONTENT)
    [file] = tmp_path.iterdir()
    file.write_bytes(damage if isinstance(damage, bytes) else kept.compressed("br", b"somebody else's words"))
    made.clear()

    assert KeptCompressed(tmp_path).get("br", CONTENT) == first
    assert made == ["br"]
    assert file.read_bytes() == first


def test_a_folder_that_cannot_be_made_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("a file")

    assert restored("br", KeptCompressed(tmp_path / "in the way").get("br", CONTENT)) == CONTENT


def test_what_an_earlier_build_left_is_removed(tmp_path: Path) -> None:
    KeptCompressed(tmp_path).get("br", b"of the earlier build")
    now = KeptCompressed(tmp_path)
    now.get("br", CONTENT)
    now.forget_others()

    assert [restored("br", path.read_bytes()) for path in tmp_path.iterdir()] == [CONTENT]
