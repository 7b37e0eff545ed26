"""Addresses of ward pages: open, or with a code that only the wall knows (ADR 22). Pure."""

from __future__ import annotations

import hashlib
import hmac

# Letters that nobody mixes up when typing from a poster.
LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
CODE_LETTERS = 8


def place_of(unit: str, *, word: str, secret: str) -> str:
    """What stands after /w/ for a unit: its id; with a word set also a code made of it. Another word, another code."""
    return f"{unit}-{code_of(unit, word=word, secret=secret)}" if word else unit


def code_of(unit: str, *, word: str, secret: str) -> str:
    """The code of a unit: 39 bits that nobody can guess without the server's key."""
    digest = hmac.new(secret.encode(), f"ward|{word}|{unit}".encode(), hashlib.sha256).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:CODE_LETTERS])


def unit_of(place: str, *, word: str, secret: str) -> str | None:
    """The unit an address names; None when its code is missing or not (or no longer) right."""
    if not word:
        return place
    unit, _dash, code = place.rpartition("-")
    right = code_of(unit, word=word, secret=secret)
    return unit if unit and hmac.compare_digest(code.encode(), right.encode()) else None
