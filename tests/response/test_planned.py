"""A downtime that is planned: its times, its two voices, its notices, and what happens when it overruns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.base.instants import to_wire
from app.plans.notices import NoticeText, notices_for
from app.response.commands.planned import sweep_overruns
from app.response.planned import fault_of_times, overruns
from app.response.voices import both_say_go, voice_to_give, voices_of
from tests.cast import Hospital
from tests.conftest import START, FakeClock
from tests.phone import PhonePort

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HOLDERS = {"it": ["it-lead"], "clinical": ["incident-commander"]}
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "end", "fine"),
    [
        (1, 2, True),
        (-1, 2, False),
        (0, 2, False),
        (1, 1, False),
        (1, None, False),
        (1, 24 * 15, False),
        (24 * 401, 24 * 402, False),
    ],
)
def test_a_planned_downtime_lies_ahead_and_has_an_end(start: int, end: int | None, fine: bool) -> None:
    fault = fault_of_times(NOW + start * HOUR, None if end is None else NOW + end * HOUR, now=NOW)

    assert (fault is None) == fine


@pytest.mark.parametrize(
    ("state", "minutes_past_end", "overrun", "expected"),
    [
        ("declared", 16, None, True), ("declared", 14, None, False), ("declared", 16, NOW, False),
        ("planned", 16, None, False), ("restored", 60, None, False), ("closed", 60, None, False),
    ],
)  # fmt: skip
def test_only_what_runs_past_its_end_and_the_tolerance_overruns(
    state: str, minutes_past_end: int, overrun: datetime | None, expected: bool
) -> None:
    incident = {"state": state, "planned_end": NOW - timedelta(minutes=minutes_past_end), "overrun_at": overrun}

    assert overruns(incident, now=NOW, tolerance=timedelta(minutes=15)) is expected


def test_an_unplanned_incident_never_overruns() -> None:
    incident = {"state": "declared", "planned_end": None, "overrun_at": None}

    assert not overruns(incident, now=NOW, tolerance=timedelta(0))


def test_the_voices_are_two_people() -> None:
    both = ("it", "clinical")
    omar = {"by": "omar", "go": True}

    assert voices_of(["it-lead", "incident-commander"], HOLDERS) == both
    assert voices_of(["bedside-nurse"], HOLDERS) == ()
    assert voice_to_give({"it": None, "clinical": None}, both, actor="omar") == "it"
    assert voice_to_give({"it": omar, "clinical": None}, both, actor="priya") == "clinical"
    assert voice_to_give({"it": omar, "clinical": None}, both, actor="omar") == "it"
    assert voice_to_give({"it": omar, "clinical": None}, ("clinical",), actor="omar") is None
    assert not both_say_go({"it": omar, "clinical": None})
    assert not both_say_go({"it": omar, "clinical": {"by": "priya", "go": False}})
    assert both_say_go({"it": omar, "clinical": {"by": "priya", "go": True}})


def test_notices_are_due_before_the_start_and_say_the_hospital_s_time() -> None:
    words = {"en": "{title}: {start} to {end}.", "es": "{title}: {start} a {end}."}
    text = NoticeText.model_validate({"key": "T-1d", "before": "1 d", "headline": words, "do_now": words})

    (notice,) = notices_for([text], title="Upgrade", start=NOW, end=NOW + HOUR, tz="Europe/Madrid")

    assert notice.due_at == NOW - timedelta(days=1)
    assert notice.headline["en"] == "Upgrade: 2026-11-21 13:00 to 2026-11-21 14:00."


def times(start: datetime, hours: int = 2) -> dict[str, Any]:
    return {"planned_start_at": to_wire(start), "planned_end_at": to_wire(start + hours * HOUR)}


@pytest.fixture
def omar(hospital: Hospital, clock: FakeClock) -> PhonePort:
    return hospital.phone("omar")


def planned(omar: PhonePort, days: int = 8) -> str:
    return omar.declare(title="EHR upgrade", **times(START + timedelta(days=days)))


def test_what_is_planned_is_on_every_phone_and_asks_nobody_to_work_on_paper(
    hospital: Hospital, omar: PhonePort
) -> None:
    incident = planned(omar)
    nia = hospital.phone("nia")
    row = nia.one("incident")

    assert (row["state"], set(row["clocks"])) == ("planned", {"planned"})
    assert (row["planned_end_at"], row["sequence"], row["overrun_at"]) == (
        times(START + timedelta(days=8))["planned_end_at"],
        0,
        None,
    )
    assert row["go"] == {"it": None, "clinical": None}
    assert [one["key"] for one in row["notices"]] == ["T-7d", "T-1d", "T-1h"]
    assert {task["due_at"] for task in nia.rows("task", incident=incident)} == {None}
    assert omar.do("incident.declare", **declared_args(incident))["st"] == "superseded"


def declared_args(incident: str) -> dict[str, Any]:
    return {"incident": incident, "plan": "ehr-unplanned", **times(START + timedelta(days=8))}


def test_it_starts_only_when_both_voices_say_go(hospital: Hospital, omar: PhonePort, clock: FakeClock) -> None:
    incident, priya = planned(omar), hospital.phone("priya")
    start = {"incident": incident, "to": "declared", "note": ""}

    assert omar.do("incident.go", incident=incident, go=True)["st"] == "ok"
    assert omar.do("incident.advance", **start)["code"] == "no_go"
    assert priya.do("incident.go", incident=incident, go=False)["code"] == "reason_needed"
    assert priya.do("incident.go", incident=incident, go=False, reason="Full ED")["st"] == "ok"
    assert omar.do("incident.advance", **start)["code"] == "no_go"
    assert priya.do("incident.go", incident=incident, go=True)["st"] == "ok"
    clock.advance(minutes=1)
    assert omar.do("incident.advance", **start)["st"] == "ok"

    nia = hospital.phone("nia")
    row = nia.one("incident")
    assert (row["state"], row["sequence"], set(row["clocks"])) == ("declared", 1, {"planned", "T0", "TD"})
    due = nia.one("task", code="A1", role="bedside-nurse")["due_at"]
    assert due == to_wire(START + timedelta(minutes=11))
    assert omar.do("incident.go", incident=incident, go=True)["code"] == "not_planned"


def test_nurses_and_people_without_a_voice_say_nothing(hospital: Hospital, omar: PhonePort) -> None:
    incident = planned(omar)

    assert hospital.phone("nia").do("incident.go", incident=incident, go=True)["code"] == "not_allowed"
    assert hospital.phone("ines").do("incident.go", incident=incident, go=True)["code"] == "not_allowed"


def test_postponing_asks_both_again_and_counts_up(hospital: Hospital, omar: PhonePort) -> None:
    incident = planned(omar)
    omar.do("incident.go", incident=incident, go=True)
    later = times(START + timedelta(days=9))

    assert omar.do("incident.postpone", incident=incident, reason="The vendor is late", **later)["st"] == "ok"

    omar.pull()
    row = omar.one("incident")
    assert (row["clocks"]["planned"], row["sequence"], row["go"]["it"]) == (later["planned_start_at"], 1, None)
    assert row["notices"][1]["due_at"] == to_wire(START + timedelta(days=8))
    past = {**later, "planned_start_at": to_wire(START - HOUR)}
    assert omar.do("incident.postpone", incident=incident, reason="x", **past)["code"] == "bad_time"


def test_a_notice_is_done_once(hospital: Hospital, omar: PhonePort) -> None:
    incident, priya = planned(omar), hospital.phone("priya")

    assert omar.do("incident.notice", incident=incident, key="T-7d")["st"] == "ok"
    again = priya.do("incident.notice", incident=incident, key="T-7d")

    assert (again["st"], again["by_name"]) == ("superseded", "Omar")
    assert omar.do("incident.notice", incident=incident, key="T-9d")["code"] == "not_found"


def test_past_its_end_and_the_tolerance_it_is_unplanned(hospital: Hospital, omar: PhonePort, clock: FakeClock) -> None:
    incident, priya = omar.declare(title="Upgrade", **times(START + timedelta(minutes=10))), hospital.phone("priya")
    for phone in (omar, priya):
        phone.do("incident.go", incident=incident, go=True)
    clock.advance(minutes=10)
    omar.do("incident.advance", incident=incident, to="declared", note="")
    clock.advance(minutes=134)
    sweep_overruns()
    priya.pull()
    assert priya.one("incident")["overrun_at"] is None

    clock.advance(minutes=2)
    sweep_overruns()
    sweep_overruns()

    priya.pull()
    row = priya.one("incident")
    assert (row["overrun_at"] is not None, row["sequence"]) == (True, 2)
    assert [event["type"] for event in priya.rows("event")].count("incident.overran") == 1
