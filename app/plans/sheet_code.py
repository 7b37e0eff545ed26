"""The six characters that name a sheet of paper (ADR 35). Pure; static/js/lib/sheet_code.js says the same.

Five characters are the first 25 bits of what the sheet is, the sixth is a check: in the field of 32 elements every
character has a weight of its own, so one wrong character, or two that changed places, never make another right code.
"""

from __future__ import annotations

import re
from hashlib import sha1

# Without 0, O, 1 and I: nobody has to guess which of them it is.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 6
_FIELD = 0b100101  # x^5 + x^2 + 1


def card_code(*, unit: str, plan: str, role: str, version: str) -> str:
    """The code of a card that was printed before anything happened."""
    return code_of(f"card|{unit}|{plan}|{role}|{version}")


def incident_card_code(*, incident: str, unit: str, role: str) -> str:
    """The code of a card that was printed while its incident ran."""
    return code_of(f"incident|{incident}|{unit}|{role}")


def log_code(*, unit: str) -> str:
    """The code of a unit's empty log sheet."""
    return code_of(f"log|{unit}")


def poster_code(*, unit: str) -> str:
    """The code of a unit's poster: whoever is signed in opens the unit's cards by it."""
    return code_of(f"poster|{unit}")


def code_of(identity: str) -> str:
    """The code of an identity; the same on every print, and on phones without a network."""
    bits = int.from_bytes(sha1(identity.encode(), usedforsecurity=False).digest()[:4], "big") >> 7
    values = [bits >> shift & 31 for shift in (20, 15, 10, 5, 0)]
    return "".join(ALPHABET[value] for value in (*values, check_of(values)))


def check_of(values: list[int]) -> int:
    """The check of five values: their sum, each times its weight."""
    check, weight = 0, 1
    for value in values:
        weight = _times(weight, 2)
        check ^= _times(weight, value)
    return check


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        if b & 1:
            product ^= a
        b >>= 1
        a <<= 1
        if a & 32:
            a ^= _FIELD
    return product


def typed_code(text: str) -> str | None:
    """What was typed or scanned as a code; None when it is none. Case, spaces and dashes do not matter."""
    code = "".join(re.split(r"[?#]", text)[0].rsplit("/", 1)[-1].split()).replace("-", "").upper()
    if len(code) != LENGTH or any(letter not in ALPHABET for letter in code):
        return None
    *values, check = (ALPHABET.index(letter) for letter in code)
    return code if check_of(values) == check else None


def spaced(code: str) -> str:
    """K7M 4QX: as it is printed and read aloud."""
    return f"{code[:3]} {code[3:]}"
