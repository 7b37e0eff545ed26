"""The words that lie ready before a planned downtime, as a file. Only parsing and filling in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import Field

from app.plans.durations import SPAN_PATTERN, span_minutes
from app.plans.format import Written
from app.plans.pack import parse_document
from app.plans.yaml_text import read_yaml

HEADLINE_MAX = 140


class Words(Written):
    """A text in every language the product speaks."""

    en: Annotated[str, Field(min_length=1, max_length=300)]
    es: Annotated[str, Field(min_length=1, max_length=300)]


class NoticeText(Written):
    """One notice: how long before the start it is due, and its words."""

    key: Annotated[str, Field(pattern=r"^T-[0-9]{1,3}(?:d|h|min)$")]
    before: Annotated[str, Field(pattern=SPAN_PATTERN)]
    headline: Words
    do_now: Words


class _Notices(Written):
    notices: tuple[NoticeText, ...]


class Notice(NamedTuple):
    """A notice of one downtime: when it is due and what it says, by language."""

    key: str
    due_at: datetime
    headline: dict[str, str]
    do_now: dict[str, str]


def parse_notices(text: str, *, source: str) -> tuple[NoticeText, ...]:
    """Notices of a notices.yaml. Raises PlanErrors."""
    return parse_document(read_yaml(text, source=source), _Notices, source=source).notices


def notices_for(
    texts: Sequence[NoticeText], *, title: str, start: datetime, end: datetime, tz: str
) -> tuple[Notice, ...]:
    """The notices of a downtime in their order, with its title and its times on the hospital's clock."""
    values = {"title": title, "start": _shown(start, tz), "end": _shown(end, tz)}
    return tuple(
        Notice(
            text.key,
            start - timedelta(minutes=span_minutes(text.before)),
            {"en": _filled(text.headline.en, values), "es": _filled(text.headline.es, values)},
            {"en": _filled(text.do_now.en, values), "es": _filled(text.do_now.es, values)},
        )
        for text in texts
    )


def _filled(words: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        words = words.replace(f"{{{name}}}", value)
    return words[:HEADLINE_MAX]


def _shown(instant: datetime, tz: str) -> str:
    # year first: the same in every country
    return instant.astimezone(ZoneInfo(tz)).strftime("%Y-%m-%d %H:%M")
