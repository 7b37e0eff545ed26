"""The main job over the phone's door: declare, tick, broadcast, acknowledge, restore."""

from __future__ import annotations

from app.base.ids import uuid7
from tests.cast import Hospital
from tests.conftest import FakeClock


def test_declaring_puts_each_role_s_card_on_the_phones_of_its_units(hospital: Hospital, clock: FakeClock) -> None:
    nia, sol = hospital.phone("nia"), hospital.phone("sol")

    incident = hospital.declare()

    nia.pull()
    sol.pull()
    shown = nia.one("incident")
    assert (shown["no"], shown["state"], shown["kind"], shown["id"]) == (1, "declared", "real", incident)
    assert {task["unit"] for task in nia.rows("task")} == {"icu"}
    assert {task["unit"] for task in sol.rows("task")} == {"5-west"}
    assert len(nia.rows("task", role="bedside-nurse")) == 7
    assert nia.one("task", role="bedside-nurse", code="A1")["due_at"] == "2026-11-21T21:01:00.000Z"
    assert nia.one("task", role="bedside-nurse", code="F1")["due_at"] is None


def test_a_tick_sent_twice_counts_once(hospital: Hospital, clock: FakeClock) -> None:
    hospital.declare()
    nia = hospital.phone("nia")
    task = nia.one("task", role="bedside-nurse", code="A1")["id"]
    nia.record("task.complete", task=task, captured={"patients": 12}, note="")
    clock.advance(minutes=3)

    nia.push(lose_answer=True)
    results = nia.push()

    assert [(r["st"], r["first"], r["scope"]) for r in results] == [("dup", "ok", "unit:icu")]
    nia.pull()
    done = nia.one("task", id=task)
    assert (done["state"], done["by_name"], done["at"]) == ("done", "Nia", "2026-11-21T20:51:00.000Z")
    assert done["captured"] == {"patients": 12}
    assert len(done["signs"]) == 1
    assert nia.outbox == []


def test_second_nurse_sees_who_was_first(hospital: Hospital, clock: FakeClock) -> None:
    hospital.declare()
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    task = nia.one("task", role="bedside-nurse", code="A2")["id"]
    assert bo.do("task.complete", task=task, captured={}, note="")["st"] == "ok"

    result = nia.do("task.complete", task=task, captured={}, note="")

    assert (result["st"], result["by_name"], result["code"]) == ("superseded", "Bo", "somebody_first")
    nia.pull()
    shown = nia.one("task", id=task)
    assert shown["by_name"] == "Bo"
    assert [(sign["by_name"], sign["st"]) for sign in shown["signs"]] == [("Bo", "ok"), ("Nia", "superseded")]


def test_a_two_person_step_needs_two_people(hospital: Hospital, clock: FakeClock) -> None:
    hospital.declare()
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    task = nia.one("task", role="bedside-nurse", code="B1")["id"]

    assert nia.do("task.complete", task=task, captured={}, note="")["st"] == "ok"
    again = nia.do("task.confirm", task=task)
    assert (again["st"], again["code"]) == ("rejected", "same_person")
    nia.pull()
    assert nia.one("task", id=task)["state"] == "half"
    assert bo.do("task.confirm", task=task)["st"] == "ok"

    nia.pull()
    assert nia.one("task", id=task)["state"] == "done"


def test_update_two_replaces_update_one_and_reach_is_counted_by_unit(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    omar, nia, priya = hospital.phone("omar"), hospital.phone("nia"), hospital.phone("priya")
    first, second = uuid7(), uuid7()
    common = {
        "incident": incident,
        "do_now": "Stay on paper.",
        "works": ["Viewer"],
        "audience": {"units": None, "roles": None},
    }
    common |= {"next_update_at": "2026-11-21T21:30:00.000Z", "ack": "unit"}
    assert omar.do("broadcast.send", broadcast=first, headline="EHR is down.", **common)["st"] == "ok"
    assert omar.do("broadcast.send", broadcast=second, headline="Vendor works on it.", **common)["st"] == "ok"

    nia.pull()
    assert [(b["no"], b["state"]) for b in sorted(nia.rows("broadcast"), key=lambda b: b["no"])] == [
        (1, "superseded"),
        (2, "current"),
    ]
    assert nia.one("broadcast", no=2)["supersedes"] == first
    assert nia.do("broadcast.receive", broadcast=second, read=False)["st"] == "ok"
    assert nia.do("broadcast.ack", broadcast=second)["st"] == "ok"

    priya.pull()
    icu = priya.one("reach", broadcast=second, unit="icu")
    assert (icu["targeted"], icu["received"], icu["read"], icu["acked"], icu["quorum"]) == (3, 1, 1, 1, False)
    assert nia.rows("reach") == []
    nia.pull()
    assert nia.one("ack", broadcast=second)["incident"] == incident


def test_phones_follow_restored_all_clear_and_stood_down(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    omar, nia = hospital.phone("omar"), hospital.phone("nia")
    clock.advance(minutes=90)

    assert omar.do("incident.advance", incident=incident, to="restored", note="Stay on paper.")["st"] == "ok"
    nia.pull()
    assert nia.one("incident")["state"] == "restored"
    assert nia.one("task", role="bedside-nurse", code="F1")["due_at"] == "2026-11-21T22:26:00.000Z"

    assert omar.do("incident.advance", incident=incident, to="closed", note="")["st"] == "conflict"
    assert omar.do("incident.advance", incident=incident, to="all_clear", note="")["st"] == "ok"
    assert omar.do("incident.advance", incident=incident, to="closed", note="")["st"] == "ok"
    nia.pull()
    assert nia.one("incident")["state"] == "closed"


def test_the_outsider_gets_nothing(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    uri = hospital.phone("uri")

    assert uri.base == {}
    body = {"proto": 1, "epoch": uri.epoch, "cursors": {"unit:icu": 0, f"incident:{incident}:command": 0}, "page": None}
    answer = uri.client.post("/api/sync/pull", json=body).get_json()
    assert (answer["scopes"], answer["delta"], answer["snap"]) == ([], {}, {})
    assert sorted(answer["drop"]) == [f"incident:{incident}:command", "unit:icu"]
    assert uri.do("note.add", incident=incident, unit="icu", text="hello")["code"] == "not_allowed"
