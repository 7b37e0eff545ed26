"""Sites, units, roles and contacts: in tables, and as the rows every phone holds before anything happens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert, select, update

from app.base.unit_of_work import UnitOfWork
from app.live.models import Row
from app.live.rows import drop_row, put_row
from app.live.scopes import ref_scope
from app.people import queries
from app.people.models import Contact, Role, Site, Unit

UNIT_FIELDS = ("name", "short", "type", "floor", "phone", "order")
CONTACT_FIELDS = ("name", "what", "phone", "order")


def store_reference(
    work: UnitOfWork,
    *,
    site: Mapping[str, Any],
    units: Iterable[Mapping[str, Any]] = (),
    roles: Iterable[Mapping[str, Any]] = (),
    contacts: Iterable[Mapping[str, Any]] = (),
) -> None:
    """Keep a site with its units, roles and contacts (mappings of the tables' columns; `site` may be left out of
    units and contacts) and put their rows. Repeating it with the same values changes nothing."""
    _keep(work, Site, "id", site)
    for role in roles:
        _keep(work, Role, "code", role)
    for unit in units:
        _keep(work, Unit, "id", {"site": site["id"], **unit})
    for contact in contacts:
        _keep(work, Contact, "id", {"site": site["id"], **contact})
    put_reference_rows(work, str(site["id"]))


def store_missing_roles(work: UnitOfWork, site: str, roles: Iterable[Mapping[str, Any]]) -> None:
    """Add the roles (code, title {en, es}) that the catalogue lacks, at its end; known ones stay as they are."""
    known = {role["code"]: role["order"] for role in queries.roles()}
    order = max(known.values(), default=0)
    for role in roles:
        if role["code"] not in known:
            order += 1
            title = {"title_en": role["title"]["en"], "title_es": role["title"]["es"]}
            work.session.execute(insert(Role).values(code=role["code"], **title, leader=False, order=order))
    put_reference_rows(work, site)


def _keep(work: UnitOfWork, model: Any, key: str, values: Mapping[str, Any]) -> None:
    column = getattr(model, key)
    changed = update(model).where(column == values[key]).values(**values)
    if work.session.execute(changed).rowcount == 0:  # type: ignore[attr-defined]
        work.session.execute(insert(model).values(**values))


def put_reference_rows(work: UnitOfWork, site: str) -> None:
    """Put the rows of all units, roles and contacts of a site; rows of what is gone are dropped."""
    scope, bodies = ref_scope(site), _bodies(site)
    for (row_type, row_id), body in bodies.items():
        put_row(work, scope, row_id, row_type, body)
    stored = select(Row.type, Row.id).where(
        Row.scope == scope, Row.deleted.is_(False), Row.type.in_(("unit", "role", "contact"))
    )
    for row_type, row_id in work.session.execute(stored).all():
        if (row_type, row_id) not in bodies:
            drop_row(work, scope, row_id, row_type)


def _bodies(site: str) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for unit in queries.units(site):
        found["unit", unit["id"]] = {name: unit[name] for name in UNIT_FIELDS}
    for contact in queries.contacts(site):
        found["contact", f"contact:{contact['id']}"] = {name: contact[name] for name in CONTACT_FIELDS}
    for role in queries.roles():
        title = {"en": role["title_en"], "es": role["title_es"] or role["title_en"]}
        body = {"code": role["code"], "title": title, "leader": role["leader"], "order": role["order"]}
        # a unit and a role may share a slug (laboratory), and an id stands once in a scope
        found["role", f"role:{role['code']}"] = body
    return found
