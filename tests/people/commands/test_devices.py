from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app.base.db import db
from app.base.reading import all_records
from app.base.unit_of_work import write
from app.live import presence
from app.live.scopes import site_command_scope, user_scope
from app.people.commands.device_reports import DeviceNews, DeviceReport, Said, note_device_reports
from app.people.commands.devices import DeviceCard, Held, meet_device, note_held, sweep_devices
from app.people.models import Device, DeviceAuthor
from tests.conftest import FakeClock
from tests.people.cast import DANA, NIA
from tests.people.rows import body_of, head_of

OWN = user_scope(NIA.id)


def meet(label: str = "", *, user: str = NIA.id) -> None:
    with write() as work:
        meet_device(work, user, DeviceCard("phone-1", label, "Android" if label else ""))


def report(*numbers: int, queue_len: int = 0, user: str = NIA.id) -> DeviceNews | None:
    with write() as work:
        oldest_at = work.now - timedelta(minutes=3) if queue_len else None
        said = DeviceReport(numbers=numbers, queue_len=queue_len, oldest_at=oldest_at, app_version="b7")
        return note_device_reports(work, [Said(user, "phone-1", said)])[0]


def said(device: str, *numbers: int, user: str = NIA.id, waiting: int = 0) -> Said:
    return Said(user, device, DeviceReport(numbers=numbers, queue_len=waiting))


def kept() -> Device:
    db.session.rollback()
    device = db.session.get(Device, "phone-1")
    assert device is not None
    return device


def test_a_device_keeps_its_first_day_and_its_newest_label(clock: FakeClock) -> None:
    meet("Nia's phone")
    first = clock.now()
    clock.advance(days=1)

    meet()

    assert (kept().label, kept().first_seen_at, kept().last_seen_at) == ("Nia's phone", first, clock.now())
    assert body_of(OWN, "phone-1")["label"] == "Nia's phone"


def test_a_shared_tablet_stands_among_the_devices_of_both() -> None:
    meet("ICU tablet")
    meet("ICU tablet", user=DANA.id)

    assert body_of(OWN, "phone-1") == body_of(user_scope(DANA.id), "phone-1")


def test_each_push_is_noted_and_the_row_follows_when_the_queue_fills_or_empties(clock: FakeClock) -> None:
    meet("phone")
    seq = head_of(OWN)

    report(7)
    assert (kept().last_n, head_of(OWN)) == (7, seq)

    report(queue_len=4)
    assert (kept().last_n, kept().queue_len) == (7, 4)
    assert kept().oldest_at == clock.now() - timedelta(minutes=3)
    assert (head_of(OWN), body_of(OWN, "phone-1")["queue_len"]) == (seq + 1, 4)

    report(queue_len=3)
    assert head_of(OWN) == seq + 1


def test_an_old_row_is_renewed(clock: FakeClock) -> None:
    meet("phone")
    seq = head_of(OWN)
    clock.advance(minutes=16)

    report(queue_len=0)

    assert head_of(OWN) == seq + 1


def test_the_report_of_an_unknown_device_is_let_go() -> None:
    report(queue_len=1)

    assert db.session.get(Device, "phone-1") is None


def state() -> dict[str, object]:
    return body_of(site_command_scope("northgate"), "phone-1")


def test_another_device_of_mine_says_what_it_holds_and_since_when(clock: FakeClock) -> None:
    meet("phone")

    report(1, queue_len=4)
    own = body_of(OWN, "phone-1")
    assert (own["queue_len"], own["oldest_at"]) == (4, "2026-11-21T20:48:00.000Z")

    report(2, 3, 4, 5)
    own = body_of(OWN, "phone-1")
    assert (own["queue_len"], own["oldest_at"]) == (0, None)


