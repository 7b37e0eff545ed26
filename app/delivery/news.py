"""News: something that people or places outside of the server are to hear of. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.base.ids import named_id


@dataclass(frozen=True, kw_only=True)
class News:
    """`key` names the fact for ever ("broadcast:<id>"): the same key is the same news.

    `purpose` is one of policy.PURPOSES, `kind` real or exercise, `ref` what it is about (an id), `path` where a tap on
    it leads in the app, `asks` whether an acknowledgement is wanted. `facts` fill its sentences (words.py): text that
    fits a lock screen, never anything about a patient.
    """

    key: str
    purpose: str
    kind: str
    site: str
    incident: str | None = None
    ref: str | None = None
    path: str = "/app/"
    asks: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the news, the same wherever it is computed."""
        return named_id(f"news|{self.key}")
