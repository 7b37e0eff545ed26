"""What the tests of the door share: phones that it knows, and what came through to the framework."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.base.unit_of_work import write
from app.live.rows import put_row
from app.sync.door import Door
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.databases import Databases
from tests.phone import PhonePort
from tests.shared_app import app_for_many

PULL = "/api/sync/pull"


@pytest.fixture(scope="module")
def shared_app(run_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """With the door, also where the run goes without it."""
    with app_for_many(run_databases, tmp_path_factory.mktemp("door"), fast_path=True) as made:
        yield made


@pytest.fixture
def inside(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the requests that came through to the framework."""
    came: list[str] = []
    door: Door = app.extensions["door"]
    framework = door.inside

    def counted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        came.append(environ["PATH_INFO"])
        return framework(environ, start_response)

    monkeypatch.setattr(door, "inside", counted)
    return came


@pytest.fixture
def nia(hospital: Hospital, clock: FakeClock, inside: list[str]) -> PhonePort:
    """A phone that the door knows, up to date."""
    return known(hospital, "nia", inside)


@pytest.fixture
def omar(hospital: Hospital, clock: FakeClock, inside: list[str]) -> PhonePort:
    """A leader's phone that the door knows, up to date, while an incident runs."""
    hospital.declare()
    return known(hospital, "omar", inside)


def known(hospital: Hospital, name: str, inside: list[str]) -> PhonePort:
    phone = hospital.phone(name)
    assert ask(phone).status_code == 204
    inside.clear()
    return phone


def usual(phone: PhonePort, **other: Any) -> dict[str, Any]:
    return {"proto": 1, "epoch": phone.epoch, "cursors": phone.cursors, "page": None, **other}


def ask(phone: PhonePort, data: Any = None, **headers: str) -> TestResponse:
    """The phone's next pull; `data` instead of its body, `headers` besides its own."""
    body = usual(phone) if data is None else data
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return phone.client.post(PULL, data=text, headers={"Content-Type": "application/json", **headers})


def same(answer: TestResponse) -> tuple[Any, ...]:
    """All of an answer but the instant that some say."""
    body = answer.get_json(silent=True)
    told = {name: value for name, value in body.items() if name != "now"} if isinstance(body, dict) else answer.data
    return answer.status, sorted(answer.headers), told


def without_door(phone: PhonePort, action: Callable[[], TestResponse]) -> TestResponse:
    """What the framework alone answers."""
    app: Any = phone.client.application
    door: Door = app.wsgi_app
    app.wsgi_app = door.inside
    try:
        return action()
    finally:
        app.wsgi_app = door


def put_news(*_hospital: Hospital) -> None:
    with write() as work:
        put_row(work, "unit:icu", "n-1", "note", {"text": "News."})
