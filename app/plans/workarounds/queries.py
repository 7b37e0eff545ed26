"""Which workarounds a site has, and what they say."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.base.db import db
from app.base.reading import Record, all_records
from app.plans.workarounds.models import WorkaroundFile


def workaround_files(site: str) -> list[Record]:
    """Every file of a site with its text and body, by service."""
    query = select(WorkaroundFile.__table__).where(WorkaroundFile.site == site)
    return all_records(query.order_by(WorkaroundFile.service))


def workaround_bodies(site: str) -> dict[str, dict[str, Any]]:
    """Bodies of the `workaround` rows by service."""
    query = select(WorkaroundFile.service, WorkaroundFile.body).where(WorkaroundFile.site == site)
    return {one.service: one.body for one in db.session.connection().execute(query)}


def workaround_text(site: str, service: str) -> str | None:
    """The exact text for a service, or None."""
    query = select(WorkaroundFile.text).where(WorkaroundFile.site == site, WorkaroundFile.service == service)
    return db.session.execute(query).scalar()


def workaround_id(service: str) -> str:
    """Row id of a service's workarounds."""
    return f"workaround:{service}"
