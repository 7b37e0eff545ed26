"""What may happen to a hand-over, and to whom it goes next. Pure: values in, a decision out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.response.lifecycle import CLOSED_STATES

STATES = ("offered", "accepted", "refused", "withdrawn")
ANSWERS = {"accept": "accepted", "refuse": "refused", "withdraw": "withdrawn"}


@dataclass(frozen=True)
class Offer:
    """What a decision depends on: who offers, to whom now (None: whoever takes it), to whom it went before.

    `is_step`: a step is offered to a card; whoever may hold its role answers for all who do.
    """

    state: str
    by: str
    to: str | None
    passed: Collection[str] = ()
    is_step: bool = False


@dataclass(frozen=True)
class Answer:
    """`st` is the op's result, `state` the new state of the hand-over; `code` and `sentence` why it was refused."""

    st: str
    state: str
    code: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Candidate:
    """Somebody who may hold the role; `rank` is their place among its successors, the same for all who are none."""

    id: str
    name: str
    on_duty: bool
    rank: int = 0


def answered(what: str, offer: Offer, *, actor: str, may_hold: bool, leads: bool) -> Answer:
    """The decision on `accept`, `refuse` or `withdraw`. The first answer in server order sets the state.

    Whom it was offered to before it went on may still accept: their phone could not know.
    """
    if offer.state != "offered":
        return Answer("superseded", offer.state)
    if what == "withdraw":
        if actor == offer.by or leads:
            return Answer("ok", "withdrawn")
        return _refused("not_yours", "Only who offers it, or a leader, takes it back. Your entry is kept.")
    if actor == offer.by:
        return _refused("own_offer", "You offered this yourself. Take it back instead. Your entry is kept.")
    if what == "refuse":
        # nobody in particular was asked, or somebody else is by now: the others may still take it
        return Answer("ok", "refused" if actor == offer.to or (offer.is_step and may_hold) else "offered")
    if not may_hold:
        return _refused("role_needed", "You do not hold a role that may take this. Your entry is kept.")
    if offer.to is not None and actor != offer.to and actor not in offer.passed:
        return _refused("not_yours", "This is offered to somebody else. Your entry is kept.")
    return Answer("ok", "accepted")


def fault_of_step_offer(
    task: Mapping[str, Any], *, unit: str, role: str, units: Collection[str]
) -> tuple[str, str] | None:
    """(code, sentence) of why a step is not offered there, or None."""
    if task["state"] in CLOSED_STATES:
        return "step_closed", "This step is done already. Your entry is kept."
    if task["held"]:
        return "step_held", "The card does not ask for this step yet, so nobody can take it over. Your entry is kept."
    if (unit, role) == (task["unit"], task["role"]):
        return "own_card", "This step is on that card already. Your entry is kept."
    if unit != task["unit"] and unit not in units:
        return "not_in_it", "That unit is not part of this incident. Your entry is kept."
    return None


def next_candidate(candidates: Sequence[Candidate], *, asked: Collection[str]) -> Candidate | None:
    """Who is asked next: successors in their order, then who is on duty, then by name; None when all were asked."""
    left = [one for one in candidates if one.id not in asked]
    return min(left, key=lambda one: (one.rank, not one.on_duty, one.name, one.id), default=None)


def _refused(code: str, sentence: str) -> Answer:
    return Answer("rejected", "offered", code, sentence)
