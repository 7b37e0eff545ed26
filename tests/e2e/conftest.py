"""What the stories share: one Chromium driver, a town of its own for each test module, pictures when one fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Playwright, sync_playwright

from app.base.settings import Settings
from app.factory import create_app
from tests.e2e.people import sign_in
from tests.e2e.town import DESK, Town, device

PICTURES = Path(__file__).resolve().parents[2] / "test-results" / "pictures"


@pytest.fixture(scope="session")
def play() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo hospital as its first start leaves it, with all that phones download: made once, copied for each story."""
    made = Town(tmp_path_factory.mktemp("seeded"))
    made.start()
    made.stop()
    create_app(Settings(data_dir=made.data, demo=True)).extensions["shell"].warm()
    return made.data


@pytest.fixture
def town(tmp_path: Path, seeded: Path) -> Iterator[Town]:
    """A fresh demo hospital, serving."""
    made = Town(tmp_path, seeded=seeded)
    made.start()
    yield made
    made.kill()


class Devices:
    """Opens browsers for people and closes them at the end; an uncaught error in any page fails the test."""

    def __init__(self, play: Playwright, town: Town, folder: Path) -> None:
        self._play, self._town, self._folder = play, town, folder
        self._stack = ExitStack()
        self._open: dict[str, tuple[Page, ExitStack]] = {}
        self.errors: list[str] = []

    def open(self, name: str, **options: Any) -> Page:
        """A device by name; opened again under the same name it still has its storage."""
        own = self._stack.enter_context(ExitStack())
        page = own.enter_context(device(self._play, self._folder / name, **options))
        page.on("pageerror", lambda error: self.errors.append(f"{name}: {error}"))
        self._open[name] = (page, own)
        return page

    def person(self, username: str, **options: Any) -> Page:
        """A device on which the person has signed in."""
        page = self.open(username, **options)
        sign_in(page, self._town, username)
        return page

    def desk(self, username: str) -> Page:
        """A wide screen on which the person has signed in."""
        return self.person(username, size=DESK)

    def shut(self, name: str) -> None:
        """Close a device's browser; its storage stays."""
        self._open.pop(name)[1].close()

    def forget(self, name: str) -> None:
        """A device's browser has died: let go of it."""
        with suppress(Error):
            self._open.pop(name)[1].close()

    def picture(self, test: str) -> None:
        """Keep what every open device shows."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name, (page, _own) in self._open.items():
            page.screenshot(path=str(PICTURES / f"{test}-{name}.png"))

    def close(self) -> None:
        """Close everything."""
        self._stack.close()


@pytest.fixture
def devices(play: Playwright, town: Town, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Devices]:
    made = Devices(play, town, tmp_path / "devices")
    failures_before = request.session.testsfailed
    yield made
    if request.session.testsfailed > failures_before:
        made.picture(request.node.name)
    made.close()
    assert made.errors == []
