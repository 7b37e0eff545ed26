"""The paper card: which steps it lists, in what order, and where one sheet ends. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from app.base.instants import from_wire
from app.pages.views import FieldView, PhaseView, StepView

Sheets = tuple[tuple[PhaseView, ...], ...]

PHASE_ENDS_MIN = {"0-15": 15, "15-60": 60, "1-4h": 240, "4-12h": 720}

# What one A4 sheet holds, in millimetres, measured on the printed page with room to spare: letters of other devices
# run wider than ours.
SHEET_MM = 208
PHASE_MM = 10
LINE_MM = 4.6
ROW_MM = 4.6
SIGNED_TWICE_MM = 14
FIELDS_MM = 6.8
LETTERS_A_LINE = 62


def steps_of(tasks: Iterable[Mapping[str, Any]]) -> list[StepView]:
    """The lines of a card from its tasks in card order; of a repeated step only the newest round."""
    newest: dict[str, Mapping[str, Any]] = {}
    for task in tasks:
        known = newest.get(task["key"])
        if known is None or task["occurrence"] > known["occurrence"]:
            newest[task["key"]] = task
    return [_step(task) for task in newest.values()]


def _step(task: Mapping[str, Any]) -> StepView:
    return StepView(
        code=task["code"],
        phase=task["phase"],
        title=task["title"],
        hint=task["hint"] or "",
        due_at=task["due_at"],
        repeat_min=task["repeat_min"],
        safety=task["safety"],
        two_person=task["two_person"],
        state=task["state"],
        reason=task["reason"] or "",
        signs=_signs(task["signs"]),
        fields=tuple(_field(field, task["captured"] or {}) for field in task["capture"]),
    )


def _signs(signs: Sequence[Mapping[str, Any]]) -> tuple[tuple[datetime, str], ...]:
    counted: list[tuple[datetime, str]] = []
    for sign in signs:
        if sign["what"] == "reopen":
            counted = []
        elif sign["st"] == "ok" and sign["what"] in ("complete", "confirm", "skip"):
            counted.append((from_wire(sign["at"]), sign["by_name"]))
    return tuple(counted)


def _field(field: Mapping[str, Any], captured: Mapping[str, Any]) -> FieldView:
    value = captured.get(field["key"])
    return FieldView(label=field["label"], value="" if value is None else str(value))


def sheets_of(steps: Sequence[StepView], *, declared_at: datetime) -> Sheets:
    """The steps by phase, cut into sheets. A card without steps is one empty sheet."""
    sheets: list[list[list[StepView]]] = [[]]
    used = 0.0
    for _phase, group in groupby(steps, key=lambda step: step.phase):
        is_open = False
        for step in group:
            height = row_mm(step) + (0 if is_open else PHASE_MM)
            if used + height > SHEET_MM and sheets[-1]:
                sheets.append([])
                used, is_open = 0.0, False
                height = row_mm(step) + PHASE_MM
            if not is_open:
                sheets[-1].append([])
                is_open = True
            sheets[-1][-1].append(step)
            used += height
    return _as_phases(sheets, declared_at)


def row_mm(step: StepView) -> float:
    """How high a step stands on paper."""
    tags = 10 * step.safety + 14 * step.two_person
    lines = _lines(len(step.title) + tags) + (_lines(len(step.hint)) if step.hint else 0) + bool(step.reason)
    height = ROW_MM + LINE_MM * lines + FIELDS_MM * ((len(step.fields) + 1) // 2)
    return max(height, SIGNED_TWICE_MM if step.two_person else 0)


def _lines(letters: int) -> int:
    return -(-letters // LETTERS_A_LINE)


def _as_phases(sheets: Sequence[Sequence[Sequence[StepView]]], declared_at: datetime) -> Sheets:
    seen: set[str] = set()
    made = []
    for sheet in sheets:
        phases = []
        for steps in sheet:
            phase = steps[0].phase
            phases.append(PhaseView(phase, phase_end(phase, declared_at), tuple(steps), again=phase in seen))
            seen.add(phase)
        made.append(tuple(phases))
    return tuple(made)


def phase_end(phase: str, declared_at: datetime) -> datetime | None:
    """When a phase that runs by the clock ends."""
    minutes = PHASE_ENDS_MIN.get(phase)
    return None if minutes is None else declared_at + timedelta(minutes=minutes)
