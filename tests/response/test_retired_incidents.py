"""Two days after its end an incident leaves the phones, and nothing that arrives later brings it back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.base.db import db
from app.base.ids import uuid7
from app.broadcasts.commands.sweeps import retire_incidents
from app.response.models import Note, TaskAttestation
from tests.cast import SITE, Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort
from tests.projections import differences
from tests.sync.stage import MESSAGE


@pytest.fixture
def nia(hospital: Hospital, clock: FakeClock) -> PhonePort:
    """Nia's phone with an incident that has ended two days ago, with an update to her unit alone."""
    omar = hospital.phone("omar")
    incident = omar.declare(kind="exercise")
    sent = {**MESSAGE, "incident": incident, "audience": {"units": ["icu"], "roles": None}, "ack": "unit"}
    assert omar.do("broadcast.send", broadcast=uuid7(), **sent)["st"] == "ok"
    phone = hospital.phone("nia")
    assert phone.do("help.ask", incident=incident, unit=None, text="Two more hands")["st"] == "ok"
    phone.pull()
    omar.do("incident.advance", incident=incident, to="cancelled", note="")
    clock.advance(hours=47)
    retire_incidents()
    assert "incident" in rows_left(hospital, incident), "it left too early"
    clock.advance(hours=2)
    return phone


def rows_left(hospital: Hospital, incident: str) -> list[str]:
    phone = hospital.phone("nia", device="another")
    held = [row for rows in phone.base.values() for row in rows.values()]
    return [row["t"] for row in held if incident in (row["id"], row["b"].get("incident"))]


def test_its_rows_leave_the_phones(hospital: Hospital, nia: PhonePort) -> None:
    incident = nia.one("incident")["id"]

    retire_incidents()

    assert rows_left(hospital, incident) == []
    assert differences(SITE["id"], late=True) == {}


def test_late_entries_are_kept_and_do_not_bring_it_back(hospital: Hospital, nia: PhonePort) -> None:
    incident, task = nia.one("incident")["id"], nia.one("task", role="bedside-nurse", code="A2")["id"]
    broadcast = nia.one("broadcast")["id"]
    retire_incidents()

    results = [
        nia.do("task.complete", task=task, captured={}, note="done on Saturday"),
        nia.do("task.block", task=nia.one("task", role="bedside-nurse", code="A3")["id"], note=""),
        nia.do("task.skip", task=nia.one("task", role="bedside-nurse", code="B2")["id"], reason="none"),
        nia.do("note.add", incident=incident, unit="icu", text="All charts are back"),
        nia.do("help.ask", incident=incident, unit=None, text="Was for Saturday"),
        nia.do("broadcast.ack", broadcast=broadcast),
    ]

    assert {result["st"] for result in results} == {"ok"}
    assert db.session.execute(select(Note.text)).scalars().all() == ["All charts are back"]
    assert len(db.session.execute(select(TaskAttestation.id)).all()) == 3
    assert set(rows_left(hospital, incident)) <= {"ack"}
    assert differences(SITE["id"], late=True) == {}


def test_an_update_to_it_reaches_no_phone(hospital: Hospital, nia: PhonePort) -> None:
    incident = nia.one("incident")["id"]
    retire_incidents()
    sent = {**MESSAGE, "incident": incident, "audience": {"units": None, "roles": None}, "ack": "none"}

    hospital.phone("omar").do("broadcast.send", broadcast=uuid7(), **sent)

    assert rows_left(hospital, incident) == []
