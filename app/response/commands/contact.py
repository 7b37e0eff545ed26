"""The sweep that turns what this process hears into rows: contact of the units, and tasks that have come due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, insert

from app.base import clock
from app.base.attestation import by_system
from app.base.unit_of_work import UnitOfWork, write
from app.live import presence
from app.live.rows import put_row
from app.live.scopes import command_scope
from app.live.timeline import tell
from app.people.queries import people_by_unit, unit_name
from app.response.bodies import presence_body
from app.response.commands.alerts import alert_silence
from app.response.models import UnitContact
from app.response.progress import PROGRESS, put_progress
from app.response.queries import contacts, newly_overdue, running_incidents
from app.response.silence import silent_since

SWEPT_UNTIL = "swept_until"  # of this process; a restart looks back far enough to count again what it missed
LOOK_BACK = timedelta(days=3)


def sweep_units() -> list[str]:
    """Put `presence` rows for the units of running incidents; the units that fell silent or are heard again."""
    incidents = running_incidents()
    if not incidents:
        return []
    units = sorted({unit for incident in incidents for unit in incident["units"]})
    heard = _heard_by_unit(units)
    after = timedelta(minutes=current_app.extensions["settings"].silent_after_minutes)
    changed: list[str] = []
    with write() as work:
        stored = contacts()
        for unit in units:
            connected, last = heard.get(unit, (0, None))
            before = stored.get(unit)
            last = _latest(last, before["last_heard_at"] if before else None)
            involved = [incident for incident in incidents if unit in incident["units"]]
            declared_at = max(incident["td"] for incident in involved)
            since = silent_since(
                connected=connected, last_heard_at=last, declared_at=declared_at, now=work.now, after=after
            )
            if (before["silent_since"] if before else None) != since:
                changed.append(unit)
                _tell_silence(work, involved, unit, since)
            _store(work, unit, last, since, before)
            for incident in involved:
                body = presence_body(incident["id"], unit, connected=connected, last_heard_at=last, silent_since=since)
                put_row(work, command_scope(incident["id"]), unit, "presence", body)
    return changed


def _heard_by_unit(units: Sequence[str]) -> dict[str, tuple[int, datetime | None]]:
    heard: dict[str, tuple[int, datetime | None]] = {}
    now = clock.now()
    for unit, people in people_by_unit(units).items():
        contacts_now = [presence.contact_of(person.id) for person in people]
        connected = sum(contact.connected for contact in contacts_now)
        last = max((contact.last_heard_at for contact in contacts_now if contact.last_heard_at), default=None)
        heard[unit] = (connected, _minute(now if connected else last))
    return heard


def _minute(instant: datetime | None) -> datetime | None:
    # whole minutes, so that a healthy unit changes its row once a minute and not at every sweep
    return instant.replace(second=0, microsecond=0) if instant else None


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((instant for instant in (one, other) if instant is not None), default=None)


def _tell_silence(work: UnitOfWork, incidents: Sequence[Mapping[str, Any]], unit: str, since: datetime | None) -> None:
    for incident in incidents:
        event = "unit.heard" if since is None else "unit.silent"
        tell(work, event, by_system(), incident=incident["id"], unit=unit, unit_name=unit_name(unit))
        if since is not None:
            alert_silence(work, incident, unit)


def _store(
    work: UnitOfWork,
    unit: str,
    last: datetime | None,
    since: datetime | None,
    before: Mapping[str, Any] | None,
) -> None:
    if before is not None and (before["last_heard_at"], before["silent_since"]) == (last, since):
        return
    work.session.execute(delete(UnitContact).where(UnitContact.unit == unit))
    work.session.execute(insert(UnitContact).values(unit=unit, last_heard_at=last, silent_since=since))


def sweep_due() -> None:
    """Count progress anew where tasks came due since the last sweep, and wherever a new phase may have begun."""
    now = clock.now()
    after = current_app.extensions.get(SWEPT_UNTIL, now - LOOK_BACK)
    overdue = newly_overdue(after=after, until=now)
    incidents = running_incidents()
    if overdue or incidents:
        with write() as work:
            for key in overdue:
                PROGRESS.mark(work, key)
            if _phase_may_begin(after, now, incidents):
                for incident in incidents:
                    put_progress(work, incident)
    current_app.extensions[SWEPT_UNTIL] = now


def _phase_may_begin(after: datetime, now: datetime, incidents: Sequence[Mapping[str, Any]]) -> bool:
    starts = (timedelta(minutes=minutes) for minutes in (15, 60, 240, 720))
    return any(after < incident["td"] + start <= now for start in starts for incident in incidents)
