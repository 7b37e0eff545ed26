"""The language of a page: asked for in the address, else the browser's. Catalogues are read as they were written.

The text of a catalogue (.po) is compiled when the server starts: there is no second, compiled copy to forget.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale

SOURCE_LANGUAGE = "en"
LANGUAGES = (SOURCE_LANGUAGE, "es")
CATALOGUES = Path(__file__).resolve().parents[3] / "translations"


class CatalogueDomain(Domain):  # type: ignore[misc]
    """Translations straight from the .po files."""

    def get_translations(self) -> NullTranslations:
        """Those of the reader's language; the words of the source for any other."""
        return translations(language())


def language() -> str:
    """The code of the reader's language, one of LANGUAGES."""
    locale = get_locale()
    return str(locale.language) if locale is not None else SOURCE_LANGUAGE


@cache
def translations(code: str) -> NullTranslations:
    """The compiled catalogue of a language; nothing to translate for the source language."""
    path = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    if code == SOURCE_LANGUAGE or not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def init_app(app: Flask) -> None:
    """Attach Flask-Babel."""
    babel = Babel(app, default_locale=SOURCE_LANGUAGE, locale_selector=_choose)
    babel.domain_instance = CatalogueDomain()


def _choose() -> str:
    if not has_request_context():
        return SOURCE_LANGUAGE
    # By hand, best first: the library's own match prefers a plain "en" to a better liked "es-MX".
    liked = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    asked = (request.args.get("lang", ""), *liked)
    return next((code for code in asked if code in LANGUAGES), SOURCE_LANGUAGE)
