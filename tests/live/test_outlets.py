"""Who hears a broadcast, and in which order, while phones come and go and wait: the states of the short way."""

from __future__ import annotations

import random
from collections.abc import Iterator

import gevent
import pytest

from app.live import fanout
from tests.live.house import House, Phone

ROOMS = ("site:north", "unit:icu", "unit:5-west")
NAMESPACES = ("/", "/drill")


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(fanout, "REMEMBERED_FROM", 1)  # a ward of three is kept as a house of ten thousand is
    made = House()
    yield made
    made.close()


def ward(house: House, phones: int) -> list[tuple[Phone, str]]:
    """Phones that are clients and in the room of the ward."""
    made = []
    for _number in range(phones):
        phone = house.connect()
        sid = house.join(phone)
        house.manager.enter_room(sid, "/", "unit:icu")
        made.append((phone, sid))
    return made


def step(house: House, dice: random.Random, sids: dict[tuple[Phone, str], str]) -> None:
    """Somebody comes, goes, enters or leaves, or a room is closed."""
    phone, namespace, room = dice.choice(house.phones), dice.choice(NAMESPACES), dice.choice(ROOMS)
    sid = sids.get((phone, namespace))
    if sid is None:
        sids[phone, namespace] = house.join(phone, namespace)
    elif (what := dice.randrange(8)) == 0:
        del sids[phone, namespace]
        house.manager.pre_disconnect(sid, namespace)
        house.manager.disconnect(sid, namespace)
    elif what == 1:
        house.manager.close_room(room, namespace)
    elif what < 4:
        house.manager.leave_room(sid, namespace, room)
    else:
        house.manager.enter_room(sid, namespace, room)


def test_after_every_step_those_in_the_room_hear_it_and_nobody_else(house: House) -> None:
    dice, sids = random.Random(16), dict[tuple[Phone, str], str]()
    for number in range(6):
        house.connect(has_outlet=number != 5)
    for turn in range(150):
        step(house, dice, sids)
        for namespace in NAMESPACES:
            for room in (
                None,
                *ROOMS,
                list(ROOMS[:2]),
                ROOMS[1:],
                *house.manager.rooms.get(namespace, {}).get(None, {}),
            ):
                expected = {eio_sid for _sid, eio_sid in house.manager.get_participants(namespace, room)}
                house.tell(room, turn, namespace)
                heard = {phone.eio_sid: phone.hear() for phone in house.phones}
                assert heard == {eio_sid: [turn] * (eio_sid in expected) for eio_sid in heard}, (turn, room)


def test_a_connection_stays_while_it_is_a_client_of_another_namespace(house: House) -> None:
    phone = house.connect()
    first, second = house.join(phone), house.join(phone, "/drill")

    house.manager.pre_disconnect(first, "/")
    house.manager.disconnect(first, "/")
    house.tell(None, "go on", "/drill")
    stays = phone.outlet.joined
    house.manager.pre_disconnect(second, "/drill")
    house.manager.disconnect(second, "/drill")

    assert phone.hear() == ["go on"] and stays
    assert not phone.outlet.joined and not house.manager.outlets and not house.manager._members


def test_a_broadcast_does_not_overtake_what_waits_for_a_phone(house: House) -> None:
    (phone, _sid), (other, _other_sid) = ward(house, 2)
    house.tell("unit:icu", 1)

    phone.say("for you alone")
    house.tell("unit:icu", 2)
    phone.say("and this")
    house.tell("unit:icu", 3)

    assert phone.hear() == [1, "4for you alone", 2, "4and this", 3]
    assert other.hear() == [1, 2, 3]


def test_a_phone_that_stalls_in_the_middle_of_a_frame_hears_all_in_order(house: House) -> None:
    (stalled, _sid), (reader, _reader_sid) = ward(house, 2)
    heard = []
    for number in range(20):
        house.tell("unit:icu", f"{number} " + "x" * 20_000, event="news")
        if number % 5 == 0:
            stalled.say(f"alone {number}")
        gevent.sleep(0)
        heard += reader.hear()
    assert stalled.outlet.busy and stalled.outlet._writing

    got = [text.split(" x")[0] for text in stalled.hear()]

    assert [text.split(" ")[0] for text in heard] == [str(number) for number in range(20)]
    assert [text for text in got if "alone" not in text] == [str(number) for number in range(20)]
    assert [got[got.index(f"4alone {n}") - 1] for n in (0, 5, 10, 15)] == ["0", "5", "10", "15"]


def test_once_nothing_waits_any_more_a_phone_is_written_to_at_once(house: House) -> None:
    ((phone, _sid),) = ward(house, 1)
    phone.say("alone")
    assert phone.hear() == ["4alone"]
    was_busy = phone.outlet.busy

    house.tell("unit:icu", 1)

    assert was_busy and not phone.outlet.busy and not phone.engine.queue.unfinished_tasks
    assert phone.hear() == [1]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broadcast pauses after every second phone."""
    monkeypatch.setattr(fanout, "LOOK_AT_CLOCK_EVERY", 2)
    monkeypatch.setattr(fanout, "PAUSE_EVERY_SECONDS", -1.0)


@pytest.mark.usefixtures("pauses")
def test_a_broadcast_does_not_overtake_one_that_pauses(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    phones = [phone for phone, _sid in ward(house, 9)]

    monkeypatch.setattr(fanout, "STAND_BACK_SECONDS", 0.02)
    slow = gevent.spawn(house.tell, "unit:icu", "first")
    gevent.sleep(0)
    monkeypatch.setattr(fanout, "STAND_BACK_SECONDS", 0.001)
    quick = gevent.spawn(house.tell, "unit:icu", "second")
    gevent.joinall([slow, quick], timeout=10)

    assert [phone.hear() for phone in phones] == [["first", "second"]] * 9


@pytest.mark.usefixtures("pauses")
def test_who_is_signed_out_in_a_pause_hears_no_more(house: House) -> None:
    phones = ward(house, 6)
    broadcast = gevent.spawn(house.tell, "unit:icu", "secret")
    gevent.sleep(0)

    phone, sid = phones[-1]
    house.manager.pre_disconnect(sid, "/")
    house.manager.disconnect(sid, "/")
    broadcast.join(timeout=10)

    assert broadcast.ready() and phone.hear() == []
    assert [other.hear() for other, _sid in phones[:-1]] == [["secret"]] * 5


def test_a_phone_whose_connection_broke_holds_nobody_up(house: House) -> None:
    (broken, _sid), (phone, _other_sid) = ward(house, 2)
    house.tell("unit:icu", 1)
    assert broken.hear() == phone.hear() == [1]

    broken.close()
    house.tell("unit:icu", 2)

    assert phone.hear() == [2]
