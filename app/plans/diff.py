"""What changed between two versions of a plan, card by card. Pure."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from app.plans.format import Card, Plan, Step
from app.plans.pack import step_body, written


class CardChange(NamedTuple):
    """The steps of a card that are new, gone, different or moved, by code; `card` is kept, added or removed.

    `was` holds what the steps said that are gone or different, as far as it differs, in the words of the card's row.
    """

    role: str
    card: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    moved: tuple[str, ...]
    was: dict[str, dict[str, Any]]

    @property
    def lines(self) -> int:
        """How many lines of the card are not what or where they were."""
        return len({*self.added, *self.removed, *self.changed, *self.moved})

    def body(self) -> dict[str, Any]:
        """As it goes over the wire."""
        return {
            "role": self.role,
            "card": self.card,
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": list(self.changed),
            **written(moved=list(self.moved), was=self.was),
        }


class LineChange(NamedTuple):
    """One line in both versions; None where it is not there."""

    role: str
    code: str
    before: Step | None
    after: Step | None


def card_changes(before: Plan, after: Plan) -> tuple[CardChange, ...]:
    """The cards with a difference, in the order of the newer plan; removed ones last."""
    old, new = ({card.role: card for card in plan.cards} for plan in (before, after))
    changes = [_card(role, old.get(role), new.get(role)) for role in (*new, *(role for role in old if role not in new))]
    return tuple(change for change in changes if change.lines or change.card != "kept")


def line_changes(before: Plan, after: Plan) -> tuple[LineChange, ...]:
    """Every line that differs, with what it said before and says now."""
    old, new = ({card.role: _steps(card) for card in plan.cards} for plan in (before, after))
    return tuple(
        LineChange(change.role, code, old.get(change.role, {}).get(code), new.get(change.role, {}).get(code))
        for change in card_changes(before, after)
        for code in (*change.added, *change.removed, *change.changed)
    )


def moved_codes(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """What stands in another order, by the least that has to be carried from one place to another."""
    old, new = [code for code in before if code in after], [code for code in after if code in before]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stayed = {code for block in blocks for code in new[block.b : block.b + block.size]}
    return tuple(code for code in new if code not in stayed)


def _card(role: str, old: Card | None, new: Card | None) -> CardChange:
    before, after = _steps(old), _steps(new)
    gone = tuple(code for code in before if code not in after)
    changed = tuple(code for code in after if code in before and after[code] != before[code])
    was: dict[str, dict[str, Any]] = {}
    if old and new:
        was = {code: {"title": before[code].do} for code in gone}
        was |= {code: _was(step_body(old, before[code]), step_body(new, after[code])) for code in changed}
    return CardChange(
        role,
        "kept" if old and new else "added" if new else "removed",
        tuple(code for code in after if code not in before),
        gone,
        changed,
        moved_codes(list(before), list(after)),
        was,
    )


def _was(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What a step said where it now says something else."""
    return {name: before.get(name) for name in {**before, **after} if before.get(name) != after.get(name)}


def _steps(card: Card | None) -> dict[str, Step]:
    return {step.code: step for step in card.steps_in_order} if card else {}
