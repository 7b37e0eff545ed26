"""What leaders read of the ways out, and what is forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.base.db import db
from app.base.instants import to_wire
from app.base.unit_of_work import write
from app.delivery.commands.record import put_path
from app.delivery.commands.sweeps import forget_old_news, sweep_paths
from app.delivery.models import Delivery, NewsItem, PushSubscription
from app.live.beat import Beat
from app.live.line import Line
from tests.conftest import FakeClock
from tests.delivery.conftest import Post, Ways
from tests.phone import PhonePort
from tests.rows import head


@pytest.fixture
def omar(ways: Ways) -> PhonePort:
    return ways.hospital.phone("omar")


def test_leaders_see_that_the_push_path_is_down_and_when_it_is_back(
    post: Post, omar: PhonePort, clock: FakeClock
) -> None:
    for name in ("nia", "dana"):
        post.phone(name)
    post.service.answer["*"] = (302, {"Location": "/login"}, b"")
    post.ways.tell("nia", "dana")
    post.work()
    sweep_paths()
    omar.pull()
    row = omar.one("channel_state")
    assert (row["channel"], row["state"], row["waiting"], row["problem"]) == ("push", "down", 2, "not_the_service")
    assert row["scope"] == "site:northgate:command"
    assert row["label"] == f"127.0.0.1:{post.service.port}"

    post.service.answer.clear()
    clock.advance(seconds=10)
    post.work()
    sweep_paths()

    omar.pull()
    row = omar.one("channel_state")
    assert (row["state"], row["waiting"], row["problem"]) == ("up", 0, "")


def test_a_nurse_does_not_get_the_rows_of_leaders(post: Post) -> None:
    post.phone("nia")
    post.ways.tell("nia")
    post.work()
    sweep_paths()
    nia = post.ways.hospital.phone("nia")

    assert nia.rows("channel_state") == []


def test_a_worker_that_does_not_work_is_seen(ways: Ways, omar: PhonePort, clock: FakeClock) -> None:
    ways.phone("nia")
    ways.tell("nia")
    sweep_paths()
    omar.pull()
    assert omar.rows("channel_state") == []

    clock.advance(seconds=46)
    sweep_paths()

    omar.pull()
    row = omar.one("channel_state")
    assert (row["id"], row["channel"], row["state"], row["waiting"]) == ("path:worker", "worker", "stalled", 1)


def test_leaders_see_that_the_processes_of_the_house_do_not_hear_each_other(
    ways: Ways, omar: PhonePort, clock: FakeClock
) -> None:
    line = Line(up=True)
    beat = Beat(line, port=8001)
    line.turn(False)
    beat.turn()
    sweep_paths()

    omar.pull()
    row = omar.one("channel_state")
    assert (row["channel"], row["state"], row["since"]) == ("house", "down", to_wire(clock.now()))
    line.turn(True)
    beat.turn()
    sweep_paths()
    omar.pull()
    assert omar.rows("channel_state") == []


def test_a_healthy_server_writes_nothing_and_a_path_nobody_uses_goes(ways: Ways, omar: PhonePort) -> None:
    origin = "https://push.example"
    phone = ways.phone("nia")
    with write() as work:
        put_path(work, origin, "push", state="up", problem="")
    sweep_paths()
    before = head("site:northgate:command")
    sweep_paths()
    assert head("site:northgate:command") == before

    with write() as work:
        work.session.query(PushSubscription).filter_by(id=phone).update({"state": "gone"})
    sweep_paths()

    omar.pull()
    assert omar.rows("channel_state") == []


def test_news_of_a_month_ago_is_forgotten(ways: Ways, clock: FakeClock) -> None:
    ways.phone("nia")
    ways.phone("dana", state="ended")
    ways.tell("nia")
    clock.advance(days=31)
    ways.tell("nia", key="broadcast:2")

    forget_old_news()

    counts = [db.session.execute(select(func.count()).select_from(one)).scalar() for one in (NewsItem, Delivery)]
    assert counts == [1, 1]
    assert db.session.execute(select(func.count()).select_from(PushSubscription)).scalar() == 1
