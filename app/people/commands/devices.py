"""Devices: what a phone says of itself when somebody signs in on it and when it sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from app.base import clock
from app.base.db import db
from app.base.instants import to_wire
from app.base.unit_of_work import UnitOfWork, write
from app.live import presence
from app.live.rows import put_row
from app.live.scopes import site_command_scope, user_scope
from app.people.models import Device, DeviceAuthor
from app.people.numbering import MOST_SHOWN, Numbers, heard, lost
from app.people.queries import device_state, person_of

# A person's own list of devices need not follow every request; each change of the row wakes their phones.
ROW_AGES_BY = timedelta(minutes=15)
# Leaders read when each device was last heard; their rows follow a device in contact this often.
CONTACT_AGES_BY = timedelta(minutes=5)
EMPTIED_TOLD_EVERY = timedelta(hours=1)  # a faulty phone must not fill the timeline
LARGEST_N_SHOWN = 2**31 - 1  # what the device's column holds; those of the author and the op hold every n


# Every push asks these: built once, and by the connection, which costs less than the session.
_SEEN = select(Device.last_seen_at, Device.label).where(Device.id == bindparam("device"))
_AUTHORS = select(DeviceAuthor.__table__).where(DeviceAuthor.device == bindparam("device"))


@dataclass(frozen=True)
class DeviceCard:
    """What a device says of itself; the id is its own making."""

    id: str
    label: str = ""
    platform: str = ""


@dataclass(frozen=True, kw_only=True)
class DeviceReport:
    """What a phone says with each push: numbers of the entries heard for the first time, how many wait, since when."""

    numbers: tuple[int, ...] = ()
    queue_len: int = 0
    oldest_at: datetime | None = None
    app_version: str | None = None


@dataclass(frozen=True)
class DeviceNews:
    """What a report shows for the first time: entries lost, or a storage that came back empty."""

    label: str
    lost: int = 0
    emptied: bool = False


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
    _author(work, user, card.id)
    _put(work, user, card.id)


def note_device_report(
    work: UnitOfWork, user: str, device: str, report: DeviceReport, *, heard_now: bool = True
) -> DeviceNews | None:
    """Keep what a device reported, and say what is new and bad. `heard_now` false: another phone has brought it.

    Its rows follow when the queue empties or fills, when entries are missed, or when they have aged.
    """
    before = work.session.connection().execute(_SEEN, {"device": device}).first()
    if before is None:
        return None
    authors = _authors(device)
    author = authors.get(user) or _author(work, user, device)
    numbers = heard(_numbers_of(author), report.numbers)
    values = _after_report(work, author, numbers, report)
    _store(work, author, values)
    seen_at = work.now if heard_now else before.last_seen_at
    _store_sums(work, device, report, {**authors, user: {**author, **values}}, seen_at=seen_at)
    turned = bool(author["queue_len"]) != bool(values["queue_len"])
    emptied_lately = author["emptied_at"] is not None and work.now - author["emptied_at"] < EMPTIED_TOLD_EVERY
    is_emptied = numbers.restarted and not emptied_lately
    news = DeviceNews(before.label, max(0, values["lost"] - author["lost"]), is_emptied)
    is_bad = bool(news.lost) or news.emptied
    away = seen_at - before.last_seen_at
    if turned or is_bad or values["lost"] != author["lost"] or away > ROW_AGES_BY:
        _put(work, user, device)
    elif away > CONTACT_AGES_BY:
        _put_state(work, device)
    return news if is_bad else None


def _after_report(work: UnitOfWork, author: dict[str, Any], numbers: Numbers, report: DeviceReport) -> dict[str, Any]:
    """The author's new values. What waited on a storage that is gone is lost, and stays so."""
    gone = author["lost"] + author["queue_len"] if numbers.restarted else author["gone"]
    missed = min(MOST_SHOWN, gone + lost(numbers, waiting=report.queue_len))
    return {
        "last_n": numbers.last,
        "missing": [list(hole) for hole in numbers.missing],
        "gone": min(MOST_SHOWN, gone),
        "lost": missed,
        "lost_at": work.now if missed > author["lost"] else author["lost_at"],
        "emptied_at": work.now if numbers.restarted else author["emptied_at"],
        "queue_len": report.queue_len,
        "oldest_at": report.oldest_at if report.queue_len else None,
        "used_at": work.now,
    }


def note_held(device: str, held: list[Held]) -> None:
    """Keep what waits in the outboxes of a device, whosever they are; writes only what has changed.

    Only people who have signed in on the device are taken: nobody can speak for a stranger.
    """
    known = _authors(device)
    changed = [one for one in held if one.user in known and known[one.user]["queue_len"] != one.queue_len]
    if not changed:
        return
    with write() as work:
        for one in changed:
            values = {"queue_len": one.queue_len, "oldest_at": one.oldest_at if one.queue_len else None}
            _store(work, known[one.user], values)
            _put(work, one.user, device)
        _store_sums(work, device, DeviceReport(), _authors(device), seen_at=work.now)


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
            _put_state(work, device)


def _numbers_of(author: dict[str, Any]) -> Numbers:
    return Numbers(author["last_n"], tuple((start, end) for start, end in author["missing"]))


def _authors(device: str) -> dict[str, dict[str, Any]]:
    found = db.session.connection().execute(_AUTHORS, {"device": device}).mappings()
    return {author["user"]: dict(author) for author in found}


def _author(work: UnitOfWork, user: str, device: str) -> dict[str, Any]:
    """What is known of a person on a device, made at the first meeting."""
    known = _authors(device).get(user)
    if known is not None:
        return known
    fresh: dict[str, Any] = {
        "device": device, "user": user, "last_n": None, "missing": [], "gone": 0, "lost": 0,
        "lost_at": None, "emptied_at": None, "queue_len": 0, "oldest_at": None, "used_at": work.now,
    }  # fmt: skip
    work.session.execute(insert(DeviceAuthor), [fresh])
    return fresh


def _store(work: UnitOfWork, author: dict[str, Any], values: dict[str, Any]) -> None:
    key = (DeviceAuthor.device == author["device"], DeviceAuthor.user == author["user"])
    work.session.connection().execute(update(DeviceAuthor.__table__).where(*key).values(**values))


def _store_sums(
    work: UnitOfWork,
    device: str,
    report: DeviceReport,
    known: Mapping[str, Mapping[str, Any]],
    *,
    seen_at: datetime,
) -> None:
    authors = known.values()
    values: dict[str, Any] = {
        "last_seen_at": seen_at,
        "queue_len": sum(author["queue_len"] for author in authors),
        "oldest_at": min((author["oldest_at"] for author in authors if author["oldest_at"]), default=None),
        **({"last_n": min(max(report.numbers), LARGEST_N_SHOWN)} if report.numbers else {}),
        **({} if report.app_version is None else {"app_version": report.app_version}),
    }
    work.session.connection().execute(update(Device.__table__).where(Device.id == device).values(**values))


def _put(work: UnitOfWork, user: str, device: str) -> None:
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
    _put_state(work, device)


def _put_state(work: UnitOfWork, device: str) -> None:
    body = device_state(device)
    person = person_of(body["person"]) if body else None
    if body is not None and person is not None and person.roles:
        put_row(work, site_command_scope(person.site), device, "device_state", {**body, "units": list(person.units)})
