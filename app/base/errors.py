"""What a command says when it can't do what was asked: a code for programs, a sentence for people."""

from __future__ import annotations

from typing import Any


class AppError(Exception):
    """A refusal that a person can understand.

    `code` never changes once shipped; `sentence` is for the reader; `facts` go into the JSON answer beside them.
    """

    def __init__(self, code: str, sentence: str, *, status: int = 400, **facts: Any) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence
        self.status = status
        self.facts = facts

    def to_wire(self) -> dict[str, Any]:
        """The JSON body of the answer."""
        return {"code": self.code, "msg": self.sentence, **self.facts}


class Conflict(AppError):
    """The row has moved on since the author saw it; nothing was changed."""


class NotAllowed(AppError):
    """The person has no right to do this."""

    def __init__(self, sentence: str = "Your role does not allow this.", **facts: Any) -> None:
        super().__init__("not_allowed", sentence, status=403, **facts)


class NotFound(AppError):
    """What was named is not there, or not for this person."""

    def __init__(self, sentence: str = "This is not here any more.", **facts: Any) -> None:
        super().__init__("not_found", sentence, status=404, **facts)
