"""One request of a phone on its way, and what became of its ops. Values, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from app.base.attestation import Attestation
from app.base.outcome import Outcome
from app.people.person import Person
from app.sync.envelope import Op, PushRequest


@dataclass
class Push:
    """One request on its way: who sent it, when it was heard, and what became of it.

    `carrier`: who brought it from the author's phone on theirs; the author's device itself was not heard then.
    """

    actor: Person
    device: str
    request: PushRequest
    received_at: datetime
    carrier: Person | None = None
    answers: list[dict[str, Any]] | None = None
    error: Exception | None = None

    @property
    def size(self) -> int:
        """How many ops it carries."""
        return len(self.request.ops)

    @property
    def is_done(self) -> bool:
        """Whether it was committed, or never will be."""
        return self.answers is not None or self.error is not None


class Applied(NamedTuple):
    """An op that was heard for the first time in this transaction."""

    push: Push
    op: Op
    attestation: Attestation
    outcome: Outcome
