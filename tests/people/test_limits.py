from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.people.limits import wait_seconds

NOW = datetime(2026, 11, 21, 20, 51, tzinfo=UTC)
WINDOW = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("ages_s", "wait"),
    [
        ([], 0),
        ([1, 2, 3, 4], 0),
        ([0, 0, 0, 0, 0], 900),
        ([10, 20, 30, 40, 300], 600),
        ([10, 20, 30, 40, 899.5], 1),
        ([10, 20, 30, 40, 900], 0),
        ([10, 20, 30, 40, 300, 700], 600),
    ],
)
def test_the_wait_ends_when_fewer_than_five_failures_are_recent(ages_s: list[float], wait: int) -> None:
    failures = [NOW - timedelta(seconds=age) for age in ages_s]

    assert wait_seconds(failures, now=NOW, allowed=5, window=WINDOW) == wait
