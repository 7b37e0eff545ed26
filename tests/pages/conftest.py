"""The pages of the small hospital."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import PASSWORD, Hospital
from tests.conftest import FakeClock
from tests.databases import AppMaker
from tests.shared_app import app

__all__ = ["app"]


class Page(HTMLParser):
    """The words of a page, its form fields, and what a strict policy would refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fields: dict[str, str] = {}
        self.classes: list[str] = []
        self.inline: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.classes += (held.get("class") or "").split()
        if tag == "input" and held.get("name"):
            self.fields[str(held["name"])] = held.get("value") or ""
        if "style" in held or tag == "style" or (tag == "script" and "src" not in held):
            self.inline.append(tag)
        self.inline += [name for name in held if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def text(self) -> str:
        return " ".join(self.words)


def page_of(answer: Any, status: int = 200) -> Page:
    """The page of an answer with this status."""
    assert answer.status_code == status, answer.get_data(as_text=True)[:400]
    return Page(answer.get_data(as_text=True))


def sign_in_on_page(client: FlaskClient, username: str, *, password: str = PASSWORD, **fields: str) -> Any:
    """Fill in the form as a browser does."""
    form = page_of(client.get("/login"))
    values = {"csrf_token": form.fields["csrf_token"], "username": username, "password": password, **fields}
    return client.post("/login", data=values)


@pytest.fixture
def northgate(clock: FakeClock, hospital: Hospital) -> Hospital:
    """The small hospital at a moment that stands still."""
    return hospital


@pytest.fixture
def demo_app(make_app: AppMaker, clock: FakeClock) -> Iterator[Flask]:
    """A server that says DEMO."""
    made = make_app(demo=True)
    with made.app_context():
        yield made
