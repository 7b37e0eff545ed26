"""Received, read, acknowledged: separate facts, credited when they were made, by the path that worked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.base.instants import to_wire
from tests.broadcasts.stage import Ward, wrong_rows
from tests.cast import Hospital
from tests.conftest import START, FakeClock
from tests.sync.sealing import carry, inside_of, seal


@pytest.fixture
def ward(hospital: Hospital, clock: FakeClock) -> Ward:
    return Ward(hospital).begin()


def test_an_offline_ack_is_credited_when_it_was_made_and_marked_late(ward: Ward, clock: FakeClock) -> None:
    broadcast = ward.send()
    made_at = clock.advance(minutes=3)
    ward.phones["dana"].record("broadcast.ack", broadcast=broadcast)
    clock.advance(minutes=40)

    ward.phones["dana"].push()

    cell = ward.reach(broadcast, "icu")
    assert (cell["quorum"], cell["quorum_at"], cell["late"]) == (True, to_wire(made_at), 1)
    assert cell["acks"] == [
        {"name": "Dana", "at": to_wire(made_at), "received_at": to_wire(clock.now()), "late": True, "carried_by": None}
    ]
    assert ward.seen("ack", "dana", broadcast=broadcast)["late"] is True
    assert wrong_rows() == {}


def test_the_earlier_of_two_devices_is_credited_and_both_stay(ward: Ward, clock: FakeClock) -> None:
    broadcast = ward.send()
    tablet = ward.hospital.phone("dana", device="ward-tablet")
    early = clock.advance(minutes=1)
    tablet.record("broadcast.ack", broadcast=broadcast)
    clock.advance(minutes=5)
    ward.phones["dana"].do("broadcast.ack", broadcast=broadcast)

    assert tablet.push()[0]["st"] == "ok"

    assert ward.reach(broadcast, "icu")["quorum_at"] == to_wire(early)
    answer = ward.phones["priya"].client.get(f"/api/broadcasts/{broadcast}/reach/icu").get_json()
    dana = next(person for person in answer["people"] if person["name"] == "Dana")
    assert [device["acked_at"] for device in dana["devices"]] == [
        to_wire(early), to_wire(early + timedelta(minutes=5)),
    ]  # fmt: skip


def test_one_ack_silences_nobody_else(ward: Ward) -> None:
    broadcast = ward.send()

    ward.phones["dana"].do("broadcast.ack", broadcast=broadcast)

    ward.phones["nia"].pull()
    assert ward.phones["nia"].rows("ack") == []
    assert ward.phones["nia"].do("broadcast.ack", broadcast=broadcast)["st"] == "ok"
    assert ward.reach(broadcast, "icu")["acked"] == 2


def test_the_first_path_that_worked_is_told(ward: Ward, clock: FakeClock) -> None:
    broadcast = ward.send()
    ward.phones["nia"].do("broadcast.receive", broadcast=broadcast, read=False, path="push")
    clock.advance(minutes=1)
    ward.phones["nia"].do("broadcast.receive", broadcast=broadcast, read=True, path="socket")
    ward.phones["bo"].do("broadcast.receive", broadcast=broadcast)

    cell = ward.reach(broadcast, "icu")

    assert cell["paths"] == {"socket": 0, "poll": 1, "push": 1, "carried": 0, "runner": 0, "paper": 0}
    assert (cell["received"], cell["read"], cell["acked"]) == (2, 1, 0)


def test_what_a_colleagues_phone_brings_came_by_that_way(ward: Ward, clock: FakeClock) -> None:
    broadcast = ward.send()
    nia, bo = ward.phones["nia"], ward.phones["bo"]
    nia.do("broadcast.receive", broadcast=broadcast, path="socket")
    nia.record("broadcast.ack", broadcast=broadcast)
    bo.record("broadcast.receive", broadcast=broadcast, path="socket")
    made_at = clock.now()
    clock.advance(minutes=9)

    for phone in (nia, bo):
        assert carry(ward.phones["max"], seal(inside_of(phone), phone.boot["keys"]["relay"])[0]).status_code == 200

    cell = ward.reach(broadcast, "icu")
    assert cell["paths"] == {"socket": 1, "poll": 0, "push": 0, "carried": 2, "runner": 0, "paper": 0}
    (ack,) = cell["acks"]
    assert (ack["name"], ack["at"], ack["late"], ack["carried_by"]) == ("Nia", to_wire(made_at), True, "Max")
    answer = ward.phones["priya"].client.get(f"/api/broadcasts/{broadcast}/reach/icu").get_json()
    ways = {person["name"]: (person["path"], person["ack_carried_by"]) for person in answer["people"]}
    assert ways == {"Nia": ("socket", "Max"), "Bo": ("carried", None), "Dana": (None, None)}
    nia.push()
    assert ward.reach(broadcast, "icu") == cell
    assert wrong_rows() == {}


def test_a_site_decides_what_it_takes(ward: Ward) -> None:
    ward.decide(quorum={"unit_types": {"intensive-care": [{"roles": ["bedside-nurse"], "count": 2}]}})
    broadcast = ward.send()

    ward.phones["dana"].do("broadcast.ack", broadcast=broadcast)
    ward.phones["nia"].do("broadcast.ack", broadcast=broadcast)
    assert ward.reach(broadcast, "icu")["quorum"] is False
    assert ward.reach(broadcast, "icu")["need"] == [{"roles": ["bedside-nurse"], "count": 2, "have": 1}]

    ward.phones["bo"].do("broadcast.ack", broadcast=broadcast)
    assert ward.reach(broadcast, "icu")["quorum"] is True


def test_an_ack_that_has_run_out_is_given_again_and_the_first_stays(ward: Ward, clock: FakeClock) -> None:
    ward.decide(ack_lasts_min=60)
    broadcast = ward.send()
    ward.phones["dana"].do("broadcast.ack", broadcast=broadcast)
    clock.advance(minutes=61)
    ward.phones["nia"].do("broadcast.receive", broadcast=broadcast)
    assert ward.reach(broadcast, "icu")["quorum"] is False
    assert ward.reach(broadcast, "icu")["lapsed"] == 1

    again = ward.phones["dana"].do("broadcast.ack", broadcast=broadcast)

    assert again["st"] == "ok"
    assert ward.reach(broadcast, "icu")["quorum"] is True
    mine = ward.seen("ack", "dana", broadcast=broadcast)
    assert (mine["acked_at"], mine["renewed_at"]) == (to_wire(START), to_wire(clock.now()))


def test_a_runner_reaches_a_unit_in_their_own_name(ward: Ward, clock: FakeClock) -> None:
    broadcast = ward.send()
    knocked_at = clock.advance(minutes=2)
    sol = ward.phones["sol"]
    sol.record("broadcast.carry", broadcast=broadcast, unit="icu", path="runner", taken_by="Dana")
    clock.advance(minutes=30)

    sol.push()

    cell = ward.reach(broadcast, "icu")
    assert (cell["quorum"], cell["acked"], cell["quorum_at"]) == (True, 0, to_wire(knocked_at))
    assert (cell["runner"]["by_name"], cell["runner"]["taken_by"], cell["paths"]["runner"]) == ("Sol", "Dana", 1)
    assert ward.phones["max"].do("broadcast.carry", broadcast=broadcast, unit="icu")["code"] == "carried_before"
    assert ward.reach(broadcast, "icu")["runner"]["by_name"] == "Sol"


def test_a_route_leads_to_the_doors_that_were_not_reached(ward: Ward) -> None:
    broadcast = ward.send()
    ward.phones["dana"].do("broadcast.ack", broadcast=broadcast)
    sent = ward.phones["priya"].do("runner.send", route="0199a3c4-5d00-7000-8000-0000000000aa", broadcast=broadcast)
    assert sent["st"] == "ok"

    route = ward.seen("runner_route", "sol")

    assert route["units"] == ["5-west", "pharmacy", "service-desk", "command-centre"]
    ward.phones["sol"].do("broadcast.carry", broadcast=broadcast, unit="pharmacy", route=route["id"])
    assert set(ward.seen("runner_route", "sol")["reached"]) == {"pharmacy"}
    assert ward.phones["sol"].do("runner.end", route=route["id"])["st"] == "ok"
    assert ward.seen("runner_route", "sol")["state"] == "ended"


def test_names_are_for_leaders(ward: Ward) -> None:
    broadcast = ward.send()

    assert ward.phones["nia"].client.get(f"/api/broadcasts/{broadcast}/reach/icu").status_code == 403
    assert ward.phones["uri"].client.get(f"/api/broadcasts/{broadcast}/reach/icu").status_code == 403


def test_the_people_are_counted_before_sending(ward: Ward) -> None:
    ask = {"incident": ward.incident, "audience": {"units": ["icu", "pharmacy"]}}

    answer = ward.phones["omar"].client.post("/api/audience", json=ask).get_json()

    assert answer == {"people": 4, "units": [{"unit": "icu", "people": 3}, {"unit": "pharmacy", "people": 1}]}
    found = ward.phones["omar"].client.get("/api/audience/people?q=ni").get_json()["people"]
    assert found == [{"id": ward.hospital.ids["nia"], "name": "Nia", "units": ["icu"], "roles": ["bedside-nurse"]}]
    assert ward.phones["nia"].client.post("/api/audience", json=ask).status_code == 403
    assert ward.phones["uri"].client.get("/api/audience/people?q=ni").status_code == 403
