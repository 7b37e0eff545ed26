"""A service as a value."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ServiceEntry:
    """An IT service; `plain` is the word staff use for it, `order` its place on screens."""

    code: str
    title: str
    plain: str
    order: int

    def to_row(self) -> dict[str, Any]:
        """Body of the `service` row (docs/protocol.md)."""
        return {"title": self.title, "plain": self.plain, "order": self.order}
