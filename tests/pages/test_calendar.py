"""Planned downtimes in the calendars of staff, by RFC 5545."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.base.instants import to_wire
from app.pages.calendar_text import calendar_text, status_of
from tests.cast import Hospital
from tests.conftest import START

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
GO = {"it": {"go": True}, "clinical": {"go": True}}
INCIDENT: dict[str, Any] = {
    "id": "0199a3c4-5d00-7000-8000-000000000001", "no": 4, "title": "Upgrade, part 1; records", "kind": "real",
    "state": "planned", "services": ["ehr", "lab"], "note": "", "go": None, "sequence": 2,
    "planned": NOW + timedelta(days=1), "planned_end": NOW + timedelta(days=1, hours=2),
}  # fmt: skip


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_an_entry_has_a_stable_id_its_sequence_and_escaped_words() -> None:
    lines = lines_of(calendar_text([INCIDENT], site="Northgate", now=NOW, host="northgate.wardlight"))

    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert f"UID:{INCIDENT['id']}@northgate.wardlight" in lines
    assert {"SEQUENCE:2", "DTSTART:20261122T120000Z", "DTEND:20261122T140000Z", "DTSTAMP:20261121T120000Z"} <= set(
        lines
    )
    assert "SUMMARY:Upgrade\\, part 1\\; records" in lines


@pytest.mark.parametrize(
    ("state", "go", "status"),
    [
        ("planned", None, "TENTATIVE"),
        ("planned", GO, "CONFIRMED"),
        ("declared", None, "CONFIRMED"),
        ("cancelled", GO, "CANCELLED"),
    ],
)
def test_the_status_follows_the_two_voices(state: str, go: Any, status: str) -> None:
    assert status_of({"state": state, "go": go}) == status


def test_no_line_is_longer_than_75_octets_and_none_is_lost() -> None:
    title = "Actualización del sistema de historias clínicas – " * 4
    text = calendar_text([{**INCIDENT, "title": title, "kind": "exercise"}], site="N", now=NOW, host="h")

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"SUMMARY:EXERCISE: {title}" in lines_of(text)


def test_only_who_has_the_address_reads_it(northgate: Hospital) -> None:
    omar = northgate.phone("omar")
    start = START + timedelta(days=2)
    omar.declare(title="Upgrade", planned_start_at=to_wire(start), planned_end_at=to_wire(start + timedelta(hours=1)))
    client = northgate.app.test_client()
    path = omar.one("calendar")["path"]

    answer = client.get(path)

    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert "SUMMARY:Upgrade\r\n" in answer.text
    assert client.get("/calendar.ics").status_code == 404
    assert client.get(path[:-1] + ("0" if path[-1] != "0" else "1")).status_code == 404
    assert client.get("/calendar.ics?token=é").status_code == 404
    assert northgate.phone("nia").rows("calendar") == []
