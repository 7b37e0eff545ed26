"""Reminding owners that a plan must be read again: by the ways that delivery has, once for each reminder."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from app.base import clock
from app.base.meta import meta
from app.base.unit_of_work import UnitOfWork, write
from app.delivery.commands.enqueue import enqueue
from app.delivery.news import News
from app.people.queries import site_card
from app.plans.reviews.queries import ReviewDue, owners_of, reviews_due

# Nobody is woken for a review.
OFFICE_HOURS = (time(8), time(18))


def remind_reviewers() -> None:
    """Queue each reminder whose day has come, in office hours. Repeating it queues nothing twice."""
    site = meta("site")
    now = clock.now().astimezone(ZoneInfo(site_card(site)["tz"]))
    if not OFFICE_HOURS[0] <= now.time() < OFFICE_HOURS[1]:
        return
    due = reviews_due(now.date())
    if not due:
        return
    with write() as work:
        for one in due:
            _remind(work, site, one)


def _remind(work: UnitOfWork, site: str, due: ReviewDue) -> None:
    # one date, one row of reminders: a new version of the plan brings a new date
    news = News(
        key=f"plan.review:{due.plan}:{due.review_by}:{due.reminder}", purpose="plan.review", kind="real", site=site,
        ref=due.plan, path="/office/forms",
        facts={"title": due.title, "day": due.review_by.isoformat(), "owner": due.owner, "left": due.left},
    )  # fmt: skip
    enqueue(work, news, owners_of(due.plan, due.version))
