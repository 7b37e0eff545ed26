"""What leaders and owners learn of devices from what phones say at the door."""

from __future__ import annotations

from tests.cast import Hospital
from tests.conftest import FakeClock

COMMAND = "site:northgate:command"


def test_entries_lost_with_a_storage_are_told_to_leaders_and_nothing_is_refused(
    hospital: Hospital, clock: FakeClock
) -> None:
    incident = hospital.declare()
    nia, priya = hospital.phone("nia"), hospital.phone("priya")
    assert nia.do("note.add", incident=incident, unit="icu", text="First.")["st"] == "ok"
    nia.next_n += 3

    assert nia.do("note.add", incident=incident, unit="icu", text="After a crash.")["st"] == "ok"

    priya.pull()
    told = priya.one("event", type="device.gap")
    assert told["text"]["en"] == "3 entries of Nia are missing from the device “Ward phone”"
    shown = priya.one("device_state", person_name="Nia")
    assert (shown["gap"], shown["id"], shown["scope"]) == (3, "device-nia", COMMAND)
    nia.pull()
    assert nia.rows("device_state") == []
    assert COMMAND not in nia.base


def test_a_phone_that_lost_its_storage_begins_anew_and_is_noticed(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    nia = hospital.phone("nia")
    nia.do("note.add", incident=incident, unit="icu", text="Before.")
    emptied = hospital.phone("nia")

    assert emptied.do("note.add", incident=incident, unit="icu", text="After.")["st"] == "ok"

    assert hospital.phone("priya").rows("event", type="device.emptied") != []


def test_entries_sent_twice_are_no_sign_of_a_lost_storage(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    nia, priya = hospital.phone("nia"), hospital.phone("priya")
    for text in ("One.", "Two."):
        nia.record("note.add", incident=incident, unit="icu", text=text)
    nia.push(lose_answer=True)
    nia.push()
    nia.do("note.add", incident=incident, unit="icu", text="Three.")

    priya.pull()
    assert [row for row in priya.rows("event") if row["type"].startswith("device.")] == []


def test_what_needs_the_server_now_is_not_counted_whatever_became_of_it(hospital: Hospital, clock: FakeClock) -> None:
    omar = hospital.phone("omar")
    incident = omar.declare()
    omar.do("note.add", incident=incident, unit="command-centre", text="One.")
    number, omar.next_n = omar.next_n, 0
    assert omar.do("incident.advance", incident=incident, to="restored", note="")["st"] == "ok"
    omar.next_n = number
    omar.do("note.add", incident=incident, unit="command-centre", text="Two.")

    omar.pull()
    assert [row for row in omar.rows("event") if row["type"].startswith("device.")] == []
    assert omar.one("device_state", id="device-omar")["gap"] == 0


def test_the_next_to_use_a_tablet_brings_word_of_what_waits_on_it(hospital: Hospital, clock: FakeClock) -> None:
    nia, dana = hospital.phone("nia", device="tablet"), hospital.phone("dana", device="tablet")
    held = [{"user": hospital.ids["nia"], "len": 4, "oldest_age_ms": 6 * 3600 * 1000}]
    body = {"proto": 1, "epoch": dana.epoch, "cursors": dana.cursors, "page": None, "held": held}

    assert dana.client.post("/api/sync/pull", json=body).status_code in (200, 204)

    nia.pull()
    own = nia.one("device", id="tablet")
    assert (own["queue_len"], own["oldest_at"]) == (4, "2026-11-21T14:51:00.000Z")
    assert hospital.phone("priya").one("device_state", id="tablet")["queue_len"] == 4
