"""What is in the service catalogue."""

from __future__ import annotations

from sqlalchemy import select

from app.base.db import db
from app.services.entry import ServiceEntry
from app.services.models import Service


def service_list(site: str) -> tuple[ServiceEntry, ...]:
    """The services of a site in their order."""
    query = (
        select(Service.code, Service.title, Service.plain, Service.order, Service.needs, Service.used_by)
        .where(Service.site == site)
        .order_by(Service.order, Service.code)
    )
    return tuple(
        ServiceEntry(code, title, plain, order, tuple(needs), None if used_by is None else tuple(used_by))
        for code, title, plain, order, needs, used_by in db.session.execute(query)
    )


def service_codes(site: str) -> frozenset[str]:
    """The codes that an incident at the site may name."""
    return frozenset(entry.code for entry in service_list(site))
