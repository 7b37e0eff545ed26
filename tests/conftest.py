"""What every test may ask for: an app on a database of its own, a client, a clock that stands still, a shut network."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.base import clock as base_clock, meta
from app.base.db import db
from app.base.memory import look_through_everything
from app.base.settings import Settings
from app.factory import create_app
from app.live import presence, sockets
from tests.databases import TEST_DSN, AppMaker, Databases, databases

pytest_plugins = ["tests.cast", "tests.shared_app"]

LOOPBACK = ("127.", "::1", "localhost")
# A Saturday evening: the hour of many downtimes.
START = datetime(2026, 11, 21, 20, 51, tzinfo=UTC)

# "false": the servers and apps of this run go without the shortcuts (make test-long does so with live and sync).
FAST_PATH = os.environ.get("WARDLIGHT_TEST_FAST_PATH", "true") == "true"
for name in [one for one in os.environ if one.startswith("WARDLIGHT_") and not one.startswith("WARDLIGHT_TEST_")]:
    del os.environ[name]
if not FAST_PATH:
    os.environ["WARDLIGHT_FAST_PATH"] = "false"
# A server that a test starts has nobody to send to: its worker would only cost a second process each time.
os.environ["WARDLIGHT_WORKER"] = "false"

# Files with tests that take ten seconds and more: they begin first, so that no worker goes on alone at the end.
LASTING = frozenset({
    "test_accessibility", "test_chaos", "test_clocks", "test_fanout", "test_faults", "test_firefox", "test_invariants",
    "test_kill", "test_main_job", "test_real_client", "test_relay", "test_restored", "test_sealed", "test_simulated",
    "test_walls", "test_worker_process",
})  # fmt: skip


class FakeClock:
    """Stands still until a test moves it."""

    def __init__(self, start: datetime = START) -> None:
        self.instant = start

    def now(self) -> datetime:
        return self.instant

    def set(self, instant: datetime) -> None:
        """Go to an instant, also a past one."""
        self.instant = instant

    def advance(self, **duration: float) -> datetime:
        """Move on by a timedelta's arguments (minutes=5) and return the new instant."""
        self.instant += timedelta(**duration)
        return self.instant


class Phone(FlaskClient):
    """A client whose every request has an application context of its own, as in the server.

    Without it the test's own context would be taken over: `g`, the signed-in person and the session would leak
    from request to request.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.remove()  # what the test reads after the request is fresh
        with self.application.app_context():
            return super().open(*args, **kwargs)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What says the same beside PostgreSQL runs on SQLite only: tests that open no database, and of those marked
    `door` (an input is refused before the database is asked) all values but the first. Those marked `postgres` are
    about what SQLite does not have."""
    seen: set[str] = set()
    if TEST_DSN not in os.environ:
        kept = [item for item in items if item.get_closest_marker("postgres") is None]
    else:
        kept = [item for item in items if "run_databases" in getattr(item, "fixturenames", ()) and _is_new(item, seen)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = sorted(kept, key=lambda item: item.path.stem not in LASTING)


def pytest_collection_finish() -> None:
    """What is imported by now stays for the whole run: looking through it for garbage again and again takes a tenth."""
    look_through_everything()
    gc.set_threshold(50_000, 20, 50)


def _is_new(item: pytest.Item, seen: set[str]) -> bool:
    name = item.nodeid.partition("[")[0]
    is_repeated = name in seen and item.get_closest_marker("door") is not None
    seen.add(name)
    return not is_repeated


@pytest.fixture(scope="session", autouse=True)
def shut_network() -> Iterator[None]:
    """Tests reach this machine only; anything else fails at once instead of waiting."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise ConnectionRefusedError(f"tests have no network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def run_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    source = databases(tmp_path_factory.mktemp("template"))
    yield source
    source.close()


@pytest.fixture
def make_app(run_databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppMaker]:
    """Makes apps, each on a fresh database; keyword arguments are settings. Hints go out at once, in this thread."""
    made: list[tuple[Flask, str]] = []
    monkeypatch.setattr(sockets.socketio, "start_background_task", lambda action: action())
    monkeypatch.setattr(sockets.socketio, "sleep", lambda _seconds: None)

    def make(**settings: Any) -> Flask:
        data_dir = tmp_path / f"instance-{len(made) + 1}"
        data_dir.mkdir()
        url = run_databases.make(data_dir)
        # one leader moves an incident on; the tests of the recovery put its guards on
        plain = {"recovery_guards": False, "fast_path": FAST_PATH}
        chosen = {"data_dir": data_dir, "database_url": url, **plain, **settings}
        app = create_app(Settings(**chosen))
        app.testing = True
        app.test_client_class = Phone
        made.append((app, url))
        return app

    yield make
    for app, url in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        run_databases.drop(url)
    meta.forget()
    presence.forget()


@pytest.fixture
def own_app(make_app: AppMaker) -> Iterator[Flask]:
    """An app of the test's own with its context pushed: routes may be added, settings changed."""
    made = make_app()
    with made.app_context():
        yield made


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """An app with its context pushed, so that a test may call commands and queries directly. Many folders share one."""
    return own_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def clock() -> Iterator[FakeClock]:
    """A clock that the server reads and the test moves."""
    fake = FakeClock()
    base_clock.set_source(fake.now)
    yield fake
    base_clock.set_source(None)
