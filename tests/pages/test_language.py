"""Every word of a page exists in every language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from app.pages.routes.language import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE
from tests.cast import Hospital
from tests.pages.conftest import page_of
from tests.rules.source_tree import ROOT

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
PLACE = re.compile(r"%\((\w+)\)[sd]")
OTHERS = [code for code in LANGUAGES if code != SOURCE_LANGUAGE]

Message = str | tuple[str, ...]


def used_messages(root: Path) -> set[Message]:
    """Every text that a page or its template hands to gettext."""
    used: set[Message] = set()
    for folder, pattern, method in (("app/pages", "**.py", "python"), ("templates", "**.html", "jinja2")):
        found = extract_from_dir(str(root / folder), method_map=[(pattern, method)], keywords=KEYWORDS)
        used |= {message for _file, _line, message, _comments, _context in found}
    return used


def catalogue(code: str) -> dict[Message, tuple[str, ...]]:
    with (CATALOGUES / code / "LC_MESSAGES" / "messages.po").open("rb") as source:
        messages = [message for message in read_po(source, locale=code) if message.id]
    return {key_of(message.id): as_tuple(message.string) for message in messages}


def key_of(message: Any) -> Message:
    return message if isinstance(message, str) else tuple(message)


def as_tuple(message: Any) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message or ())


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(code: str) -> None:
    known, used = catalogue(code), used_messages(ROOT)

    assert sorted(map(str, used - set(known))) == []
    assert sorted(map(str, set(known) - used)) == []
    assert [message for message, said in known.items() if not said or not all(said)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_keeps_the_places_for_values(code: str) -> None:
    lost = [
        message
        for message, said in catalogue(code).items()
        if any(set(PLACE.findall(form)) != set(PLACE.findall(as_tuple(message)[0])) for form in said)
    ]

    assert lost == []


def test_the_browser_s_language_is_taken(client: FlaskClient, northgate: Hospital) -> None:
    answer = client.get("/", headers={"Accept-Language": "fr;q=0.9, es-MX;q=0.8, en;q=0.5"})

    assert "Todo funciona" in page_of(answer).text
    assert answer.headers["Content-Language"] == "es"


def test_a_language_in_the_address_wins_and_stays_in_its_links(client: FlaskClient, northgate: Hospital) -> None:
    html = client.get("/login?lang=es", headers={"Accept-Language": "en"}).get_data(as_text=True)

    assert "Iniciar sesión" in html
    assert 'action="/login?lang=es"' in html


def test_an_unknown_language_reads_english(client: FlaskClient, northgate: Hospital) -> None:
    assert "Nothing is down" in page_of(client.get("/?lang=tlh", headers={"Accept-Language": "de"})).text


def test_counted_texts_are_translated_too(client: FlaskClient, northgate: Hospital) -> None:
    northgate.declare()

    text = page_of(client.get("/?lang=es")).text

    assert "Incidente real" in text
    assert "aún sin hora prometida" in text
