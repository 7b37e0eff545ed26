"""Settings come from the environment, and a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.settings import Settings, from_environment


def test_without_variables_the_defaults_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WARDLIGHT_WORKER")
    assert from_environment() == Settings()


def test_each_kind_of_value_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, text in (("PORT", "8123"), ("HTTPS", "yes"), ("DEMO", "0"), ("HOST", "::1"), ("DATA_DIR", str(tmp_path))):
        monkeypatch.setenv(f"WARDLIGHT_{name}", text)

    found = from_environment()

    assert (found.port, found.https, found.demo, found.host, found.data_dir) == (8123, True, False, "::1", tmp_path)
    assert found.dsn == f"sqlite:///{tmp_path / 'wardlight.db'}"


def test_what_a_command_names_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARDLIGHT_PORT", "8123")

    assert from_environment(port=9000).port == 9000


@pytest.mark.parametrize(("name", "text"), [("PORT", "eighty"), ("SESSION_HOURS", "1.5"), ("HTTPS", "ture")])
def test_a_value_that_does_not_parse_is_named(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(f"WARDLIGHT_{name}", text)

    with pytest.raises(ValueError, match=f"WARDLIGHT_{name} .*{text}"):
        from_environment()


def test_a_database_elsewhere_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARDLIGHT_DATABASE_URL", "postgresql+psycopg://ward@localhost/ward")

    assert from_environment().dsn == "postgresql+psycopg://ward@localhost/ward"
