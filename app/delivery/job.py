"""One delivery in a worker's hand, with all that sending it needs. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.delivery.words import Words, words_of


@dataclass(frozen=True, kw_only=True)
class Job:
    """`way` is the subscription, or the address with its gateway, or the target; `path` names the way out whose health
    is watched; `news` are the columns of the news; `was` is the delivery's state before it was claimed."""

    id: str
    channel: str
    path: str
    attempts: int
    quiet: bool
    was: str
    news: Mapping[str, Any]
    way: Mapping[str, Any] = field(default_factory=dict)
    secret: str = ""
    general_title: bool = False
    now: datetime

    @property
    def expires_at(self) -> datetime:
        """When nobody needs it any more."""
        at: datetime = self.news["expires_at"]
        return at

    def words(self, lang: str = "en", *, general: bool | None = None) -> Words:
        """What it says in a language."""
        hides = self.general_title if general is None else general
        return words_of(
            self.news["purpose"], kind=self.news["kind"], facts=self.news["facts"], lang=lang, general=hides
        )
