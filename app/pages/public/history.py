"""The last days of the calendar: what was down on each, and what was only practised. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.pages.public.views import DayView, NoticeView, SpanView

DAYS_SHOWN = 14


def days_of(
    notices: Iterable[NoticeView], *, now: datetime, tz: str, known_since: datetime, count: int = DAYS_SHOWN
) -> tuple[DayView, ...]:
    """The last `count` days of the hospital, today first. A day without a record says so, it was not a good day."""
    zone = ZoneInfo(tz)
    today = now.astimezone(zone).date()
    listed = sorted((notice for notice in notices if notice.has_begun), key=lambda notice: notice.view.since)
    return tuple(
        _day(today - timedelta(days=back), zone, listed, now=now, known_since=known_since) for back in range(count)
    )


def _day(day: date, zone: ZoneInfo, notices: Sequence[NoticeView], *, now: datetime, known_since: datetime) -> DayView:
    begin, end = _instant(day, zone), _instant(day + timedelta(days=1), zone)
    spans = [_span(notice) for notice in notices if notice.view.since < end and (over_at(notice) or now) >= begin]
    return DayView(
        day=day,
        noon=_instant(day, zone) + timedelta(hours=12),
        spans=tuple(spans),
        is_known=bool(spans) or known_since < end,
    )


def _instant(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def over_at(notice: NoticeView) -> datetime | None:
    """When it was over for the wards: the all-clear, or its end without one; None while it lasts."""
    return notice.cleared_at or notice.ended_at


def _span(notice: NoticeView) -> SpanView:
    view = notice.view
    return SpanView(
        notice=notice.id,
        label=view.label,
        title=view.title,
        is_exercise=view.is_exercise,
        is_planned=notice.is_planned,
        is_cancelled=view.state == "cancelled",
        began_at=view.since,
        ended_at=over_at(notice),
    )
