"""The `duty` row of each unit: who holds what now, and which required role nobody holds."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from app.base.recount import Recount
from app.base.unit_of_work import UnitOfWork
from app.live.rows import drop_row, put_row
from app.live.scopes import site_command_scope, unit_scope
from app.people.models import Duty, Membership, RequiredRole
from app.people.queries import duty_body, units


def put_required_roles(work: UnitOfWork, site: str, required: Iterable[tuple[str, str]]) -> None:
    """Keep the site's rule: (unit type, role) pairs that must be held while a downtime runs; replaces the old one."""
    work.session.execute(delete(RequiredRole).where(RequiredRole.site == site))
    values = [{"site": site, "unit_type": unit_type, "role": role} for unit_type, role in sorted(set(required))]
    if values:
        work.session.execute(insert(RequiredRole), values)
    for unit in units(site):
        COVER.mark(work, unit["id"])


def mark_units_of(work: UnitOfWork, user: str) -> None:
    """What a person holds has changed: every unit where they hold something, or did, is looked at again."""
    for source in (Membership, Duty):
        for unit in work.session.execute(select(source.unit).where(source.user == user).distinct()).scalars():
            COVER.mark(work, unit)


def _put(work: UnitOfWork, keys: set[str]) -> None:
    sites = {unit["id"]: unit["site"] for unit in units()}
    for unit in sorted(keys & sites.keys()):
        body = duty_body(unit)
        for scope in (unit_scope(unit), site_command_scope(sites[unit])):
            if body["people"] or body["required"]:
                put_row(work, scope, f"duty:{unit}", "duty", body)
            else:
                drop_row(work, scope, f"duty:{unit}", "duty")


COVER = Recount(_put)
