"""A plan as two tables, for people who live in a spreadsheet: its head, and one line a step. Pure.

A cell holds text. A list stands in one cell, one entry a line; a group of named values (a field that is captured, a
condition) is written as in the plan file: `{key: pages, label: Pages, type: count}`. A card's title, mission and unit
types stand on the first of its lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.plans.errors import PlanErrors, Problem
from app.plans.format import Card, Plan
from app.plans.written import flow
from app.plans.yaml_text import Document, Path, read_yaml

HEAD = (
    "id", "title", "kind", "services", "summary", "icon", "do_now", "works", "level", "unit_types", "owner",
    "review_by", "references", "attachments",
)  # fmt: skip
CARD = ("role", "title", "mission", "unit_types")
STEP = (
    "code", "phase", "do", "hint", "due", "anchor", "safety", "two_person", "confirm_roles", "role_only", "capture",
    "repeat", "until", "depends_on", "gate", "when", "hand_off", "escalate_after", "at_shift_end", "forms",
    "local",
)  # fmt: skip
COLUMNS = (*CARD, *STEP)
_LISTS = {
    "services", "works", "unit_types", "references", "attachments", "confirm_roles", "capture", "depends_on", "gate",
    "forms",
}  # fmt: skip
_GROUPS = {"attachments", "capture", "when", "local"}
# A spreadsheet would take these as the beginning of a formula.
_FORMULA = ("=", "+", "-", "@")

Line = Sequence[str]


class Tables(NamedTuple):
    """`head` is a list of (name, cell); `steps` begins with the line of COLUMNS. `first` is the row of that line."""

    head: list[list[str]]
    steps: list[list[str]]
    first: int = 1


def plan_tables(plan: Plan) -> Tables:
    """The tables of a plan."""
    value = plan.model_dump(mode="json", exclude_defaults=True)
    head = [[name, _cell(name, value[name])] for name in HEAD if name in value]
    steps = [list(COLUMNS)]
    for card, of_card in zip(plan.cards, value["cards"], strict=True):
        steps += _card_lines(card, of_card)
    return Tables(head, steps)


def document_of(tables: Tables, *, source: str) -> Document:
    """What the tables say, with rows in place of lines. Raises PlanErrors for cells and columns that make no sense."""
    reader = _Reader(source)
    value: dict[str, Any] = {}
    for number, line in enumerate(tables.head, 1):
        name, cell = (*line, "", "")[:2]
        if name.strip():
            reader.keep(value, (name.strip(),), cell, number)
    value["cards"] = reader.cards(tables.steps, tables.first)
    if reader.problems:
        raise PlanErrors(reader.problems)
    return Document(value, reader.lines)


def _card_lines(card: Card, value: Mapping[str, Any]) -> Iterator[list[str]]:
    for number, step in enumerate(value["steps"]):
        shown = CARD if number == 0 else ("role",)
        of_card = [_cell(name, value[name]) if name in shown else "" for name in CARD]
        yield [*of_card, *(_cell(name, step[name]) if name in step else "" for name in STEP)]


def _cell(name: str, value: Any) -> str:
    if name in _LISTS:
        return _guarded("\n".join(flow(one) if name in _GROUPS else str(one) for one in value))
    if name in _GROUPS:
        return flow(value)
    return _guarded({True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value))


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(("'", *_FORMULA)) else text


class _Reader:
    """Gathers values, rows and problems."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines: dict[Path, int] = {(): 1}
        self.problems: list[Problem] = []

    def cards(self, lines: Sequence[Line], first: int) -> tuple[dict[str, Any], ...]:
        names = [name.strip() for name in lines[0]] if lines else []
        unknown = [name for name in names if name and name not in COLUMNS]
        if unknown or "role" not in names or "code" not in names:
            said = f"There is no column “{unknown[0]}” in this format." if unknown else "There is no table of steps."
            self.problems.append(Problem(self.source, first, said))
            return ()
        cards: list[dict[str, Any]] = []
        for number, line in enumerate(lines[1:], first + 1):
            cells = {name: cell for name, cell in zip(names, line, strict=False) if name and cell.strip()}
            if cells:
                self._step(cards, cells, number)
        return tuple({**card, "steps": tuple(card["steps"])} for card in cards)

    def _step(self, cards: list[dict[str, Any]], cells: Mapping[str, str], row: int) -> None:
        role = cells.get("role", "").strip()
        if not cards or (role and role != cards[-1]["role"]):
            cards.append({"role": role, "steps": []})
            self.lines["cards", len(cards) - 1] = row
        path: Path = ("cards", len(cards) - 1)
        for name in CARD[1:]:
            if name in cells:
                self.keep(cards[-1], (*path, name), cells[name], row)
        step: dict[str, Any] = {}
        number = len(cards[-1]["steps"])
        self.lines[(*path, "steps", number)] = row
        for name in STEP:
            if name in cells:
                self.keep(step, (*path, "steps", number, name), cells[name], row)
        cards[-1]["steps"].append(step)

    def keep(self, into: dict[str, Any], path: Path, cell: str, row: int) -> None:
        name = str(path[-1])
        self.lines[path] = row
        text = cell.strip()
        text = text[1:] if text.startswith("'") else text
        if name in _LISTS:
            into[name] = tuple(self._entry(name, one, row) for one in text.split("\n") if one.strip())
        else:
            into[name] = self._entry(name, text, row)

    def _entry(self, name: str, text: str, row: int) -> Any:
        if name not in _GROUPS:
            return text.strip()
        try:
            return read_yaml(text, source=self.source).value
        except PlanErrors:
            self.problems.append(Problem(self.source, row, f'"{name}" cannot be read: {text[:60]}'))
            return {}
