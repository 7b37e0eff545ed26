"""What a broadcast says, as its author wrote it. Values only. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Text = str | list[str]
UNKNOWN = {"at": None, "confidence": "unknown", "text": ""}


@dataclass(frozen=True, kw_only=True)
class Message:
    """The text of a broadcast and what it asks for; docs/protocol.md sections 2 and 11 say what the fields mean."""

    headline: str
    do_now: Text = ""
    works: Text = ""
    stage: str | None = None
    what_down: Text = ""
    affected: str = ""
    do_not: Text = ""
    estimate: dict[str, Any] = field(default_factory=lambda: dict(UNKNOWN))
    contact: str = ""
    next_update_at: datetime | None = None
    nothing_new: bool = False
    ack: str = "unit"
    relation: str | None = None
    refers_to: int | None = None

    def values(self) -> dict[str, Any]:
        """The fields as columns of the table."""
        return dict(self.__dict__)
