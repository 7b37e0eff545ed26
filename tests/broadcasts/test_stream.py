"""One numbered stream: what an update says, what it takes back, and two leads who write at once."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.ids import uuid7
from tests.broadcasts.stage import Ward, wrong_rows
from tests.cast import Hospital
from tests.conftest import FakeClock


@pytest.fixture
def ward(hospital: Hospital, clock: FakeClock) -> Ward:
    return Ward(hospital).begin()


def test_a_phone_holds_all_that_an_update_says(ward: Ward) -> None:
    said: dict[str, Any] = {
        "stage": "workaround",
        "what_down": ["Charting", "Orders"],
        "affected": "All wards",
        "do_not": "Do not restart.",
        "estimate": {"at": "2026-11-21T22:30:00.000Z", "confidence": "low", "text": "a guess"},
        "contact": "4400",
    }

    update = ward.update(ward.send(**said), on="nia")

    assert {name: update[name] for name in said} == said
    assert (update["no"], update["level"], update["by_role"]) == (1, 2, "it-lead")


def test_an_update_of_an_old_phone_is_complete_too(ward: Ward) -> None:
    update = ward.update(ward.send(), on="nia")

    assert update["estimate"] == {"at": None, "confidence": "unknown", "text": ""}
    assert (update["what_down"], update["do_not"], update["relation"], update["stage"]) == ("", "", None, None)


def test_a_correction_is_said_on_what_it_corrects(ward: Ward) -> None:
    wrong = ward.send()

    right = ward.send(by="priya", relation="corrects", refers_to=1)

    assert ward.update(wrong, on="nia")["state"] == "superseded"
    assert ward.update(wrong, on="nia")["superseded_by"] == {"id": right, "no": 2, "relation": "corrects"}
    assert ward.update(right, on="nia")["supersedes"] == wrong
    assert wrong_rows() == {}


def test_a_cancelled_update_is_cancelled_everywhere(ward: Ward) -> None:
    false_alarm = ward.send()

    by = ward.send(relation="cancels", refers_to=1, headline="Update 1 is cancelled.")

    for name in ("nia", "kim", "priya"):
        assert ward.update(false_alarm, on=name)["state"] == "cancelled"
        assert ward.update(false_alarm, on=name)["superseded_by"]["no"] == 2
    assert ward.update(by)["state"] == "current"


def test_a_correction_must_reach_whoever_read_the_mistake(ward: Ward) -> None:
    ward.send()

    result = ward.try_send(relation="corrects", refers_to=1, audience={"units": ["icu"], "roles": None})

    assert (result["st"], result["code"]) == ("rejected", "audience_narrower")


@pytest.mark.parametrize(
    ("args", "code"),
    [({"relation": "corrects"}, "no_number"), ({"relation": "cancels", "refers_to": 9}, "no_such_update")],
)
def test_what_takes_back_names_an_update_of_this_incident(ward: Ward, args: dict[str, Any], code: str) -> None:
    assert ward.try_send(**args)["code"] == code


def test_a_second_lead_within_seconds_is_told_and_can_send_all_the_same(ward: Ward, clock: FakeClock) -> None:
    ward.send(after=0)
    clock.advance(seconds=10)
    mine = uuid7()

    told = ward.try_send("priya", broadcast=mine, after=0)

    assert (told["st"], told["code"], told["by_name"]) == ("conflict", "just_sent", "Omar")
    assert told["msg"] == "Omar sent update 1 meanwhile. Send yours as update 2?"
    ward.send("priya", broadcast=mine, after=1)
    assert ward.update(mine)["no"] == 2


def test_a_second_leader_approves_where_the_site_wants_it(ward: Ward) -> None:
    ward.decide(approval=True)
    waiting = ward.try_send()
    broadcast = waiting["broadcast"]

    assert (waiting["st"], waiting["code"]) == ("ok", "waits_for_approval")
    assert ward.seen("approval", broadcast=broadcast)["state"] == "waiting"
    assert ward.phones["omar"].do("broadcast.approve", broadcast=broadcast)["code"] == "same_person"
    assert ward.phones["priya"].do("broadcast.approve", broadcast=broadcast)["st"] == "ok"

    update = ward.update(broadcast, on="nia")
    assert (update["no"], update["by_name"], update["approved_by_name"]) == (1, "Omar", "Priya")
    assert ward.phones["ines"].do("broadcast.approve", broadcast=broadcast)["code"] == "somebody_first"


def test_a_refused_update_is_never_sent(ward: Ward) -> None:
    ward.decide(approval=True)
    broadcast = ward.try_send()["broadcast"]

    ward.phones["priya"].do("broadcast.refuse", broadcast=broadcast, reason="Too early.")

    assert ward.seen("approval", broadcast=broadcast)["reason"] == "Too early."
    assert ward.phones["ines"].do("broadcast.approve", broadcast=broadcast)["st"] == "superseded"
    ward.pull_all()
    assert ward.phones["nia"].rows("broadcast") == []


def test_nothing_new_waits_for_nobody(ward: Ward) -> None:
    ward.decide(approval=True)

    assert ward.update(ward.send(nothing_new=True, ack="none"))["no"] == 1


def test_an_update_to_one_person_lies_with_that_person_and_the_leaders(ward: Ward) -> None:
    kim = ward.hospital.ids["kim"]

    broadcast = ward.send(audience={"units": [], "roles": None, "people": [kim]}, ack="person")

    assert ward.update(broadcast, on="kim")["headline"] == "EHR is down."
    assert ward.phones["nia"].rows("broadcast") == []
    assert ward.reach(broadcast, "pharmacy")["targeted"] == 1
    assert wrong_rows() == {}


def test_an_update_to_who_is_on_duty_counts_only_those(ward: Ward) -> None:
    ward.phones["nia"].do("duty.claim", unit="icu", role="bedside-nurse")

    broadcast = ward.send(audience={"units": None, "roles": None, "on_duty": True})

    assert ward.reach(broadcast, "icu")["targeted"] == 1
    assert ward.reach(broadcast, "5-west")["targeted"] == 0


def test_nobody_is_not_an_audience(ward: Ward) -> None:
    assert ward.try_send(audience={"units": [], "roles": None})["code"] == "no_audience"
    assert ward.try_send(audience={"units": None, "services": ["x-ray"]})["code"] == "no_such_service"
    assert ward.try_send(audience={"units": [], "people": [uuid7()]})["code"] == "no_such_person"
