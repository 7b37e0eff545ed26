"""The code of a sheet: the same everywhere, and a slip of the pen never names another sheet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from app.plans.sheet_code import ALPHABET, code_of, spaced, typed_code

CASES = json.loads((Path(__file__).parents[1] / "contracts" / "sheet_codes.json").read_text())
CODES = st.text(max_size=80).map(code_of)


@pytest.mark.parametrize("case", CASES["codes"], ids=lambda case: case["code"])
def test_phones_and_the_server_give_a_sheet_the_same_code(case: dict[str, str]) -> None:
    assert code_of(case["identity"]) == case["code"]


@pytest.mark.parametrize("case", CASES["typed"], ids=lambda case: repr(case["text"]))
def test_what_is_typed_is_a_code_or_is_told_apart(case: dict[str, str]) -> None:
    assert typed_code(case["text"]) == case.get("code")


def test_the_alphabet_has_no_letters_that_look_alike() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("01OI") & set(ALPHABET)


@settings(max_examples=60)
@given(CODES)
def test_every_code_is_right_however_it_is_written(code: str) -> None:
    assert typed_code(code) == code
    assert typed_code(f" {spaced(code).lower()} ") == code
    assert set(code) <= set(ALPHABET)


@settings(max_examples=60)
@given(CODES, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_caught(code: str, place: int, letter: str) -> None:
    typed = code[:place] + letter + code[place + 1 :]

    assert typed_code(typed) == (code if letter == code[place] else None)


@settings(max_examples=60)
@given(CODES, st.integers(0, 5), st.integers(0, 5))
def test_two_characters_that_changed_places_are_always_caught(code: str, one: int, other: int) -> None:
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]

    assert typed_code("".join(letters)) == (code if code[one] == code[other] else None)
