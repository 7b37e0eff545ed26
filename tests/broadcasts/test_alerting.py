"""What updates send out of the server: to whom, how often, and how quietly."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.base.db import db
from app.broadcasts.commands.escalations import escalate
from app.broadcasts.commands.promises import watch_promises
from app.broadcasts.commands.sweeps import remind_people
from app.delivery.models import NewsItem
from tests.broadcasts.stage import Ward
from tests.cast import Hospital
from tests.conftest import FakeClock


@pytest.fixture
def ward(hospital: Hospital, clock: FakeClock) -> Ward:
    return Ward(hospital).begin()


def news(purpose: str) -> list[dict[str, Any]]:
    """The facts of all news of a purpose."""
    db.session.remove()
    return list(db.session.execute(select(NewsItem.facts).where(NewsItem.purpose == purpose)).scalars())


def test_leaders_hear_before_and_after_a_promise_each_time_once(ward: Ward, clock: FakeClock) -> None:
    clock.advance(minutes=11)
    watch_promises()
    watch_promises()
    assert len(news("update.due")) == 1
    clock.advance(minutes=5)
    watch_promises()
    watch_promises()

    assert len(news("update.due")) == 2


def test_who_has_not_answered_is_asked_again_once_and_whoever_is_in_charge_by_name(
    ward: Ward, clock: FakeClock
) -> None:
    ward.send()
    remind_people()
    assert news("ack.reminder") == []
    clock.advance(minutes=6)
    escalate()
    escalate()
    assert len(news("ack.reminder")) == 1
    clock.advance(minutes=5)
    remind_people()
    remind_people()

    assert len(news("ack.reminder")) == 2
