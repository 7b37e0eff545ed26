"""Instants in the database and on the wire."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from hypothesis import given, strategies as st
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from app.base import clock as server_clock
from app.base.db import db
from app.base.instants import from_wire, to_wire
from app.base.models import Event
from app.base.unit_of_work import write
from tests.conftest import FakeClock

EVENING = datetime(2026, 11, 21, 20, 51, 3, 1000, tzinfo=UTC)


def store(event_id: str, occurred_at: datetime) -> None:
    with write() as work:
        values = {"id": event_id, "type": "note.added", "occurred_at": occurred_at, "received_at": EVENING}
        work.session.execute(insert(Event).values(**values))


def test_an_instant_comes_back_to_the_millisecond_in_utc(app: Flask) -> None:
    store("a", EVENING.astimezone(timezone(timedelta(hours=-5))))

    found = db.session.execute(select(Event.occurred_at)).scalar_one()

    assert (found, found.tzinfo) == (EVENING, UTC)


def test_instants_are_compared_as_instants_on_every_engine(app: Flask) -> None:
    for name, minutes in (("before", -1), ("same", 0), ("after", 1)):
        store(name, EVENING + timedelta(minutes=minutes))

    later = select(Event.id).where(Event.occurred_at > EVENING.astimezone(timezone(timedelta(hours=9))))

    assert db.session.execute(later).scalars().all() == ["after"]
    assert db.session.execute(select(Event.id).order_by(Event.occurred_at)).scalars().all() == [
        "before",
        "same",
        "after",
    ]


def test_an_instant_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(StatementError, match="needs a zone"):
        store("a", datetime(2026, 11, 21, 20, 51))  # noqa: DTZ001 - that is the fault under test


@given(st.integers(-(10**12) * 2, 10**13 // 2).map(lambda us: EVENING + timedelta(milliseconds=us / 1000)))
def test_what_goes_over_the_wire_comes_back_to_the_millisecond(instant: datetime) -> None:
    text = to_wire(instant)

    assert text is not None and text.endswith("Z") and len(text) == 24
    assert from_wire(text) == instant.replace(microsecond=instant.microsecond // 1000 * 1000)


@pytest.mark.parametrize(
    "text", ["", "now", "2026-11-21", "2026-11-21T20:51:03", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+23:59"]
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"instant|format|month|calendar|zone"):
        from_wire(text)


def test_the_clock_is_cut_to_milliseconds_and_moves_only_when_told(clock: FakeClock) -> None:
    clock.set(datetime(2026, 11, 21, 20, 51, 3, 1999, tzinfo=UTC))
    before = server_clock.now()
    clock.advance(minutes=5)

    assert before == EVENING
    assert server_clock.now() - before == timedelta(minutes=5)
