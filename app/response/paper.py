"""What a sheet of paper says of a step: when about, by whose initials, from which sheet. Pure (ADR 36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.base.errors import AppError
from app.response.lifecycle import CLOSED_STATES, Decision, TaskState

OLDEST = timedelta(days=60)


@dataclass(frozen=True)
class PaperSigner:
    """Whose initials stand in a row; `person` when whoever types knows who that is."""

    initials: str
    person: str | None = None


@dataclass(frozen=True)
class PaperEntry:
    """A row of a sheet. `sheet` is its code, empty when nobody could read it; two sign a two-person step."""

    sheet: str
    about: datetime
    signed: tuple[PaperSigner, ...]

    @property
    def initials(self) -> str:
        """JK, or JK + MB."""
        return " + ".join(one.initials for one in self.signed)

    def body(self) -> dict[str, Any]:
        """As it stands in a sign."""
        signed = [{"initials": one.initials, "person": one.person} for one in self.signed]
        return {"sheet": self.sheet, "signed": signed}

    def done_at(self, entered_at: datetime) -> datetime:
        """When it was done: about then, and not after it was entered. AppError for what is too long ago to be true."""
        if entered_at - self.about > OLDEST:
            raise AppError("bad_time", "The time on this sheet is more than 60 days ago. Look at its date.")
        return min(self.about, entered_at)


def decide_on_paper(task: TaskState, entry: PaperEntry) -> Decision:
    """Whether a row counts. Paper tells what was done: it waits for no gate, and who signed is not asked again.

    A step that is recorded already, by a phone or by another typing, stays as it is.
    """
    if task.state in CLOSED_STATES:
        return Decision("superseded", task.state)
    if task.two_person and len({one.person or one.initials.upper() for one in entry.signed}) < 2:
        sentence = "Two different people sign this step. Enter the initials of both. Your entry is kept."
        return Decision("rejected", task.state, "two_initials", sentence)
    return Decision("ok", "done")
