"""The key pairs of an installation."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.base.keys import from_base64, load_keys, to_base64


def test_the_keys_are_made_once_and_belong_to_their_owner_only(tmp_path: Path) -> None:
    first, again = load_keys(tmp_path), load_keys(tmp_path)

    assert first.public() == again.public()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["relay.key", "signing.key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    assert load_keys(tmp_path / "a").public() != load_keys(tmp_path / "b").public()


def test_a_damaged_key_stops_the_start_and_says_which(tmp_path: Path) -> None:
    load_keys(tmp_path)
    (tmp_path / "signing.key").write_text("c2hvcnQ")

    with pytest.raises(ValueError, match=r"signing\.key is damaged"):
        load_keys(tmp_path)


def test_a_signature_for_one_purpose_is_none_for_another(tmp_path: Path) -> None:
    keys = load_keys(tmp_path)

    assert keys.sign("status", "{}") == keys.sign("status", "{}") != keys.sign("receipt", "{}")


@pytest.mark.parametrize("text", ["", "AA", "_-8", to_base64(bytes(range(65)))])
def test_base64_comes_back_as_it_was(text: str) -> None:
    assert to_base64(from_base64(text)) == text


@pytest.mark.parametrize("text", ["AB", "A A", "AA==", "A\n", "+/8", "é"])
def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which of them does not matter
        from_base64(text)
