"""Tables of people: where they work, what they hold, what they sign in with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.db import Instant, db

HOUSE = "house"  # of Rights: what concerns everybody


class Site(db.Model):  # type: ignore[name-defined,misc]
    """A hospital or campus; `tz` is its IANA time zone, used only for display and shifts."""

    __tablename__ = "site"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    tz: Mapped[str] = mapped_column(String(60), default="UTC")


class Unit(db.Model):  # type: ignore[name-defined,misc]
    """A ward or department of a site."""

    __tablename__ = "unit"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    site: Mapped[str] = mapped_column(ForeignKey("site.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    short: Mapped[str] = mapped_column(String(40), default="")
    type: Mapped[str] = mapped_column(String(40), default="")
    floor: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    order: Mapped[int] = mapped_column(Integer, default=0)


class Role(db.Model):  # type: ignore[name-defined,misc]
    """What someone is responsible for. Its rights stand in permissions.py, not here: labels change, rights do not."""

    __tablename__ = "role"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    title_en: Mapped[str] = mapped_column(String(120))
    title_es: Mapped[str] = mapped_column(String(120), default="")
    leader: Mapped[bool] = mapped_column(Boolean, default=False)
    order: Mapped[int] = mapped_column(Integer, default=0)


class Contact(db.Model):  # type: ignore[name-defined,misc]
    """A number that a phone must hold before anything happens."""

    __tablename__ = "contact"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    site: Mapped[str] = mapped_column(ForeignKey("site.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    order: Mapped[int] = mapped_column(Integer, default=0)


class User(db.Model):  # type: ignore[name-defined,misc]
    """A person with an account; `username` is kept in lower case. Ended accounts stay: the record names them."""

    __tablename__ = "user"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Membership(db.Model):  # type: ignore[name-defined,misc]
    """A role a person holds in a unit. Ended ones stay, as what was recorded before may still arrive."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_unit", "unit"),)

    user: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    role: Mapped[str] = mapped_column(ForeignKey("role.code"), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime | None] = mapped_column(Instant)


class Duty(db.Model):  # type: ignore[name-defined,misc]
    """Who holds a role in a unit now; `until` is empty while it lasts, and it is open once at most."""

    __tablename__ = "duty"
    __table_args__ = (
        Index("ix_duty_user", "user"),
        Index("ix_duty_unit", "unit"),
        Index(
            "uq_duty_open",
            "user",
            "unit",
            "role",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("user.id"))
    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(ForeignKey("role.code"))
    since: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str | None] = mapped_column(String(36))


class Successor(db.Model):  # type: ignore[name-defined,misc]
    """Who may go on duty in a role in a unit without holding it otherwise, in the order in which they are asked."""

    __tablename__ = "successor"
    __table_args__ = (Index("ix_successor_user", "user"),)

    unit: Mapped[str] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    role: Mapped[str] = mapped_column(ForeignKey("role.code"), primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(Integer)


class RequiredRole(db.Model):  # type: ignore[name-defined,misc]
    """A role that somebody must hold in every unit of a type while a downtime runs: the site's own rule."""

    __tablename__ = "required_role"

    site: Mapped[str] = mapped_column(ForeignKey("site.id"), primary_key=True)
    unit_type: Mapped[str] = mapped_column(String(40), primary_key=True)
    role: Mapped[str] = mapped_column(ForeignKey("role.code"), primary_key=True)


class Device(db.Model):  # type: ignore[name-defined,misc]
    """A phone, tablet or workstation; the id is made by the device itself. `oldest_at`: its oldest unsent op."""

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    label: Mapped[str] = mapped_column(String(120), default="")
    platform: Mapped[str] = mapped_column(String(120), default="")
    first_seen_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    last_n: Mapped[int] = mapped_column(Integer, default=0)
    queue_len: Mapped[int] = mapped_column(Integer, default=0)
    oldest_at: Mapped[datetime | None] = mapped_column(Instant)
    app_version: Mapped[str] = mapped_column(String(60), default="")


class DeviceAuthor(db.Model):  # type: ignore[name-defined,misc]
    """What a device reported of one person's entries: their numbers run per person and device.

    `missing` are ranges of numbers that were never heard although later ones were; `gone` what was lost with a storage
    that came back empty; `lost` all that can't be waiting on the device any more.
    """

    __tablename__ = "device_author"
    __table_args__ = (Index("ix_device_author_user", "user"),)

    device: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    last_n: Mapped[int | None] = mapped_column(BigInteger)
    missing: Mapped[list[list[int]]] = mapped_column(JSON)
    gone: Mapped[int] = mapped_column(Integer)
    lost: Mapped[int] = mapped_column(Integer)
    lost_at: Mapped[datetime | None] = mapped_column(Instant)
    emptied_at: Mapped[datetime | None] = mapped_column(Instant)
    queue_len: Mapped[int] = mapped_column(Integer)
    oldest_at: Mapped[datetime | None] = mapped_column(Instant)
    used_at: Mapped[datetime] = mapped_column(Instant)


class PushToken(db.Model):  # type: ignore[name-defined,misc]
    """The right to hand in the ops of one person from one device; only the token's hash is kept."""

    __tablename__ = "push_token"
    __table_args__ = (Index("ix_push_token_user_device", "user", "device"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("user.id"))
    device: Mapped[str] = mapped_column(ForeignKey("device.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class SignIn(db.Model):  # type: ignore[name-defined,misc]
    """A sign-in on a device; the cookie names this row, so that the server can end it."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_user_device", "user", "device"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("user.id"))
    device: Mapped[str] = mapped_column(ForeignKey("device.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Rights(db.Model):  # type: ignore[name-defined,misc]
    """A random stamp that is renewed whenever something changes that decides who somebody is or what they may read.

    `whose`: a user's id, or HOUSE for what concerns everybody (units, roles, incidents). The database renews it by
    triggers (migration 0019), for whoever changes anything in whatever way. No row: nothing has changed yet.
    """

    __tablename__ = "rights"

    whose: Mapped[str] = mapped_column(String(36), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(36))


class LoginFailure(db.Model):  # type: ignore[name-defined,misc]
    """A refused sign-in, by the account that was named (known or not); deleted when its window has passed."""

    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_account_at", "account", "at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account: Mapped[str] = mapped_column(String(80))
    device: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)


class Screen(db.Model):  # type: ignore[name-defined,misc]
    """A wallboard: no person, one place (`unit` null: the command centre). Code and token are kept as hashes.

    The code is given away once and ends with `code_until`; the token lasts until somebody revokes it.
    """

    __tablename__ = "screen"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    site: Mapped[str] = mapped_column(ForeignKey("site.id"), index=True)
    unit: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    label: Mapped[str] = mapped_column(String(80))
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_until: Mapped[datetime] = mapped_column(Instant)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_by_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Instant)
    enrolled_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
