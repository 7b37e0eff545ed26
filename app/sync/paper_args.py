"""A row of a sheet, as a phone hands it in with `task.complete` (docs/protocol.md section 16). Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator

from app.plans.sheet_code import ALPHABET, LENGTH
from app.response.paper import PaperEntry, PaperSigner
from app.sync import args
from app.sync.envelope import Uuid

Code = Annotated[str, StringConstraints(pattern=rf"^(?:[{ALPHABET}]{{{LENGTH}}})?$")]
# Letters of any script, with what stands between them in double names; never a word that could be a patient's.
Initials = Annotated[str, StringConstraints(pattern=r"^[^\W\d_](?:[^\W\d_]|[.\-' ]){0,5}$", strip_whitespace=True)]


class SignerArgs(args.Args):
    """Whose initials stand in the row."""

    initials: Initials
    person: Uuid | None = None


class PaperArgs(args.Args):
    """The row."""

    sheet: Code = ""
    about: datetime
    signed: Annotated[list[SignerArgs], Field(min_length=1, max_length=2)]

    @field_validator("about", mode="before")
    @classmethod
    def _instant(cls, value: Any) -> Any:
        return args.instant_of(value, "The sheet needs a time such as 2026-11-21T03:10:00.000Z.")

    def as_entry(self) -> PaperEntry:
        """What the response knows."""
        return PaperEntry(self.sheet, self.about, tuple(PaperSigner(one.initials, one.person) for one in self.signed))


class CompleteArgs(args.CompleteArgs):
    """task.complete, by who did it or from paper"""

    paper: PaperArgs | None = None
