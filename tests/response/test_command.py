"""Command with depth: who is asked to take a position, objectives, operational periods that hand over."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.attestation import by_system
from app.base.errors import AppError
from app.plans.command.commands import put_command
from app.plans.command.format import parse_command, shallow
from app.plans.errors import PlanErrors
from app.plans.library import LIBRARY, read_text
from app.response.commands.contact import sweep_due
from app.response.commands.handover_sweep import sweep_handovers
from tests.cast import SITE, Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort
from tests.projections import differences

CENTRE = "command-centre"
SUCCESSORS = "successors:\n  operations-chief: [dana, nia, kim]\n  logistics: [max]\n"
STARTER = read_text(LIBRARY / "command.yaml")


@pytest.fixture
def town(hospital: Hospital, clock: FakeClock) -> Hospital:
    """Northgate with the library's positions, Dana, Nia and Kim ready to lead operations."""
    put_command(STARTER + SUCCESSORS, site=SITE["id"], attestation=by_system())
    return hospital


def holders(phone: PhonePort, role: str) -> list[str]:
    phone.pull()
    return [one["name"] for one in phone.rows("duty", unit=CENTRE)[0]["holders"] if one["role"] == role]


def offer(phone: PhonePort) -> dict[str, Any]:
    phone.pull()
    found = {row["id"]: row for row in phone.rows("handover")}
    assert len(found) == 1
    return next(iter(found.values()))


def test_every_phone_holds_the_chart_and_who_succeeds(town: Hospital) -> None:
    sol = town.phone("sol")

    position = sol.one("position", code="operations-chief")
    assert position["title"] == {"en": "Operations section chief", "es": "Jefe de operaciones"}
    assert [one["name"] for one in position["successors"]] == ["Dana", "Nia", "Kim"]
    assert (position["reports_to"], position["from_level"]) == ("incident-commander", 2)
    frame = sol.one("command")
    assert (frame["unit"], len(frame["sections"]), len(frame["assume"]) <= 8) == (CENTRE, 5, True)
    assert differences(SITE["id"]) == {}


def test_a_successor_takes_the_position_and_gives_it_up(town: Hospital) -> None:
    dana, sol, priya = town.phone("dana"), town.phone("sol"), town.phone("priya")
    assert dana.one("me")["standby"] == [{"unit": CENTRE, "role": "operations-chief"}]

    assert dana.do("duty.claim", unit=CENTRE, role="operations-chief")["st"] == "ok"
    assert sol.do("duty.claim", unit=CENTRE, role="operations-chief")["code"] == "not_allowed"
    assert holders(priya, "operations-chief") == ["Dana"]
    dana.pull()
    assert "operations-chief" in dana.one("me")["roles"]

    assert dana.do("duty.release", unit=CENTRE, role="operations-chief")["st"] == "ok"
    assert holders(priya, "operations-chief") == []
    assert differences(SITE["id"]) == {}


def test_calling_asks_the_first_and_then_the_next(town: Hospital, clock: FakeClock) -> None:
    town.declare()
    omar, dana, nia = town.phone("omar"), town.phone("dana"), town.phone("nia")

    assert omar.do("position.call", position="operations-chief")["st"] == "ok"
    assert omar.do("position.call", position="operations-chief")["st"] == "superseded"
    asked = offer(dana)
    assert (asked["to_name"], asked["unit"], asked["role"]) == ("Dana", CENTRE, "operations-chief")
    nia.pull()
    assert nia.rows("handover") == []

    clock.advance(minutes=16)
    sweep_handovers()
    assert offer(nia)["to_name"] == "Nia"
    assert nia.do("handover.accept", handover=asked["id"])["st"] == "ok"
    assert holders(omar, "operations-chief") == ["Nia"]
    assert omar.do("position.call", position="operations-chief")["st"] == "superseded"
    sweep_due()
    assert differences(SITE["id"], late=True) == {}


def test_a_call_ends_when_somebody_else_takes_the_position(town: Hospital, clock: FakeClock) -> None:
    incident = town.declare()
    omar, dana, nia = town.phone("omar"), town.phone("dana"), town.phone("nia")
    omar.do("position.call", position="operations-chief")
    asked = offer(dana)

    assert nia.do("duty.claim", unit=CENTRE, role="operations-chief")["st"] == "ok"

    assert (offer(dana)["state"], offer(dana)["answered_by_name"], offer(dana)["next_at"]) == ("accepted", "Nia", None)
    clock.advance(minutes=16)
    sweep_handovers()
    assert holders(omar, "operations-chief") == ["Nia"]
    assert dana.do("handover.accept", handover=asked["id"])["st"] == "superseded"
    said = [event["text"]["en"] for event in omar.rows("event", incident=incident)]
    assert "Nia is Operations section chief in Command centre now: nobody else is asked" in said
    sweep_due()
    assert differences(SITE["id"], late=True) == {}


def test_a_holders_own_offer_goes_on_when_a_second_one_takes_the_position(town: Hospital) -> None:
    dana, nia, kim = town.phone("dana"), town.phone("nia"), town.phone("kim")
    dana.do("duty.claim", unit=CENTRE, role="operations-chief")
    dana.do("handover.offer", unit=CENTRE, role="operations-chief", to=town.ids["kim"], note="")

    nia.do("duty.claim", unit=CENTRE, role="operations-chief")

    assert offer(kim)["state"] == "offered"


