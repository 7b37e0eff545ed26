"""Changing the service catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, update

from app.base.unit_of_work import write
from app.live.rows import drop_row, put_row
from app.live.scopes import ref_scope
from app.services.entry import ServiceEntry
from app.services.models import Service
from app.services.queries import service_list


def put_services(site: str, entries: Sequence[ServiceEntry]) -> None:
    """Make the catalogue of the site exactly these services. Repeating it changes nothing."""
    with write() as work:
        stored = {entry.code: entry for entry in service_list(site)}
        wanted = {entry.code: entry for entry in entries}
        for code in stored.keys() - wanted.keys():
            work.session.execute(delete(Service).where(Service.site == site, Service.code == code))
            drop_row(work, ref_scope(site), f"service:{code}", "service")
        for code, entry in wanted.items():
            values = entry.to_row()
            if code not in stored:
                work.session.execute(insert(Service).values(site=site, code=code, **values))
            elif stored[code] != entry:
                mine = (Service.site == site, Service.code == code)
                work.session.execute(update(Service).where(*mine).values(**values))
            put_row(work, ref_scope(site), f"service:{code}", "service", {"code": code, **entry.to_row()})
