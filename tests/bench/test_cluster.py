"""A house of two processes with real PostgreSQL, Redis and nginx, and everything that may die in it."""

from __future__ import annotations

import pytest

from app.bench.cluster import run
from app.bench.frame import Options


@pytest.mark.long
def test_no_blow_loses_or_doubles_anything() -> None:
    result = run(Options(devices=40, ops=10))

    kept = {sentence: reached for sentence, reached in result.goals if sentence.startswith("nothing")}
    assert len(kept) == 2 and all(kept.values()), (result.figures, result.notes)
    assert result.figures["recorded_meanwhile"] > 50
    assert result.figures["Redis killed"]["readyz_says_so"] and not result.figures["Redis killed"]["requests_failed"]
