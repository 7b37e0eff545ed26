"""What kind of word from the floor it is, and by when somebody should have taken it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

What = Literal["help", "question", "wrong_step", "overdue"]
WRONG_STEP: What = "wrong_step"
OVERDUE: What = "overdue"  # nobody asked: a step is late by more than its plan allows


def answer_by(what: str, *, safety: bool, asked_at: datetime, minutes: Mapping[str, int]) -> datetime:
    """By when somebody should have taken it: `minutes` by kind, and `safety` for whatever touches a safety step.

    A kind that has no minutes of its own has those of a question.
    """
    within = minutes["safety"] if safety else minutes.get(what, minutes["question"])
    return asked_at + timedelta(minutes=within)