def test_all_that_the_level_asks_for_is_called_at_once(town: Hospital) -> None:
    town.declare(level=2)
    omar = town.phone("omar")

    assert omar.do("position.call")["st"] == "ok"

    omar.pull()
    called = {row["role"]: row["to_name"] for row in omar.rows("handover")}
    assert called == {
        "incident-commander": "", "operations-chief": "Dana", "business-continuity": "", "it-systems": "",
    }  # fmt: skip
    assert town.phone("nia").do("position.call")["code"] == "not_allowed"
    assert omar.do("position.call", position="no-such")["code"] == "not_found"


def test_a_holder_hands_over_to_a_successor(town: Hospital) -> None:
    dana, kim = town.phone("dana"), town.phone("kim")
    dana.do("duty.claim", unit=CENTRE, role="operations-chief")

    to = town.ids["kim"]
    assert dana.do("handover.offer", unit=CENTRE, role="operations-chief", to=to, note="Lab is next")["st"] == "ok"
    assert kim.do("handover.accept", handover=offer(kim)["id"])["st"] == "ok"

    assert holders(town.phone("priya"), "operations-chief") == ["Kim"]
    assert differences(SITE["id"], late=True) == {}


def test_objectives_are_set_met_and_dropped_by_those_in_command(town: Hospital, clock: FakeClock) -> None:
    incident = town.declare()
    priya, dana, sol = town.phone("priya"), town.phone("dana"), town.phone("sol")
    dana.do("duty.claim", unit=CENTRE, role="operations-chief")
    set_ = {"incident": incident, "text": "All wards on paper by 22:00", "owner": "operations-chief"}

    first = priya.record("objective.add", **set_)
    assert [result["st"] for result in priya.push()] == ["ok"]
    assert sol.do("objective.add", **set_)["code"] == "not_allowed"
    assert priya.do("objective.add", **{**set_, "owner": "king"})["code"] == "not_found"
    clock.advance(minutes=5)
    assert dana.do("objective.change", objective=first, to="dropped")["code"] == "reason_needed"
    assert dana.do("objective.change", objective=first, to="met")["st"] == "ok"
    assert priya.do("objective.change", objective=first, to="met")["st"] == "superseded"

    dana.pull()
    row = {one["id"]: one for one in dana.rows("objective")}[first]
    assert (row["state"], row["changed_by_name"], row["period"], row["closed_in"]) == ("met", "Dana", 1, 1)
    assert dana.do("objective.change", objective=first, to="open")["st"] == "ok"
    sweep_due()
    assert differences(SITE["id"], late=True) == {}


def test_periods_follow_one_another_and_carry_objectives_over(town: Hospital, clock: FakeClock) -> None:
    incident = town.declare()
    priya, ines = town.phone("priya"), town.phone("ines")
    priya.do("objective.add", incident=incident, text="Two people at every gate", owner="logistics")
    began = {"incident": incident, "ends_at": "2026-11-22T07:00:00.000Z"}
    assert priya.do("period.begin", **began, no=1)["st"] == "ok"
    clock.advance(hours=10)

    late = ines.record("period.begin", **{**began, "ends_at": "2026-11-22T19:00:00.000Z"}, no=2, note="From Ines")
    second = priya.do("period.begin", incident=incident, no=2, ends_at="2026-11-22T19:00:00.000Z", note="Quiet night")
    assert second["st"] == "ok"
    assert {result["id"]: result["st"] for result in ines.push()} == {late: "superseded"}
    assert priya.do("period.begin", incident=incident, no=5, ends_at=None)["code"] == "not_next"
    assert priya.do("period.begin", incident=incident, no=3, ends_at="2026-11-21T19:00:00.000Z")["code"] == "bad_time"

    priya.pull()
    rows = {row["no"]: row for row in priya.rows("period", scope=f"incident:{incident}:command")}
    assert (rows[1]["starts_at"], rows[1]["ended_at"]) == ("2026-11-21T20:51:00.000Z", "2026-11-22T06:51:00.000Z")
    assert (rows[2]["note"], rows[2]["ended_at"], rows[2]["by_name"]) == ("Quiet night", None, "Priya")
    assert priya.rows("objective")[0]["state"] == "open"
    said = [event["text"]["en"] for event in priya.rows("event") if event["type"] == "period.begun"]
    assert said[-1] == "Priya began operational period 2; 1 objectives are open"


def test_the_library_s_chart_is_whole_and_a_site_s_own_is_checked(town: Hospital) -> None:
    chart = parse_command(STARTER, source="command.yaml")

    assert len(chart.positions) >= 25
    assert set(shallow(parse_command(STARTER + SUCCESSORS, source="x"))) >= {"logistics", "incident-commander"}
    assert "operations-chief" not in shallow(parse_command(STARTER + SUCCESSORS, source="x"))
    for old, new, sentence in (
        ("section: planning", "section: dreams", "no section"),
        ("reports_to: planning-chief", "reports_to: nobody", "not there"),
        ("  - code: hazmat", "  - code: logistics", "written twice"),
        ("code: planning-chief\n", "code: planning-chief\n    reports_to: resources\n", "written twice"),
    ):
        with pytest.raises(PlanErrors, match=sentence):
            parse_command(STARTER.replace(old, new, 1), source="command.yaml")
    with pytest.raises(AppError, match="no account"):
        put_command(STARTER + "successors: {logistics: [nobody]}\n", site=SITE["id"], attestation=by_system())
