from __future__ import annotations

from datetime import UTC, datetime

from app.pages.times import clock_time, moment

TZ = "Europe/London"


def test_times_are_the_hospital_s_own_on_a_24_hour_clock() -> None:
    assert clock_time(datetime(2026, 7, 1, 20, 5, tzinfo=UTC), TZ) == "21:05"


def test_another_day_stands_in_front_in_the_reader_s_language() -> None:
    now = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
    before = datetime(2026, 11, 21, 23, 50, tzinfo=UTC)

    assert moment(before, TZ, "en", now=now) == "21 Nov 23:50"
    assert moment(before, TZ, "es", now=now) == "21 nov 23:50"
    assert moment(now, TZ, "en", now=now) == "00:30"
