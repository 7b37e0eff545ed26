"""The row that tells a person how push to their own phone fares (docs/protocol.md, `push`)."""

from __future__ import annotations

from sqlalchemy import select

from app.base.instants import to_wire
from app.base.unit_of_work import UnitOfWork
from app.delivery.models import Delivery, NewsItem, PushSubscription
from app.live.rows import drop_row, put_row
from app.live.scopes import user_scope


def put_push_row(work: UnitOfWork, subscription: str) -> None:
    """Put the row of a subscription's device; it goes when the person has ended the subscription."""
    found = work.session.execute(
        select(PushSubscription).where(PushSubscription.id == subscription).execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        return
    row_id = f"push:{found.device}"
    if found.state == "ended":
        drop_row(work, user_scope(found.user), row_id, "push")
        return
    tested = work.session.execute(
        select(Delivery.state, Delivery.sent_at, Delivery.arrived_at, Delivery.problem, NewsItem.created_at)
        .join(NewsItem, NewsItem.id == Delivery.news)
        .where(Delivery.target == subscription, NewsItem.purpose == "test")
        .order_by(NewsItem.created_at.desc(), NewsItem.id.desc())
        .limit(1)
    ).first()
    body = {
        "device": found.device,
        "state": found.state,
        "since": to_wire(found.state_at),
        "tested_at": to_wire(tested.created_at) if tested else None,
        "handed_over_at": to_wire(tested.sent_at) if tested else None,
        "arrived_at": to_wire(tested.arrived_at) if tested else None,
        "problem": tested.problem if tested else "",
    }
    put_row(work, user_scope(found.user), row_id, "push", body)
