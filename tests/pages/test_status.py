from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.pages.status import as_lines, incident_view, promise, promised_at
from app.pages.views import DownView

NOW = datetime(2026, 11, 21, 10, 17, tzinfo=UTC)


def row(**changed: Any) -> dict[str, Any]:
    known = {
        "no": 6,
        "title": "EHR is down",
        "kind": "real",
        "state": "declared",
        "level": 2,
        "t0": NOW - timedelta(minutes=46),
        "td": NOW - timedelta(minutes=37),
        "tr": None,
        "services": ["ehr"],
        "do_now": "Chart on paper.",
        "works": ["Phones"],
    }
    return known | changed


def seen(**changed: Any) -> Any:
    return incident_view(row(**changed), names={"ehr": DownView("Record", "the chart")}, next_update_at=None, now=NOW)


def test_an_exercise_carries_another_letter_than_a_real_incident() -> None:
    assert (seen().label, seen(kind="exercise").label) == ("#6", "E6")


def test_a_service_that_the_catalogue_has_lost_is_still_named() -> None:
    assert seen(services=["ehr", "old-pacs"]).down == (DownView("Record", "the chart"), DownView("old-pacs", ""))


def test_without_a_symptom_it_is_down_since_it_was_declared() -> None:
    assert seen(t0=None).since == NOW - timedelta(minutes=37)


@pytest.mark.parametrize(
    ("after", "minutes", "is_missed"),
    [
        (timedelta(minutes=13), 13, False),
        (timedelta(minutes=12, seconds=1), 13, False),
        (timedelta(0), 0, False),
        (timedelta(seconds=-1), 1, True),
        (timedelta(minutes=-7), 7, True),
    ],
)
def test_a_promise_counts_begun_minutes_and_knows_when_it_is_missed(
    after: timedelta, minutes: int, is_missed: bool
) -> None:
    made = promise(NOW + after, now=NOW)

    assert made is not None
    assert (made.minutes, made.is_missed) == (minutes, is_missed)


def test_no_promise_is_no_promise() -> None:
    assert promise(None, now=NOW) is None


def test_the_newest_update_that_promises_one_counts_and_cancelled_ones_do_not() -> None:
    later, sooner = NOW + timedelta(minutes=30), NOW + timedelta(minutes=5)
    updates: list[dict[str, Any]] = [
        {"state": "cancelled", "next_update_at": NOW},
        {"state": "current", "next_update_at": None},
        {"state": "current", "next_update_at": sooner},
        {"state": "current", "next_update_at": later},
    ]

    assert promised_at(updates) == sooner


def test_lines_come_from_a_text_or_a_list() -> None:
    assert as_lines("Phones\n\n Lab ") == as_lines(["Phones", " Lab", ""]) == ("Phones", "Lab")
    assert as_lines(None) == ()
