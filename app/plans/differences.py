"""Two versions of a plan side by side, as an office reads them: head, cards, steps, and what of each differs. Pure."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from app.plans.diff import moved_codes
from app.plans.format import Card, Plan, Step

What = Literal["added", "removed", "changed", "moved", "kept"]
_HEAD = tuple(name for name in Plan.model_fields if name not in ("id", "cards"))
_CARD = ("title", "mission", "unit_types")
_STEP = tuple(name for name in Step.model_fields if name not in ("code", "phase"))


class Field(NamedTuple):
    """What is written under a word of the format, before and after."""

    name: str
    before: Any
    after: Any


class StepDifference(NamedTuple):
    """A step that is new, gone, moved, or says something else; its present (or last) words, and what differs."""

    code: str
    what: What
    step: Step
    fields: tuple[Field, ...]


class CardDifference(NamedTuple):
    """A card with a difference."""

    role: str
    title: str
    what: What
    fields: tuple[Field, ...]
    steps: tuple[StepDifference, ...]

    @property
    def lines(self) -> int:
        """How many of its lines are not what or where they were."""
        return len(self.steps)


class PlanDifference(NamedTuple):
    """Everything that differs; nothing when both are empty."""

    fields: tuple[Field, ...]
    cards: tuple[CardDifference, ...]

    @property
    def lines(self) -> int:
        """How many lines of cards differ."""
        return sum(card.lines for card in self.cards)


def plan_difference(before: Plan, after: Plan) -> PlanDifference:
    """What the newer version has, lacks or says otherwise; cards in its order, those that are gone last."""
    old, new = ({card.role: card for card in plan.cards} for plan in (before, after))
    roles = (*new, *(role for role in old if role not in new))
    cards = (_card(role, old.get(role), new.get(role)) for role in roles)
    found = tuple(card for card in cards if card.what != "kept" or card.fields or card.steps)
    return PlanDifference(_fields(_HEAD, before, after), found)


def _card(role: str, old: Card | None, new: Card | None) -> CardDifference:
    what: What = "kept" if old and new else "added" if new else "removed"
    fields = _fields(_CARD, old, new) if old and new else ()
    title = next((card.title for card in (new, old) if card), role)
    return CardDifference(role, title, what, fields, _steps(old, new))


def _steps(old: Card | None, new: Card | None) -> tuple[StepDifference, ...]:
    before, after = ({step.code: step for step in card.steps_in_order} if card else {} for card in (old, new))
    moved = moved_codes(list(before), list(after))
    found = []
    for code, step in (*after.items(), *((code, step) for code, step in before.items() if code not in after)):
        fields = _fields(_STEP, before.get(code), after.get(code)) if code in before and code in after else ()
        what = _what(code, before, after, bool(fields), code in moved)
        if what != "kept":
            found.append(StepDifference(code, what, step, fields))
    return tuple(found)


def _what(code: str, before: dict[str, Step], after: dict[str, Step], differs: bool, moved: bool) -> What:
    if code not in before:
        return "added"
    if code not in after:
        return "removed"
    return "changed" if differs else "moved" if moved else "kept"


def _fields(names: tuple[str, ...], before: Any, after: Any) -> tuple[Field, ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(Field(name, old, new) for name, old, new in pairs if old != new)
