"""When a plan's owner is reminded that it must be read again. Pure."""

from __future__ import annotations

from datetime import date

BEFORE_DAYS = (30, 7, 0)
AGAIN_AFTER_DAYS = 7


def reminder_due(review_by: date, today: date) -> int | None:
    """The last reminder whose day has come, as days before (30, 7, 0) or after (-7, -14, ...) the review date.

    None before the first. The same day gives the same reminder, so that one who was reminded is not again.
    """
    left = (review_by - today).days
    if left <= -AGAIN_AFTER_DAYS:
        return -(-left // AGAIN_AFTER_DAYS) * AGAIN_AFTER_DAYS
    return min((days for days in BEFORE_DAYS if left <= days), default=None)
