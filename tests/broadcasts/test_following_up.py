"""Promises that are watched, units that are followed up, and the alarm when nobody follows up."""

from __future__ import annotations

import pytest
from flask import Flask

from app.base.instants import to_wire
from app.broadcasts.commands.audit import audit_escalation
from app.broadcasts.commands.escalations import escalate
from app.broadcasts.commands.promises import watch_promises
from tests.broadcasts.stage import Ward, wrong_rows
from tests.cast import Hospital
from tests.conftest import START, FakeClock


@pytest.fixture
def ward(hospital: Hospital, clock: FakeClock) -> Ward:
    return Ward(hospital).begin()


def promise(ward: Ward) -> dict[str, object]:
    watch_promises()
    return dict(ward.seen("promise"))


def test_the_first_update_is_owed_without_a_promise(ward: Ward, clock: FakeClock) -> None:
    first = promise(ward)
    assert (first["no"], first["due_at"], first["overdue_since"]) == (1, "2026-11-21T21:06:00.000Z", None)

    clock.advance(minutes=10)
    assert promise(ward)["reminded_at"] == to_wire(clock.now())
    clock.advance(minutes=6)
    assert promise(ward)["overdue_since"] == "2026-11-21T21:06:00.000Z"


def test_the_lead_is_nagged_as_often_as_the_site_wants_until_the_update_comes(ward: Ward, clock: FakeClock) -> None:
    ward.decide(nag_min=5)
    ward.send(next_update_at="2026-11-21T21:30:00.000Z")
    clock.set(START.replace(hour=21, minute=31))
    assert promise(ward)["nags"] == 1
    clock.advance(minutes=4)
    assert promise(ward)["nags"] == 1
    clock.advance(minutes=2)
    assert promise(ward)["nags"] == 2

    ward.send(nothing_new=True, ack="none", next_update_at="2026-11-21T22:00:00.000Z")

    now = promise(ward)
    assert (now["no"], now["due_at"], now["overdue_since"], now["nags"]) == (3, "2026-11-21T22:00:00.000Z", None, 0)
    assert wrong_rows() == {}


def test_punctuality_is_measured(ward: Ward, clock: FakeClock) -> None:
    clock.advance(minutes=5)
    ward.send(next_update_at="2026-11-21T21:30:00.000Z")
    clock.set(START.replace(hour=21, minute=34))
    late = ward.send(next_update_at="2026-11-21T22:00:00.000Z")

    found = promise(ward)

    assert {name: found[name] for name in ("promised", "kept", "mean_late_s", "worst_late_s")} == {
        "promised": 2, "kept": 1, "mean_late_s": 120, "worst_late_s": 240,
    }  # fmt: skip
    assert ward.update(late)["promised_at"] == "2026-11-21T21:30:00.000Z"


def test_what_has_ended_owes_nothing(ward: Ward, clock: FakeClock) -> None:
    ward.phones["omar"].do("incident.advance", incident=ward.incident, to="cancelled", note="")
    clock.advance(minutes=30)

    watch_promises()

    ward.phones["priya"].pull()
    assert ward.phones["priya"].rows("promise") == []


def step(ward: Ward, broadcast: str, unit: str = "icu") -> tuple[object, ...]:
    escalate()
    row = ward.seen("escalation", broadcast=broadcast, unit=unit)
    return row["state"], row["step"], row["path"], row["who_name"]


def test_a_unit_that_does_not_answer_gets_the_next_person_and_the_next_path(ward: Ward, clock: FakeClock) -> None:
    broadcast = ward.send()
    assert step(ward, broadcast) == ("waiting", 0, "", "")
    clock.advance(minutes=5)
    assert step(ward, broadcast) == ("running", 1, "push", "Dana")
    assert step(ward, broadcast) == ("running", 1, "push", "Dana")
    clock.advance(minutes=3)
    assert step(ward, broadcast) == ("running", 2, "push", "Bo")
    clock.advance(minutes=2)
    assert step(ward, broadcast)[1:3] == (3, "phone")
    clock.advance(minutes=5)
    assert step(ward, broadcast)[1:3] == (4, "runner")
    assert wrong_rows() == {}


def test_a_quorum_ends_it_at_once(ward: Ward, clock: FakeClock) -> None:
    broadcast = ward.send()
    clock.advance(minutes=5)
    escalate()

    ward.phones["dana"].do("broadcast.ack", broadcast=broadcast)

    assert ward.seen("escalation", broadcast=broadcast, unit="icu")["state"] == "reached"
    clock.advance(minutes=30)
    assert step(ward, broadcast)[:2] == ("reached", 1)


def test_a_replaced_update_is_not_followed_up(ward: Ward) -> None:
    older = ward.send()

    ward.send()

    assert ward.seen("escalation", broadcast=older, unit="icu")["state"] == "ended"


def test_a_site_without_steps_follows_up_nobody(ward: Ward, clock: FakeClock) -> None:
    ward.decide(escalation=[])
    ward.send()

    ward.phones["priya"].pull()
    assert ward.phones["priya"].rows("escalation") == []


def test_leaders_and_the_watcher_hear_it_when_escalation_stands_still(ward: Ward, clock: FakeClock, app: Flask) -> None:
    ward.send()
    clock.advance(minutes=7)  # the first step was due two minutes ago and nobody took it
    audit_escalation()

    alarm = ward.seen("alarm")
    assert (alarm["what"], alarm["since"]) == ("escalation", "2026-11-21T20:56:00.000Z")
    answer = app.test_client().get("/api/health")
    assert (answer.status_code, answer.get_json()["escalation"]) == (503, {"late_s": 120})

    escalate()
    audit_escalation()

    ward.phones["priya"].pull()
    assert ward.phones["priya"].rows("alarm") == []
    assert app.test_client().get("/api/health").get_json()["ok"] is True
