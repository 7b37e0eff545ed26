"""A short soak: twenty phones, ten seconds, one death of the server; and the long one."""

from __future__ import annotations

import pytest

from app.bench.chaos import run
from app.bench.frame import Options


def test_twenty_phones_lose_and_double_nothing_in_ten_bad_seconds() -> None:
    result = run(Options(devices=20, seconds=10))

    assert all(reached for _sentence, reached in result.goals), (result.goals, result.figures, result.notes)
    assert result.figures["recorded"] > 50 and result.figures["deaths_of_the_server"] == 1
    assert len(result.figures["faults"]) >= 5


@pytest.mark.long
def test_five_hundred_phones_lose_and_double_nothing_in_ten_bad_minutes() -> None:
    result = run(Options())

    assert all(reached for _sentence, reached in result.goals), (result.goals, result.figures, result.notes)
