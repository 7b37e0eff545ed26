from __future__ import annotations

from datetime import timedelta

from app.base.db import db
from app.base.unit_of_work import write
from app.live.scopes import user_scope
from app.people.commands.devices import DeviceCard, DeviceReport, meet_device, note_device_report
from app.people.models import Device
from tests.conftest import FakeClock
from tests.people.cast import DANA, NIA
from tests.people.rows import body_of, head_of

OWN = user_scope(NIA.id)


def meet(label: str = "", *, user: str = NIA.id) -> None:
    with write() as work:
        meet_device(work, user, DeviceCard("phone-1", label, "Android" if label else ""))


def report(*, queue_len: int, last_n: int | None = None) -> None:
    with write() as work:
        oldest_at = work.now - timedelta(minutes=3) if queue_len else None
        note_device_report(
            work, NIA.id, "phone-1", DeviceReport(last_n=last_n, queue_len=queue_len, oldest_at=oldest_at)
        )


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

    report(queue_len=0, last_n=7)
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
