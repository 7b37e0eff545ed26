"""Tables of delivery: what is to be heard, the ways to people and places, and each attempt to go one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db

UUID = String(36)


class NewsItem(db.Model):  # type: ignore[name-defined,misc]
    """Something to be heard, stored with the change it tells of. `id` comes from the key of the news, so the same news
    is one row for ever; `ref` is what it is about (a broadcast, a request for help); after `expires_at` nobody is told.
    """

    __tablename__ = "news"
    __table_args__ = (Index("ix_news_ref", "ref"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    site: Mapped[str] = mapped_column(String(60))
    purpose: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    incident: Mapped[str | None] = mapped_column(UUID)
    ref: Mapped[str | None] = mapped_column(UUID)
    path: Mapped[str] = mapped_column(String(200))
    asks: Mapped[bool] = mapped_column(Boolean)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Delivery(db.Model):  # type: ignore[name-defined,misc]
    """One way of one piece of news. `id` is `<news>:<target>`, so that the same way cannot be queued twice.

    `state`: queued · claimed (a worker has it until `leased_until`) · failed (tried, again at `next_try_at`) ·
    quarantined (an answer that is doubted, again at `next_try_at`) · sent (the outside took it) · dead (given up).
    `arrived_at` is what the person's device said itself. `quiet`: shown, but without sound.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_state_next_try_at", "state", "next_try_at"),
        Index("ix_delivery_news", "news"),
    )

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    news: Mapped[str] = mapped_column(ForeignKey("news.id"))
    channel: Mapped[str] = mapped_column(String(10))
    target: Mapped[str] = mapped_column(UUID)
    person: Mapped[str | None] = mapped_column(UUID)
    device: Mapped[str | None] = mapped_column(String(64))
    quiet: Mapped[bool] = mapped_column(Boolean)
    state: Mapped[str] = mapped_column(String(12))
    attempts: Mapped[int] = mapped_column(Integer)
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    lease: Mapped[str | None] = mapped_column(String(80))
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    arrived_at: Mapped[datetime | None] = mapped_column(Instant)
    problem: Mapped[str] = mapped_column(String(60))


class PushSubscription(db.Model):  # type: ignore[name-defined,misc]
    """The address of a browser at its push service. It belongs to one person: the last who subscribed there.

    `state`: active · quarantined (its service said it is gone, which is doubted) · gone · ended (by the person).
    `address` is how the phone reaches this server, `server_key` our key that it subscribed with.
    """

    __tablename__ = "push_subscription"
    __table_args__ = (UniqueConstraint("endpoint_hash"), Index("ix_push_subscription_user", "user"))

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    endpoint: Mapped[str] = mapped_column(Text)
    endpoint_hash: Mapped[str] = mapped_column(String(64))
    origin: Mapped[str] = mapped_column(String(200))
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    user: Mapped[str] = mapped_column(ForeignKey("user.id"))
    device: Mapped[str] = mapped_column(String(64))
    lang: Mapped[str] = mapped_column(String(5))
    address: Mapped[str] = mapped_column(String(200))
    server_key: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(12))
    state_at: Mapped[datetime] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class DeliveryAddress(db.Model):  # type: ignore[name-defined,misc]
    """Where a person may be written to: one e-mail address and one mobile number at most."""

    __tablename__ = "delivery_address"
    __table_args__ = (UniqueConstraint("user", "channel", name="uq_delivery_address_user_channel"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("user.id"))
    channel: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime] = mapped_column(Instant)


class DeliveryTarget(db.Model):  # type: ignore[name-defined,misc]
    """A configured way out of the house: an e-mail server, an SMS gateway, a chat room, a program that listens.

    `events` are the purposes it is told of. `secret` is sealed with this installation's key and never shown again.
    """

    __tablename__ = "delivery_target"
    __table_args__ = (Index("ix_delivery_target_site", "site"),)

    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    site: Mapped[str] = mapped_column(String(60))
    channel: Mapped[str] = mapped_column(String(10))
    label: Mapped[str] = mapped_column(String(80))
    enabled: Mapped[bool] = mapped_column(Boolean)
    events: Mapped[list[str]] = mapped_column(JSON)
    config: Mapped[dict[str, Any]] = mapped_column(JSON)
    secret: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)


class DeliveryPolicy(db.Model):  # type: ignore[name-defined,misc]
    """What a site has decided: whether lock screens stay general, and which channels exercises may use."""

    __tablename__ = "delivery_policy"

    site: Mapped[str] = mapped_column(String(60), primary_key=True)
    general_title: Mapped[bool] = mapped_column(Boolean)
    exercise_channels: Mapped[list[str]] = mapped_column(JSON)


class PathState(db.Model):  # type: ignore[name-defined,misc]
    """How one way out fares: a push service (by origin) or a configured target. Kept by the worker.

    `state`: up · down (no answer) · refused (it answers, but does not take ours) · doubted (answers that nobody
    believes). `since` is when it became so.
    """

    __tablename__ = "path_state"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12))
    since: Mapped[datetime] = mapped_column(Instant)
    last_up_at: Mapped[datetime | None] = mapped_column(Instant)
    tried_at: Mapped[datetime] = mapped_column(Instant)
    problem: Mapped[str] = mapped_column(String(60))
