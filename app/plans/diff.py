"""What changed between two versions of a plan, card by card. Pure."""

from typing import Any, NamedTuple

from app.plans.format import Card, Plan, Step


class CardChange(NamedTuple):
    """The steps of a card that are new, gone or different, by code; `card` is kept, added or removed."""

    role: str
    card: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def lines(self) -> int:
        """How many lines of the card are not what they were."""
        return len(self.added) + len(self.removed) + len(self.changed)

    def body(self) -> dict[str, Any]:
        """As it goes over the wire."""
        return {
            "role": self.role,
            "card": self.card,
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": list(self.changed),
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


def _card(role: str, old: Card | None, new: Card | None) -> CardChange:
    before, after = _steps(old), _steps(new)
    return CardChange(
        role,
        "kept" if old and new else "added" if new else "removed",
        tuple(code for code in after if code not in before),
        tuple(code for code in before if code not in after),
        tuple(code for code in after if code in before and after[code] != before[code]),
    )


def _steps(card: Card | None) -> dict[str, Step]:
    return {step.code: step for step in card.steps_in_order} if card else {}
