"""What the office sees of delivery, as values. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class TargetView:
    """A configured way out: how it fares (`state`: up, down, refused, doubted or untried) and when it last worked."""

    id: str
    channel: str
    label: str
    enabled: bool
    events: Sequence[str]
    place: str
    state: str
    since: datetime | None
    last_sent_at: datetime | None
    waiting: int
    problem: str


@dataclass(frozen=True, kw_only=True)
class PushView:
    """A push service that phones here use: how many, and how it fares."""

    origin: str
    phones: int
    state: str
    since: datetime | None
    problem: str


@dataclass(frozen=True, kw_only=True)
class PersonPaths:
    """The ways to one person beside the open app."""

    name: str
    username: str
    phones: int
    email: str
    mobile: str

    @property
    def is_unreachable(self) -> bool:
        """Whether only the open app reaches them."""
        return not (self.phones or self.email or self.mobile)
