"""What to print. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.errors import AppError

PAPERS = {"a4": "a4", "letter": "us-letter"}
LANGUAGES = ("en", "es")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What to print: the units, roles and plans named, all where none is; in which language, on which paper."""

    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    language: str = "en"
    paper: str = "a4"
    whole: bool = True

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES or self.paper not in PAPERS:
            raise AppError("malformed", "Packets are in English or Spanish, on A4 or Letter.")
