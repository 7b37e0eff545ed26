"""What is queued for whom, in the transaction of the change."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from app.base.unit_of_work import write
from app.delivery import policy
from app.delivery.commands.enqueue import enqueue
from app.delivery.models import Delivery, DeliveryPolicy
from app.delivery.news import News
from app.delivery.queries import delivered_by, handed_over
from app.people.models import User
from tests.conftest import FakeClock
from tests.delivery.conftest import Ways

REF = "0199d000-0000-7000-8000-000000000001"


def test_every_phone_of_the_people_gets_one_row_and_nobody_elses(ways: Ways) -> None:
    nias = {ways.phone("nia"), ways.phone("nia", device="tablet")}
    ways.phone("sol")

    assert ways.tell("nia", "dana") == 2

    assert {one.target for one in ways.queued()} == nias
    assert {(one.state, one.attempts, one.quiet) for one in ways.queued()} == {("queued", 0, False)}


def test_the_same_news_again_queues_nothing(ways: Ways) -> None:
    ways.phone("nia")

    assert [ways.tell("nia"), ways.tell("nia"), ways.tell("nia", key="broadcast:2")] == [1, 0, 1]
    assert len(ways.queued()) == 2


def test_news_of_a_change_that_is_undone_is_not_queued(ways: Ways) -> None:
    ways.phone("nia")
    news = News(key="broadcast:1", purpose="broadcast.sent", kind="real", site="northgate")

    def queue_and_fail() -> None:
        with write() as work:
            enqueue(work, news, [ways.hospital.ids["nia"]])
            raise LookupError

    with pytest.raises(LookupError):
        queue_and_fail()

    assert ways.queued() == []


def test_a_subscription_that_is_gone_and_an_account_that_has_ended_get_nothing(ways: Ways) -> None:
    ways.phone("nia", state="gone")
    ways.phone("dana", state="ended")
    doubted = ways.phone("bo", state="quarantined")
    ways.phone("sol")
    with write() as work:
        work.session.execute(update(User).where(User.username == "sol").values(active=False))

    assert ways.tell("nia", "dana", "bo", "sol") == 1
    assert [one.target for one in ways.queued()] == [doubted]


def test_more_people_than_one_statement_may_name_are_all_reached(ways: Ways, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.delivery.commands.enqueue.PEOPLE_AT_ONCE", 2)
    names = ("nia", "dana", "bo", "sol", "max")
    for name in names:
        ways.phone(name)

    assert ways.tell(*names) == 5


def test_places_hear_the_events_they_listen_to(ways: Ways) -> None:
    listening = ways.place("webhook", ["broadcast.sent", "incident.declared"])
    ways.place("webhook", ["incident.declared"])
    ways.place("teams", ["broadcast.sent"], enabled=False)
    ways.place("slack", ["broadcast.sent"], site="elsewhere")

    ways.tell()

    assert [(one.channel, one.target, one.person) for one in ways.queued()] == [("webhook", listening, None)]


def test_a_persons_addresses_are_used_when_a_gateway_listens(ways: Ways) -> None:
    mail = ways.address("nia", "email", "nia@example.org")
    ways.address("nia", "sms", "+44 7700 900123")
    ways.place("email", ["broadcast.sent"])

    ways.tell("nia", "dana")

    assert [(one.channel, one.target) for one in ways.queued()] == [("email", mail)]


def test_an_exercise_leaves_the_house_only_where_the_site_lets_it(ways: Ways) -> None:
    ways.phone("nia")
    ways.place("webhook", ["broadcast.sent"])
    assert ways.tell("nia", kind="exercise") == 1
    assert [one.channel for one in ways.queued()] == ["push"]

    with write() as work:
        values = {"site": "northgate", "general_title": False, "exercise_channels": ["webhook"]}
        work.session.execute(insert(DeliveryPolicy), [values])

    assert ways.tell("nia", kind="exercise", key="broadcast:2") == 1
    assert sorted(one.channel for one in ways.queued()) == ["push", "webhook"]


def test_who_follows_already_is_not_woken_by_what_asks_nothing(ways: Ways) -> None:
    for name in ("nia", "dana"):
        ways.phone(name)

    ways.tell("nia", "dana", acknowledged=("nia",))
    ways.tell("nia", "dana", acknowledged=("nia",), key="broadcast:2", asks=True)
    ways.tell("nia", "dana", acknowledged=("nia",), key="reminder:2", purpose="ack.reminder")

    mine = [one for one in ways.queued() if one.person == ways.hospital.ids["nia"]]
    assert sorted((one.news, one.quiet) for one in mine) == sorted(
        [(News(key="broadcast:1", purpose="", kind="", site="").id, True),
         (News(key="broadcast:2", purpose="", kind="", site="").id, False)]
    )  # fmt: skip
    assert len(ways.queued()) == 5


def test_what_a_device_said_is_told_apart_from_what_the_outside_took(ways: Ways, clock: FakeClock) -> None:
    nia, dana = ways.hospital.ids["nia"], ways.hospital.ids["dana"]
    ways.phone("nia")
    ways.phone("dana")
    ways.address("dana", "email", "dana@example.org")
    ways.place("email", ["broadcast.sent"])
    ways.tell("nia", "dana", ref=REF)
    with write() as work:
        work.session.execute(update(Delivery).values(state="sent", sent_at=clock.now()))
        work.session.execute(update(Delivery).where(Delivery.person == nia).values(arrived_at=clock.now()))

    assert delivered_by(REF) == {(nia, "device-nia"): "push"}
    assert handed_over(REF) == {
        (nia, "device-nia"): "push", (dana, "device-dana"): "push", (dana, ""): "email",
    }  # fmt: skip


def test_a_newer_message_of_an_incident_replaces_an_undelivered_one_and_an_answer_does_not() -> None:
    sent = policy.topic("broadcast.sent", incident="i1", news="a")

    assert sent == policy.topic("incident.restored", incident="i1", news="b")
    assert sent != policy.topic("broadcast.sent", incident="i2", news="a")
    assert policy.topic("help.answered", incident="i1", news="a") != policy.topic(
        "help.answered", incident="i1", news="b"
    )
    assert len(sent) == 32
    assert set(sent) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
