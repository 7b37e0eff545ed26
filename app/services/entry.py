"""A service as a value."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ServiceEntry:
    """An IT service; `plain` is the word staff use for it, `order` its place on screens.

    `needs` are the services it cannot work without; `used_by` the units or types of unit that use it (None: all).
    """

    code: str
    title: str
    plain: str
    order: int
    needs: tuple[str, ...] = ()
    used_by: tuple[str, ...] | None = None

    def to_row(self) -> dict[str, Any]:
        """Body of the `service` row (docs/protocol.md)."""
        used_by = None if self.used_by is None else list(self.used_by)
        plain = {"title": self.title, "plain": self.plain, "order": self.order}
        return {**plain, "needs": list(self.needs), "used_by": used_by}
