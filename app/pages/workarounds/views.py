"""Workarounds as values for templates. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.pages.views import SiteView


@dataclass(frozen=True, kw_only=True)
class LineView:
    """A service in the list: how many workarounds it has (0: nothing is written), whose, and when the first is due."""

    service: str
    title: str
    count: int
    owners: str
    review_by: str
    overdue: int
    changed_at: datetime | None
    by_name: str


@dataclass(frozen=True)
class EntryView:
    """A workaround in the reader's words."""

    code: str
    who: str
    do: list[str]
    stop: list[str]
    safe: str
    owner: str
    review_by: str


@dataclass(frozen=True, kw_only=True)
class EditView:
    """A file that is edited, with advice as (line, sentence)."""

    service: str
    title: str
    text: str
    is_kept: bool
    advice: list[tuple[int, str]]
    entries: list[EntryView]


@dataclass(frozen=True)
class PaperView:
    """What is printed: sections of (title, workarounds); `unit` empty: for the whole hospital."""

    site: SiteView
    unit: str
    sections: list[tuple[str, list[EntryView]]]
    printed_at: datetime


def line_view(service: str, title: str, kept: Mapping[str, Any] | None, *, today: str) -> LineView:
    """A service with what is kept for it; `today` as 2026-11-21."""
    entries = kept["body"]["entries"] if kept else []
    days = sorted(entry["review_by"] for entry in entries)
    return LineView(
        service=service,
        title=title,
        count=len(entries),
        owners=", ".join(dict.fromkeys(entry["owner"] for entry in entries)),
        review_by=days[0] if days else "",
        overdue=sum(day < today for day in days),
        changed_at=kept["changed_at"] if kept else None,
        by_name=kept["by_name"] if kept else "",
    )


def entry_view(entry: Mapping[str, Any], labels: Mapping[str, str], language: str) -> EntryView:
    """A workaround in a language; `labels` are the names of units and roles by code."""
    who = [
        labels.get(code, code.replace("-", " ")) for name in ("units", "unit_types", "roles") for code in entry[name]
    ]
    return EntryView(
        code=entry["code"],
        who=", ".join(who),
        do=[line.get(language) or line["en"] for line in entry["do"]],
        stop=[line.get(language) or line["en"] for line in entry["stop"]],
        safe=span(entry["safe_min"]),
        owner=entry["owner"],
        review_by=entry["review_by"],
    )


def span(minutes: int) -> str:
    """Minutes as people read them: 45 min, 4 h, 3 d."""
    if minutes >= 2880 and minutes % 1440 == 0:
        return f"{minutes // 1440} d"
    return f"{minutes} min" if minutes % 60 else f"{minutes // 60} h"


def form_of(service: str, title: str) -> str:
    """What an empty file begins with."""
    return (
        f"service: {service}\n"
        f"title:\n  en: {title} is down\n"
        "workarounds:\n"
        "  - code: everybody\n"
        "    unit_types: []\n"
        "    owner:\n"
        "    review_by:\n"
        "    safe_for: 4 h\n"
        "    do:\n      - en:\n"
        "    stop:\n      - en:\n"
    )
