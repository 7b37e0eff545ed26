"""One app for all tests of a folder, on a database that is laid anew for each: what an app costs to make, and what
its engine learns about our statements, is paid once. A folder's conftest takes over `app` from here, and a file of it
whose tests change the app goes back to one of its own: `app` that returns `own_app`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.base import meta
from app.base.db import db
from app.base.settings import Settings
from app.factory import create_app
from app.live import hints, presence, sockets
from app.pages.public.kept import Kept
from tests.cast import founded
from tests.conftest import FAST_PATH, Phone
from tests.databases import Content, Databases

Hint = tuple[str, dict[str, Any]]


@pytest.fixture(scope="session")
def shared_app(run_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with app_for_many(run_databases, tmp_path_factory.mktemp("shared")) as made:
        yield made


@contextmanager
def app_for_many(run_databases: Databases, folder: Path, *, fast_path: bool = FAST_PATH) -> Iterator[Flask]:
    """An app on an empty database in a folder."""
    url = run_databases.make(folder)
    made = create_app(Settings(data_dir=folder, database_url=url, recovery_guards=False, fast_path=fast_path))
    made.testing = True
    made.test_client_class = Phone
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()
    run_databases.drop(url)


@pytest.fixture
def air() -> list[Hint]:
    """The hints that went out: rooms and bodies."""
    return []


@pytest.fixture
def open_app(shared_app: Flask, air: list[Hint], monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The shared app with its context pushed. Its database holds what the last test left until `hospital` lays it."""
    monkeypatch.setattr(sockets.socketio, "emit", lambda *_args, **_named: None)
    hints.connect(schedule=lambda run: run(), send=lambda room, _event, body: air.append((room, body)))
    at_first = dict(shared_app.extensions)
    with shared_app.app_context():
        yield shared_app
        db.session.remove()
    hints.connect(schedule=None, send=None)
    meta.forget()
    presence.forget()
    forget_answers(shared_app, at_first)


def forget_answers(app: Flask, at_first: dict[str, Any]) -> None:
    """Let go of what an app was given or has learned in a test: another hospital's numbers may be the same."""
    app.extensions.clear()
    app.extensions.update(at_first)
    app.extensions["public_kept"] = Kept()
    for memory in (app.extensions["remembered"], app.extensions["remembered_people"], app.extensions["door"]):
        if memory is not None:
            memory.forget()
    for stores in ("ward_kept", "wall_kept"):
        app.extensions[stores].clear()


@pytest.fixture
def app(open_app: Flask) -> Flask:
    """For folders whose tests all begin in a hospital."""
    return open_app


@pytest.fixture
def empty_app(open_app: Flask, nothing: Content, run_databases: Databases) -> Flask:
    """For folders whose tests begin with nothing, taken over as `app`."""
    run_databases.refill(open_app, nothing)
    meta.forget()
    return open_app


@pytest.fixture(scope="session")
def nothing(run_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What a database with the schema only holds."""
    return founded(run_databases, tmp_path_factory.mktemp("nothing"), lambda: None)
