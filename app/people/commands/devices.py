"""Devices: what a phone says of itself when somebody signs in on it and when it sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from app.base.instants import to_wire
from app.base.unit_of_work import UnitOfWork
from app.live.rows import put_row
from app.live.scopes import user_scope
from app.people.models import Device

# A person's own list of devices need not follow every request; each change of the row wakes their phones.
ROW_AGES_BY = timedelta(minutes=15)


@dataclass(frozen=True)
class DeviceCard:
    """What a device says of itself; the id is its own making."""

    id: str
    label: str = ""
    platform: str = ""


@dataclass(frozen=True, kw_only=True)
class DeviceReport:
    """What a phone says of its queue with each push: its last op number, how many wait, since when."""

    last_n: int | None = None
    queue_len: int = 0
    oldest_at: datetime | None = None
    app_version: str | None = None


def meet_device(work: UnitOfWork, user: str, card: DeviceCard) -> None:
    """Somebody signs in on a device: keep it, with its newest label, and show it among their devices."""
    said = {name: value for name, value in (("label", card.label), ("platform", card.platform)) if value}
    changed = update(Device).where(Device.id == card.id).values(last_seen_at=work.now, **said)
    if work.session.execute(changed).rowcount == 0:  # type: ignore[attr-defined]
        first = {"label": "", "platform": "", "last_n": 0, "queue_len": 0, "app_version": ""} | said
        work.session.execute(
            insert(Device), [{"id": card.id, "first_seen_at": work.now, "last_seen_at": work.now, **first}]
        )
    _put_device(work, user, card.id)


def note_device_report(work: UnitOfWork, user: str, device: str, report: DeviceReport) -> None:
    """Keep what a device reported; its row follows when the queue empties or fills, or when the row has aged."""
    before = work.session.execute(select(Device.last_seen_at, Device.queue_len).where(Device.id == device)).first()
    if before is None:
        return
    values: dict[str, Any] = {
        "last_seen_at": work.now,
        "queue_len": report.queue_len,
        "oldest_at": report.oldest_at,
        **({} if report.last_n is None else {"last_n": report.last_n}),
        **({} if report.app_version is None else {"app_version": report.app_version}),
    }
    work.session.execute(update(Device).where(Device.id == device).values(**values))
    turned = bool(before.queue_len) != bool(report.queue_len)
    if turned or work.now - before.last_seen_at > ROW_AGES_BY:
        _put_device(work, user, device)


def _put_device(work: UnitOfWork, user: str, device: str) -> None:
    query = select(Device.label, Device.platform, Device.last_seen_at, Device.queue_len).where(Device.id == device)
    found = work.session.execute(query).one()
    body = {
        "label": found.label,
        "platform": found.platform,
        "last_seen_at": to_wire(found.last_seen_at),
        "queue_len": found.queue_len,
    }
    put_row(work, user_scope(user), device, "device", body)
