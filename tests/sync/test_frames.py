"""Codes on paper are those that phones show each other."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.base.keys import from_base64
from app.sync.frames import ONE_CODE_LETTERS, base45, frames_of

RELAY = json.loads((Path(__file__).parents[1] / "contracts" / "relay.json").read_text())


def test_bytes_are_written_in_the_letters_of_the_contract() -> None:
    assert [base45(bytes.fromhex(one["hex"])) for one in RELAY["base45"]] == [one["text"] for one in RELAY["base45"]]


def test_one_code_is_that_of_the_contract() -> None:
    assert list(frames_of("E", from_base64(RELAY["envelope"]))) == RELAY["frames"]


def test_what_is_longer_is_cut_into_numbered_parts_of_one_set() -> None:
    data = os.urandom(1500)

    lines = frames_of("S", data)

    fronts = [line.split(":", 4) for line in lines]
    assert [front[2] for front in fronts] == [f"{n}/{len(lines)}" for n in range(1, len(lines) + 1)]
    assert len({front[3] for front in fronts}) == 1
    assert "".join(front[4] for front in fronts) == base45(data)
    assert max(map(len, lines)) <= ONE_CODE_LETTERS


def test_what_nobody_could_scan_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        frames_of("E", os.urandom(40_000))