def test_leaders_see_each_device_with_its_people_and_its_version(clock: FakeClock) -> None:
    meet("ICU tablet", user=DANA.id)
    meet("ICU tablet")
    clock.advance(minutes=1)

    report(1, queue_len=2)

    shown = state()
    assert (shown["person_name"], shown["units"], shown["app_version"]) == (NIA.name, ["icu"], "b7")
    assert (shown["queue_len"], shown["gap"], shown["last_contact_at"]) == (2, 0, "2026-11-21T20:52:00.000Z")
    assert [(one["name"], one["queue_len"]) for one in shown["people"]] == [(NIA.name, 2), (DANA.name, 0)]


def test_numbers_that_were_never_heard_and_wait_nowhere_are_told(clock: FakeClock) -> None:
    meet("phone")
    assert report(1, 2) is None

    assert report(6, queue_len=1) == DeviceNews("phone", lost=2)
    assert state()["gap"] == 2
    assert report(7, queue_len=1) is None, "told once"
    report(4)
    assert state()["gap"] == 2, "one came, and what waited was not among them"
    report(3, 5)
    assert state()["gap"] == 0, "late, but nothing was lost"


def test_a_device_that_comes_back_empty_is_told_with_what_had_waited(clock: FakeClock) -> None:
    meet("phone")
    report(1, 2, 3, queue_len=4)

    assert report(1, 2) == DeviceNews("phone", lost=4, emptied=True)
    assert report(3) is None
    assert (state()["gap"], state()["emptied_at"]) == (4, "2026-11-21T20:51:00.000Z")


def test_each_person_on_a_shared_tablet_has_numbers_of_their_own() -> None:
    meet("tablet")
    meet("tablet", user=DANA.id)
    report(1, 2, 3)

    assert report(1, 2, user=DANA.id) is None
    assert report(4) is None


def test_whoever_uses_a_tablet_brings_word_of_what_others_left_on_it(clock: FakeClock) -> None:
    meet("tablet")
    meet("tablet", user=DANA.id)
    seq = head_of(OWN)
    since = clock.now() - timedelta(hours=6)

    note_held("phone-1", [Held(NIA.id, 3, since), Held(DANA.id, 0, None), Held("a stranger", 9, since)])
    note_held("phone-1", [Held(NIA.id, 3, since)])

    assert (body_of(OWN, "phone-1")["queue_len"], head_of(OWN)) == (3, seq + 1)
    assert body_of(OWN, "phone-1")["oldest_at"] == "2026-11-21T14:51:00.000Z"
    assert (state()["queue_len"], kept().queue_len) == (3, 3)


def test_leaders_rows_follow_a_device_that_only_listens(clock: FakeClock) -> None:
    meet("phone")
    clock.advance(minutes=7)
    presence.heard(NIA.id, "phone-1")

    sweep_devices()
    assert state()["last_contact_at"] == "2026-11-21T20:58:00.000Z"

    clock.advance(minutes=7)
    sweep_devices()
    assert state()["last_contact_at"] == "2026-11-21T20:58:00.000Z", "it was not heard since"


def test_reports_of_many_devices_at_once_are_kept_as_one_after_the_other() -> None:
    with write() as work:
        for device in ("phone-1", "phone-2"):
            meet_device(work, NIA.id, DeviceCard(device, device))

    with write() as work:
        news = note_device_reports(
            work,
            [
                said("phone-1", 1, 2),
                said("phone-2", 5, waiting=3),
                said("phone-1", 7, user=DANA.id),
                said("phone-3", 1),
                said("phone-1", 6),
            ],
        )

    assert news == [None, None, None, None, DeviceNews("phone-1", lost=3)]
    assert authors() == {
        ("phone-1", NIA.id): (6, [[3, 5]], 0),
        ("phone-1", DANA.id): (7, [], 0),
        ("phone-2", NIA.id): (5, [], 3),
    }
    assert body_of(OWN, "phone-2")["queue_len"] == 3


def authors() -> dict[tuple[str, str], tuple[int | None, list[list[int]], int]]:
    query = select(DeviceAuthor.__table__)
    return {(a["device"], a["user"]): (a["last_n"], a["missing"], a["queue_len"]) for a in all_records(query)}
