"""Declaring compiles what units do instead; it follows the services, ends with the all-clear, its time is watched."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.attestation import by_system
from app.plans.workarounds.commands import put_workaround_file
from app.response.commands.contact import sweep_due
from app.response.commands.in_use import keep_workarounds, remove_workarounds, sweep_safe_times
from app.services.commands import put_services
from app.services.entry import ServiceEntry
from tests.cast import SITE, Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort
from tests.projections import differences

SERVICES = [
    ServiceEntry("ehr", "Electronic health record", "the chart", 0),
    ServiceEntry("portal", "Patient portal", "the portal", 1, ("ehr",)),
    ServiceEntry("cabinets", "Medication cabinets", "the cabinets", 2, (), ("intensive-care", "pharmacy")),
]
ENTRY = """\
  - code: {code}
    unit_types: [{types}]
    owner: Pharmacy
    review_by: 2027-05-01
    safe_for: {safe}
    do:
      - en: {do}
    stop:
      - en: Stop the rest.
"""


def pack(service: str, *entries: str) -> str:
    return f"service: {service}\ntitle:\n  en: It is down\nworkarounds:\n" + "".join(entries)


def entry(code: str, types: str, safe: str = "4 h", do: str = "Use paper.") -> str:
    return ENTRY.format(code=code, types=types, safe=safe, do=do)


@pytest.fixture
def town(hospital: Hospital, clock: FakeClock) -> Hospital:
    """Northgate with three services and what to do without them."""
    put_services(SITE["id"], SERVICES)
    packs = (
        pack("ehr", entry("wards", "intensive-care, ward"), entry("pharmacy", "pharmacy", "12 h")),
        pack("portal", entry("desk", "service-desk", "3 d")),
        pack("cabinets", entry("beds", "intensive-care, ward", "2 h"), entry("pharmacy", "pharmacy", "8 h")),
    )
    for text in packs:
        put_workaround_file(text, site=SITE["id"], attestation=by_system())
    return hospital


def items(phone: PhonePort, unit: str) -> list[tuple[str, str]]:
    phone.pull()
    rows = [b for b in phone.rows("in_use") if b["unit"] == unit]
    return [(item["service"], item["code"]) for item in rows[0]["items"]] if rows else []


def test_a_declaration_compiles_exactly_what_the_units_of_it_use(town: Hospital) -> None:
    town.declare(units=["icu", "5-west", "service-desk"])

    nia, sol, kim, omar = (town.phone(name) for name in ("nia", "sol", "kim", "omar"))
    assert items(nia, "icu") == [("ehr", "wards")]
    assert items(sol, "5-west") == [("ehr", "wards")]
    assert items(kim, "pharmacy") == []
    assert items(omar, "service-desk") == [("portal", "desk")]  # it stopped with the record that it needs
    state = omar.one("safe_time")["items"]
    assert [(item["service"], item["units"]) for item in state] == [
        ("ehr", ["icu", "5-west"]),
        ("portal", ["service-desk"]),
    ]
    assert differences(SITE["id"]) == {}


def test_safe_until_counts_from_the_first_symptom(town: Hospital) -> None:
    town.declare(units=["icu"])
    nia = town.phone("nia")

    item = nia.one("in_use")["items"][0]

    assert (item["since"], item["safe_until"]) == ("2026-11-21T20:51:00.000Z", "2026-11-22T00:51:00.000Z")
    lines = nia.one("workaround", service="ehr")["entries"][0]
    assert (lines["code"], lines["do"], lines["safe_min"]) == ("wards", [{"en": "Use paper."}], 240)


def change(phone: PhonePort, incident: str, service: str, to: str) -> dict[str, Any]:
    return phone.do("incident.service", incident=incident, service=service, to=to)


def test_the_set_follows_what_stops_and_what_is_back(town: Hospital, clock: FakeClock) -> None:
    incident = town.declare(units=["icu", "service-desk"])
    omar, nia = town.phone("omar"), town.phone("nia")
    clock.advance(minutes=30)

    assert change(omar, incident, "cabinets", "down")["st"] == "ok"
    assert change(omar, incident, "cabinets", "down")["st"] == "superseded"
    assert items(nia, "icu") == [("ehr", "wards"), ("cabinets", "beds")]
    assert nia.one("in_use")["items"][1]["safe_until"] == "2026-11-21T23:21:00.000Z"
    assert nia.one("incident")["services"] == ["ehr", "cabinets"]

    assert change(omar, incident, "ehr", "back")["st"] == "ok"
    assert items(nia, "icu") == [("cabinets", "beds")]
    assert items(omar, "service-desk") == []
    assert change(omar, incident, "cabinets", "not_down")["code"] == "last_service"
    assert change(omar, incident, "no-such", "down")["code"] == "not_found"
    assert change(nia, incident, "ehr", "down")["code"] == "not_allowed"
    sweep_due()
    assert differences(SITE["id"], late=True) == {}
    said = [event["text"]["en"] for event in omar.rows("event") if event["type"].startswith("service.")]
    assert said == ["Medication cabinets is down too, says Omar", "Electronic health record is back, says Omar"]


def test_it_stays_while_it_is_restored_and_ends_with_the_all_clear(town: Hospital) -> None:
    incident = town.declare(units=["icu"])
    omar, nia = town.phone("omar"), town.phone("nia")

    omar.do("incident.advance", incident=incident, to="restored", note="")
    assert items(nia, "icu") == [("ehr", "wards")]

    omar.do("incident.advance", incident=incident, to="all_clear", note="")
    assert items(nia, "icu") == []
    omar.pull()
    assert omar.rows("safe_time") == []
    assert change(omar, incident, "cabinets", "down")["code"] == "not_running"
    assert differences(SITE["id"]) == {}


def test_a_unit_that_joins_gets_it_too(town: Hospital) -> None:
    incident = town.declare(units=["icu"])
    sol = town.phone("sol")

    start = {"plan": "ehr-unplanned", "day": "2026-11-21", "shift": "night"}
    assert sol.do("run.start", unit="5-west", incident=incident, **start)["st"] == "ok"

    assert items(sol, "5-west") == [("ehr", "wards")]


def test_what_is_rewritten_during_an_incident_reaches_the_phones(town: Hospital) -> None:
    town.declare(units=["icu"])
    nia = town.phone("nia")

    keep_workarounds(pack("ehr", entry("icu", "intensive-care", "1 h")), site=SITE["id"], attestation=by_system())
    assert items(nia, "icu") == [("ehr", "icu")]
    remove_workarounds("ehr", site=SITE["id"], attestation=by_system())
    assert items(nia, "icu") == []
    assert differences(SITE["id"]) == {}


def test_the_timeline_tells_once_that_safe_time_is_over(town: Hospital, clock: FakeClock) -> None:
    incident = town.declare(units=["icu", "5-west"])
    omar = town.phone("omar")

    def expired() -> list[dict[str, Any]]:
        return [event for event in omar.rows("event") if event["type"] == "workaround.expired"]

    for minutes in (239, 1, 5):
        clock.advance(minutes=minutes)
        sweep_safe_times()
        sweep_safe_times()
        omar.pull()
        assert len(expired()) == (0 if minutes == 239 else 1)

    said = expired()[0]["text"]["en"]
    assert said.startswith("Electronic health record is down for longer than its workaround is safe.")
    assert said.endswith("Units: Intensive care, 5 West")
    assert expired()[0]["incident"] == incident


def test_an_exercise_and_a_late_entry_are_no_different(town: Hospital) -> None:
    town.declare(units=["icu"], kind="exercise")

    assert items(town.phone("nia"), "icu") == [("ehr", "wards")]
