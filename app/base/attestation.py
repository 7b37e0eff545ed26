"""Who did something, when, and from which device: what every change on record carries."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from app.base import clock


class Attestation(NamedTuple):
    """The author of a change and its times; always made by its names.

    `occurred_at` is when the person did it (from the op's age), `received_at` when the server heard of it,
    `skew_ms` how far the device's clock stood from the server's, `uncertain` that this was too far to trust,
    `late` that the author's rights had ended less than a day before, `op` the entry of a phone that says so,
    `carried_by` who brought it to the server on their phone.
    """

    actor: str | None
    actor_name: str
    occurred_at: datetime
    received_at: datetime
    device: str | None = None
    skew_ms: int | None = None
    uncertain: bool = False
    late: bool = False
    op: str | None = None
    carried_by: str | None = None
    carried_by_name: str = ""

    def as_late(self) -> Attestation:
        """The same, marked as made with rights that had ended."""
        return self._replace(late=True)

    def carried(self, person: str, name: str) -> Attestation:
        """The same, brought by a colleague's phone."""
        return self._replace(carried_by=person, carried_by_name=name)


def attest_now(actor: str | None, actor_name: str, *, device: str | None = None) -> Attestation:
    """An attestation of something done at this moment, at the server itself."""
    instant = clock.now()
    return Attestation(
        actor=actor, actor_name=actor_name, occurred_at=instant, received_at=instant, device=device, skew_ms=0
    )


def by_system() -> Attestation:
    """An attestation of something that no person did."""
    return attest_now(None, "Wardlight")
