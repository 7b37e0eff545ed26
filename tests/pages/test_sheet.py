from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.base.instants import to_wire
from app.pages.sheet import SHEET_MM, row_mm, sheets_of, steps_of
from app.pages.views import PhaseView, StepView

TD = datetime(2026, 11, 21, 9, 40, tzinfo=UTC)


def task(code: str = "A1", **changed: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "key": f"bedside-nurse/{code}",
        "code": code,
        "phase": "0-15",
        "title": "See every patient.",
        "hint": None,
        "due_at": TD,
        "repeat_min": None,
        "safety": False,
        "two_person": False,
        "state": "open",
        "reason": "",
        "signs": [],
        "capture": [],
        "captured": {},
        "occurrence": 1,
    }
    return known | changed


def sign(what: str, name: str, minutes: int, st: str = "ok") -> dict[str, Any]:
    return {"what": what, "by_name": name, "at": to_wire(TD + timedelta(minutes=minutes)), "st": st}


def codes(sheet: tuple[PhaseView, ...]) -> list[str]:
    return [step.code for phase in sheet for step in phase.steps]


def test_of_a_repeated_step_only_the_newest_round_is_printed() -> None:
    steps = steps_of([task("C1", occurrence=1, state="done"), task("C1", occurrence=2), task("C2")])

    assert [(step.code, step.state) for step in steps] == [("C1", "open"), ("C2", "open")]


def test_signatures_before_a_reopening_and_those_that_came_second_do_not_count() -> None:
    signs = [
        sign("complete", "Nia", 3),
        sign("reopen", "Dana", 5),
        sign("complete", "Bo", 7),
        sign("complete", "Nia", 8, st="superseded"),
    ]

    (step,) = steps_of([task(signs=signs)])

    assert step.signs == ((TD + timedelta(minutes=7), "Bo"),)


def test_a_captured_zero_is_printed_and_an_empty_field_is_a_line_to_write_on() -> None:
    capture = [{"key": "pumps", "label": "Pumps"}, {"key": "beds", "label": "Beds"}]

    (step,) = steps_of([task(capture=capture, captured={"pumps": 0})])

    assert [(field.label, field.value) for field in step.fields] == [("Pumps", "0"), ("Beds", "")]


def test_no_step_is_lost_or_doubled_when_a_card_needs_several_sheets() -> None:
    tasks = [task(f"A{n}", phase="0-15" if n < 20 else "15-60") for n in range(60)]

    sheets = sheets_of(steps_of(tasks), declared_at=TD)

    assert len(sheets) > 1
    assert [code for sheet in sheets for code in codes(sheet)] == [f"A{n}" for n in range(60)]


def test_no_sheet_holds_more_than_it_has_room_for() -> None:
    wordy = [task(f"A{n}", title="word " * 30, hint="more " * 20, safety=True, two_person=True) for n in range(30)]

    sheets = sheets_of(steps_of(wordy), declared_at=TD)

    assert all(sum(row_mm(step) for phase in sheet for step in phase.steps) <= SHEET_MM for sheet in sheets)


def test_a_phase_that_goes_on_says_so_on_the_next_sheet() -> None:
    sheets = sheets_of(steps_of([task(f"A{n}") for n in range(40)]), declared_at=TD)

    assert [sheet[0].again for sheet in sheets] == [False, *[True] * (len(sheets) - 1)]
    assert sheets[0][0].ends_at == TD + timedelta(minutes=15)


def test_a_step_larger_than_a_sheet_stands_alone_on_one() -> None:
    huge: list[StepView] = steps_of([task("A1"), task("A2", title="word " * 4000), task("A3")])

    assert [codes(sheet) for sheet in sheets_of(huge, declared_at=TD)] == [["A1"], ["A2"], ["A3"]]
