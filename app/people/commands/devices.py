"""Devices: met when somebody signs in on them, and the rows that show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from app.base import clock
from app.base.bulk import insert_all, update_all
from app.base.db import db
from app.base.instants import to_wire
from app.base.reading import Record, all_records
from app.base.unit_of_work import UnitOfWork, write
from app.live import presence
from app.live.rows import put_row
from app.live.scopes import site_command_scope, user_scope
from app.people.models import Device, DeviceAuthor
from app.people.queries import device_state, person_of

# Leaders read when each device was last heard; their rows follow a device in contact this often.
CONTACT_AGES_BY = timedelta(minutes=5)
LARGEST_N_SHOWN = 2**31 - 1  # what the device's column holds; those of the author and the op hold every n


@dataclass(frozen=True)
class DeviceCard:
    """What a device says of itself; the id is its own making."""

    id: str
    label: str = ""
    platform: str = ""


@dataclass(frozen=True)
class Held:
    """What waits in one person's outbox, as the device says on behalf of whoever uses it now."""

    user: str
    queue_len: int
    oldest_at: datetime | None


def meet_device(work: UnitOfWork, user: str, card: DeviceCard) -> None:
    """Somebody signs in on a device: keep it, with its newest label, and show it among their devices."""
    said = {name: value for name, value in (("label", card.label), ("platform", card.platform)) if value}
    changed = update(Device).where(Device.id == card.id).values(last_seen_at=work.now, **said)
    if work.session.execute(changed).rowcount == 0:  # type: ignore[attr-defined]
        first = {"label": "", "platform": "", "last_n": 0, "queue_len": 0, "app_version": ""} | said
        work.session.execute(
            insert(Device), [{"id": card.id, "first_seen_at": work.now, "last_seen_at": work.now, **first}]
        )
    if user not in _authors(card.id):
        insert_all(work.session.connection(), DeviceAuthor.__table__, [new_author(work, card.id, user)])
    put_device(work, user, card.id)


def note_held(device: str, held: list[Held]) -> None:
    """Keep what waits in the outboxes of a device, whosever they are; writes only what has changed.

    Only people who have signed in on the device are taken: nobody can speak for a stranger.
    """
    known = _authors(device)
    changed = [one for one in held if one.user in known and known[one.user]["queue_len"] != one.queue_len]
    if not changed:
        return
    with write() as work:
        connection = work.session.connection()
        waiting = [
            {"device": device, "user": one.user, "queue_len": one.queue_len,
             "oldest_at": one.oldest_at if one.queue_len else None}
            for one in changed
        ]  # fmt: skip
        update_all(connection, DeviceAuthor.__table__, ("device", "user"), waiting)
        sums = {"id": device, "last_seen_at": work.now, **sums_of(_authors(device).values())}
        update_all(connection, Device.__table__, ("id",), [sums])
        for one in changed:
            put_device(work, one.user, device)


def sweep_devices() -> None:
    """Let the leaders' rows follow the devices that are in contact, at most every CONTACT_AGES_BY."""
    contacts = presence.devices_heard()
    recent = {device: at for device, at in contacts.items() if clock.since(at) < CONTACT_AGES_BY}
    query = select(Device.id, Device.last_seen_at).where(Device.last_seen_at < clock.now() - CONTACT_AGES_BY)
    due = [device for device, seen_at in db.session.execute(query) if device in recent and recent[device] > seen_at]
    db.session.rollback()
    if not due:
        return
    with write() as work:
        for device in due:
            work.session.execute(update(Device).where(Device.id == device).values(last_seen_at=recent[device]))
            put_device_state(work, device)


def _authors(device: str) -> dict[str, Record]:
    query = select(DeviceAuthor.__table__).where(DeviceAuthor.device == device)
    return {author["user"]: author for author in all_records(query)}


def new_author(work: UnitOfWork, device: str, user: str) -> Record:
    """What is known of a person on a device when they meet."""
    return {
        "device": device, "user": user, "last_n": None, "missing": [], "gone": 0, "lost": 0,
        "lost_at": None, "emptied_at": None, "queue_len": 0, "oldest_at": None, "used_at": work.now,
    }  # fmt: skip


def sums_of(authors: Iterable[Mapping[str, Any]]) -> Record:
    """What waits on a device, whosever it is, and since when."""
    waiting = list(authors)
    return {
        "queue_len": sum(author["queue_len"] for author in waiting),
        "oldest_at": min((author["oldest_at"] for author in waiting if author["oldest_at"]), default=None),
    }


def put_device(work: UnitOfWork, user: str, device: str) -> None:
    """The row among the person's own devices, and the leaders' row."""
    query = select(Device.label, Device.platform, Device.last_seen_at).where(Device.id == device)
    found = work.session.execute(query).one()
    own = _authors(device)[user]
    body = {
        "label": found.label,
        "platform": found.platform,
        "last_seen_at": to_wire(found.last_seen_at),
        "queue_len": own["queue_len"],
        "oldest_at": to_wire(own["oldest_at"]),
    }
    put_row(work, user_scope(user), device, "device", body)
    put_device_state(work, device)


def put_device_state(work: UnitOfWork, device: str) -> None:
    """The leaders' row."""
    body = device_state(device)
    person = person_of(body["person"]) if body else None
    if body is not None and person is not None and person.roles:
        put_row(work, site_command_scope(person.site), device, "device_state", {**body, "units": list(person.units)})
