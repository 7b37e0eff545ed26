"""Which plans must be read again soon, and who answers for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.base.db import db
from app.people.permissions import ROLES, may
from app.people.queries import people_by_unit
from app.plans.models import PlanApproval
from app.plans.queries import plan_in_force, plan_list
from app.plans.reviews.dates import reminder_due


@dataclass(frozen=True)
class ReviewDue:
    """A plan in force whose review date is near or past. `reminder` as in dates.reminder_due, `left` days until it."""

    plan: str
    title: str
    version: str
    owner: str
    review_by: date
    left: int
    reminder: int


def reviews_due(today: date) -> list[ReviewDue]:
    """The plans to read again, the most urgent first."""
    found = []
    for entry in plan_list():
        plan = plan_in_force(entry.id)
        day = date.fromisoformat(plan.review_by) if plan.review_by else None
        reminder = reminder_due(day, today) if day else None
        if day is not None and reminder is not None:
            left = (day - today).days
            found.append(ReviewDue(plan.id, plan.title, entry.version, plan.owner or "", day, left, reminder))
    return sorted(found, key=lambda one: (one.left, one.plan))


def owners_of(plan: str, version: str) -> list[str]:
    """Who approved a version as its owner; where nobody did, all who keep the plans."""
    query = select(PlanApproval.by).where(
        PlanApproval.plan == plan, PlanApproval.version == version, PlanApproval.part == "owner"
    )
    owners = list(db.session.execute(query).scalars())
    keepers = [role for role in ROLES if may([role], "plans.manage")]
    return owners or sorted({one.id for people in people_by_unit(None, keepers).values() for one in people})
