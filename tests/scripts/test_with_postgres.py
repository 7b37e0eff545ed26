"""The temporary PostgreSQL leaves nothing behind and says what is missing."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts import with_postgres


def test_a_port_in_use_is_not_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        with pytest.raises(with_postgres.PostgresError, match="No free port"):
            with_postgres.free_port(f"{port}-{port}")


def test_missing_server_programs_are_named_with_the_cure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(with_postgres, "candidate_folders", lambda: iter(()))

    assert with_postgres.main(["--find"]) == 1

    assert "apt-get install postgresql" in capsys.readouterr().err


def test_server_and_folder_are_gone_after_a_command_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    homes: list[Path] = []
    monkeypatch.setattr(with_postgres, "init_cluster", noting_the_home(homes, with_postgres.init_cluster))

    with pytest.raises(ZeroDivisionError):
        fail_beside_a_server()

    assert len(homes) == 1
    assert not homes[0].exists()


def fail_beside_a_server() -> None:
    with with_postgres.running_server(with_postgres.DEFAULT_PORTS) as dsn:
        port = int(dsn.rpartition(":")[2].partition("/")[0])
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        raise ZeroDivisionError


def noting_the_home(homes: list[Path], init: Callable[..., None]) -> Callable[..., None]:
    def noted(home: Path, **options: Any) -> None:
        homes.append(home)
        init(home, **options)

    return noted
