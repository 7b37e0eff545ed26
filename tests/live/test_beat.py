"""What one process hears, the others know a few seconds later; a process that is gone has no sockets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.base.db import db
from app.live import presence
from app.live.beat import GONE_AFTER, Beat
from app.live.line import Line
from app.live.models import Process
from tests.conftest import FakeClock


@pytest.fixture
def beats(app: Flask, clock: FakeClock) -> tuple[Beat, Beat]:
    presence.forget()
    return Beat(Line(up=True), port=8001), Beat(Line(up=True), port=8002)


def elsewhere(beat: Beat) -> None:
    """From here on this is another process: it has heard nothing itself."""
    presence.forget()
    beat.turn()


def processes() -> int:
    return int(db.session.execute(select(func.count()).select_from(Process)).scalar_one())


def test_a_socket_of_one_process_counts_in_the_other(beats: tuple[Beat, Beat], clock: FakeClock) -> None:
    presence.connected("s1", "nia", "phone-1")
    presence.heard("bo", "phone-2")
    beats[0].turn()

    elsewhere(beats[1])

    assert (presence.contact_of("nia").connected, presence.contact_of("nia").last_heard_at) == (1, clock.now())
    assert (presence.contact_of("bo").connected, presence.contact_of("bo").last_heard_at) == (0, clock.now())
    assert presence.devices_heard() == {"phone-1": clock.now(), "phone-2": clock.now()}


def test_what_is_heard_here_and_there_is_added_up(beats: tuple[Beat, Beat], clock: FakeClock) -> None:
    presence.connected("s1", "nia", "phone-1")
    beats[0].turn()
    elsewhere(beats[1])
    later = clock.advance(seconds=3)

    presence.connected("s2", "nia", "tablet")

    assert presence.contact_of("nia") == presence.Heard(2, later)


def test_a_process_that_is_gone_has_no_sockets_and_what_it_heard_stays(
    beats: tuple[Beat, Beat], clock: FakeClock
) -> None:
    presence.connected("s1", "nia", "phone-1")
    beats[0].turn()
    heard_at = clock.now()
    clock.advance(seconds=GONE_AFTER.total_seconds() + 1)

    elsewhere(beats[1])

    assert presence.contact_of("nia") == presence.Heard(0, heard_at)


def test_who_leaves_in_order_is_forgotten_at_once_and_the_dead_after_a_while(
    beats: tuple[Beat, Beat], clock: FakeClock
) -> None:
    for beat in beats:
        beat.turn()
    assert processes() == 2

    beats[0].end()
    assert processes() == 1
    clock.advance(seconds=timedelta(hours=2).total_seconds())
    Beat(Line(up=True), port=8003).turn()
    assert processes() == 1


def test_a_process_alone_writes_nothing(app: Flask) -> None:
    alone = Beat(Line(), port=8001)

    alone.turn()
    alone.end()

    assert processes() == 0
