"""What phones say of themselves with each push: the numbers of their entries, what waits, which app they run.

The phones whose entries are committed together are heard together: two reads and two writes for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.base.among import among
from app.base.bulk import insert_all, update_all
from app.base.reading import Record, all_records
from app.base.unit_of_work import UnitOfWork
from app.people.commands.devices import (
    CONTACT_AGES_BY,
    LARGEST_N_SHOWN,
    new_author,
    put_device,
    put_device_state,
    sums_of,
)
from app.people.models import Device, DeviceAuthor
from app.people.numbering import MOST_SHOWN, Numbers, heard, lost

# A person's own list of devices need not follow every request; each change of the row wakes their phones.
ROW_AGES_BY = timedelta(minutes=15)
EMPTIED_TOLD_EVERY = timedelta(hours=1)  # a faulty phone must not fill the timeline

_KEPT = ("id", "label", "last_seen_at", "last_n", "queue_len", "oldest_at", "app_version")
_DEVICES = select(*(Device.__table__.c[name] for name in _KEPT)).where(among(Device.id, "devices"))
_AUTHORS = select(DeviceAuthor.__table__).where(among(DeviceAuthor.device, "devices"))


@dataclass(frozen=True, kw_only=True)
class DeviceReport:
    """What a phone says with each push: numbers of the entries heard for the first time, how many wait, since when."""

    numbers: tuple[int, ...] = ()
    queue_len: int = 0
    oldest_at: datetime | None = None
    app_version: str | None = None


@dataclass(frozen=True)
class Said:
    """A report of a person's device. `heard_now` false: another phone has brought it."""

    user: str
    device: str
    report: DeviceReport
    heard_now: bool = True


@dataclass(frozen=True)
class DeviceNews:
    """What a report shows for the first time: entries lost, or a storage that came back empty."""

    label: str
    lost: int = 0
    emptied: bool = False


@dataclass
class _Known:
    """The devices and their authors as the reports so far have left them, and what of it must be written."""

    devices: dict[str, Record]
    authors: dict[str, dict[str, Record]]
    fresh: dict[tuple[str, str], Record] = field(default_factory=dict)
    changed: dict[tuple[str, str], Record] = field(default_factory=dict)
    whole_rows: dict[tuple[str, str], None] = field(default_factory=dict)
    leaders_rows: dict[str, None] = field(default_factory=dict)


def note_device_reports(work: UnitOfWork, said: Sequence[Said]) -> list[DeviceNews | None]:
    """Keep what devices reported, in this order, and say for each what is new and bad; None for an unknown device.

    Rows follow when a queue empties or fills, when entries are missed, or when they have aged.
    """
    known = _known(said)
    news = [_note(work, known, one) for one in said]
    connection = work.session.connection()
    insert_all(connection, DeviceAuthor.__table__, list(known.fresh.values()))
    update_all(connection, DeviceAuthor.__table__, ("device", "user"), list(known.changed.values()))
    update_all(connection, Device.__table__, ("id",), [_plain(device) for device in known.devices.values()])
    for user, device in known.whole_rows:
        put_device(work, user, device)
        known.leaders_rows.pop(device, None)
    for device in known.leaders_rows:
        put_device_state(work, device)
    return news


def _known(said: Iterable[Said]) -> _Known:
    values = {"devices": sorted({one.device for one in said})}
    authors: dict[str, dict[str, Record]] = {}
    for author in all_records(_AUTHORS, values):
        authors.setdefault(author["device"], {})[author["user"]] = author
    return _Known({device["id"]: device for device in all_records(_DEVICES, values)}, authors)


def _plain(device: Mapping[str, Any]) -> Record:
    return {name: device[name] for name in _KEPT if name != "label"}


def _note(work: UnitOfWork, known: _Known, said: Said) -> DeviceNews | None:
    device = known.devices.get(said.device)
    if device is None:
        return None
    key, report = (said.device, said.user), said.report
    authors = known.authors.setdefault(said.device, {})
    author = authors.get(said.user)
    if author is None:
        author = new_author(work, *key)
    numbers = heard(Numbers(author["last_n"], tuple((start, end) for start, end in author["missing"])), report.numbers)
    after = {**author, **_after_report(work, author, numbers, report)}
    (known.fresh if said.user not in authors or key in known.fresh else known.changed)[key] = after
    authors[said.user] = after
    away = (work.now if said.heard_now else device["last_seen_at"]) - device["last_seen_at"]
    device |= {**sums_of(authors.values()), "last_seen_at": device["last_seen_at"] + away, **_of_device(report)}
    emptied_lately = author["emptied_at"] is not None and work.now - author["emptied_at"] < EMPTIED_TOLD_EVERY
    is_emptied = numbers.restarted and not emptied_lately
    news = DeviceNews(device["label"], max(0, after["lost"] - author["lost"]), is_emptied)
    is_bad = bool(news.lost) or news.emptied
    turned = bool(author["queue_len"]) != bool(after["queue_len"])
    if turned or is_bad or after["lost"] != author["lost"] or away > ROW_AGES_BY:
        known.whole_rows[said.user, said.device] = None
    elif away > CONTACT_AGES_BY:
        known.leaders_rows[said.device] = None
    return news if is_bad else None


def _of_device(report: DeviceReport) -> Record:
    said: Record = {"last_n": min(max(report.numbers), LARGEST_N_SHOWN)} if report.numbers else {}
    return said if report.app_version is None else {**said, "app_version": report.app_version}


def _after_report(work: UnitOfWork, author: Mapping[str, Any], numbers: Numbers, report: DeviceReport) -> Record:
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
