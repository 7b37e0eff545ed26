"""A plan is changed while its incident runs: what was done stays, the rest follows, and it is on record why."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.attestation import by_system
from app.base.db import db
from app.plans.commands import import_plan
from app.plans.pack import UnitRef
from app.response.amending.models import Amendment
from tests.broadcasts.stage import wrong_rows
from tests.cast import PLAN, SITE, UNITS, Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

CHANGED = (
    PLAN.replace("do: Collect the paper charts., due: 15 min", "do: Collect the blue charts., due: 25 min")
    .replace("      - {code: A3, do: Check the pumps., due: 15 min, safety: true}\n", "")
    .replace("      - {code: F1, do: Stay on paper.", "      - {code: B3, do: Count the pumps., due: 40 min, "
             "when: {step: A1, field: patients, at_least: 3}}\n      - {code: F1, do: Stay on paper.")
)  # fmt: skip


def put_in_force(text: str) -> None:
    refs = [UnitRef(unit, kind) for unit, _name, kind in UNITS]
    import_plan(text, site=SITE["id"], units=refs, attestation=by_system())


def step(phone: PhonePort, code: str) -> dict[str, Any]:
    phone.pull()
    return phone.one("task", code=code, role="bedside-nurse")


@pytest.fixture
def incident(hospital: Hospital, clock: FakeClock) -> str:
    return hospital.declare()


def test_what_nobody_touched_follows_the_new_version_and_what_was_done_stays(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    nia, sol, omar = hospital.phone("nia"), hospital.phone("sol"), hospital.phone("omar", device="desk")
    nia.do("task.complete", task=step(nia, "A1")["id"], captured={"patients": 4}, note="")
    sol.do("task.complete", task=step(sol, "A3")["id"], captured={}, note="")
    clock.advance(minutes=6)
    put_in_force(CHANGED)
    assert step(nia, "A2")["title"] == "Collect the paper charts."

    result = omar.do("incident.amend", incident=incident, reason="The grey charts ran out")

    assert result["st"] == "ok"
    assert step(nia, "A2")["title"] == "Collect the blue charts."
    assert (step(nia, "A3")["state"], step(nia, "A3")["reason"]) == ("skipped", "plan_amended")
    assert step(sol, "A3")["state"] == "done"
    assert (step(nia, "B3").get("held"), step(sol, "B3")["held"]) == (None, "when")
    assert step(nia, "A1")["captured"] == {"patients": 4}
    with hospital.app.app_context():
        kept = db.session.query(Amendment).one()
        assert (kept.reason, kept.changes) == ("The grey charts ran out", {"added": 2, "changed": 2, "dropped": 1})
    told = [event["text"]["en"] for event in hospital.phone("priya").rows("event", type="incident.amended")]
    assert "The grey charts ran out" in told[0]
    assert wrong_rows() == {}


def test_it_needs_a_running_incident_a_new_version_and_a_lead(hospital: Hospital, incident: str) -> None:
    omar, nia = hospital.phone("omar", device="desk"), hospital.phone("nia")

    assert omar.do("incident.amend", incident=incident, reason="Again")["code"] == "same_version"
    assert nia.do("incident.amend", incident=incident, reason="Mine")["st"] == "rejected"
    omar.do("incident.advance", incident=incident, to="cancelled", note="")
    put_in_force(CHANGED)
    assert omar.do("incident.amend", incident=incident, reason="Late")["st"] == "conflict"
