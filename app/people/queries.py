"""Who somebody is now, who belongs to a unit, what a person may read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, bindparam, func, literal, or_, select, union_all

from app.base import clock
from app.base.among import among
from app.base.asking import Asked
from app.base.db import Instant, db
from app.base.instants import to_wire
from app.base.meta import meta
from app.live.hints import room_of
from app.live.scopes import ref_scope, site_scope, unit_scope, user_scope
from app.people.models import (
    Contact,
    Device,
    DeviceAuthor,
    Duty,
    Membership,
    RequiredRole,
    Role,
    Screen,
    Site,
    Unit,
    User,
)
from app.people.permissions import LEADER_ROLES
from app.people.person import Person, ScreenCard, UnitPerson
from app.people.standby.queries import standby_of

COMMAND_ROOM = "command"

# These are asked at every request. Built once, and not by the session: building them and the session's own work would
# cost more than the database does.
ACCOUNT = (User.id, User.name, User.username, User.active, User.ended_at)
_BY_ID = Asked(select(*ACCOUNT).where(User.id == bindparam("user")))
_UNIT_NAMES = select(Unit.id, Unit.name).where(among(Unit.id, "units"))


def _rights(source: type[Membership | Duty], on_duty: bool) -> Select[*tuple[Any, ...]]:
    lost_after = bindparam("lost_after", type_=Instant())
    return (
        select(
            literal(on_duty).label("on_duty"),
            source.unit.label("unit"),
            source.role.label("role"),
            source.since.label("since"),
            source.until.label("until"),
            Unit.site.label("site"),
            Unit.order.label("unit_order"),
            Role.order.label("role_order"),
        )
        .join(Unit, Unit.id == source.unit)
        .join(Role, Role.code == source.role)
        .where(source.user == bindparam("user"), or_(source.until.is_(None), source.until > lost_after))
    )


# Memberships and duties of a person that last, or were lost after an instant.
_HELD = Asked(
    union_all(_rights(Membership, False), _rights(Duty, True)).order_by("on_duty", "since", "unit_order", "unit")
)


def person_of(user_id: str) -> Person | None:
    """A person with what they hold now; None when unknown or when the account ended more than a day ago."""
    found = _BY_ID.first({"user": user_id})
    known = None if found is None else person_and_end(found)
    return None if known is None else known.person


@dataclass(frozen=True)
class PersonAndEnd:
    """A person as they are now, and when time alone changes that (None: never)."""

    person: Person
    until: datetime | None


def person_and_end(account: Any) -> PersonAndEnd | None:
    """The person of an account (a record of the columns ACCOUNT); None when it ended more than a day ago."""
    late = timedelta(hours=current_app.extensions["settings"].late_rights_hours)
    now = clock.now()
    if not account.active and (account.ended_at is None or account.ended_at <= now - late):
        return None
    held = _HELD({"user": account.id, "lost_after": now - late})
    last = [right for right in held if right.until is None and account.active]
    lost = [None if account.active else account.ended_at, *(right.until for right in held)]
    ends = [instant + late for instant in lost if instant is not None]
    person = Person(
        id=account.id,
        name=account.name,
        username=account.username,
        roles=_distinct((right.role_order, right.role) for right in last),
        units=_distinct((right.unit_order, right.unit) for right in last),
        memberships=tuple((right.unit, right.role) for right in last if not right.on_duty),
        duty=tuple((right.unit, right.role) for right in last if right.on_duty),
        ended=tuple((right.unit, right.role) for right in held if right not in last),
        site=next((right.site for right in held), meta("site")),
    )
    # without any right the site is the server's own, and what that is may change at any time
    return PersonAndEnd(person, min(ends, default=None) if held else now)


def _distinct(ordered: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for _order, value in sorted(ordered)))


def people_of_unit(unit: str, roles: Iterable[str] | None = None) -> list[UnitPerson]:
    """The members of a unit and who is on duty there; only those with one of `roles`, if given."""
    return people_by_unit([unit], roles).get(unit, [])


def people_by_unit(
    units: Iterable[str] | None = None, roles: Iterable[str] | None = None
) -> dict[str, list[UnitPerson]]:
    """The same for many units in two reads: `{unit: people in name order}`; units without anybody are absent."""
    gathered: dict[str, dict[str, UnitPerson]] = {}
    wanted = (None if units is None else list(units), None if roles is None else list(roles))
    for source, on_duty in ((Membership, False), (Duty, True)):
        for unit, user, name, role in db.session.execute(_holders(source, *wanted)):
            known = gathered.setdefault(unit, {})
            before = known.get(user, UnitPerson(user, name, (), False))
            held = before.roles if role in before.roles else (*before.roles, role)
            known[user] = UnitPerson(user, name, held, before.on_duty or on_duty)
    return {unit: sorted(people.values(), key=lambda one: (one.name, one.id)) for unit, people in gathered.items()}


def first_places(people: Iterable[str]) -> dict[str, tuple[str, UnitPerson]]:
    """The first unit of each of these people in the hospital's order, with what they hold there."""
    wanted = set(people)
    order = {unit["id"]: place for place, unit in enumerate(units())}
    found: dict[str, tuple[str, UnitPerson]] = {}
    for unit, members in sorted(people_by_unit().items(), key=lambda place: order.get(place[0], 0)):
        for person in members:
            if person.id in wanted:
                found.setdefault(person.id, (unit, person))
    return found


def find_people(text: str, *, limit: int) -> list[dict[str, Any]]:
    """People of any unit whose name contains a text, in name order: id, name, units and roles."""
    found: dict[str, dict[str, Any]] = {}
    for unit, members in people_by_unit().items():
        for person in members:
            if text.casefold() in person.name.casefold():
                fresh: dict[str, Any] = {"id": person.id, "name": person.name, "units": [], "roles": []}
                one = found.setdefault(person.id, fresh)
                one["units"].append(unit)
                one["roles"] += [role for role in person.roles if role not in one["roles"]]
    return sorted(found.values(), key=lambda one: (one["name"], one["id"]))[:limit]


def _holders(
    source: type[Membership | Duty], units: Sequence[str] | None, roles: Sequence[str] | None
) -> Select[str, str, str, str]:
    conditions: list[ColumnElement[bool]] = [source.until.is_(None), User.active.is_(True)]
    if units is not None:
        conditions.append(source.unit.in_(units))
    if roles is not None:
        conditions.append(source.role.in_(roles))
    return (
        select(source.unit, User.id, User.name, source.role)
        .join(User, User.id == source.user)
        .join(Role, Role.code == source.role)
        .where(*conditions)
        .order_by(Role.order, source.role)
    )


def scopes_of(person: Person) -> list[str]:
    """What a person may read, without the command scopes of incidents; nothing without a role or a unit."""
    if not person.roles and not person.units:
        return []
    units = [unit_scope(unit) for unit in person.units]
    return [site_scope(person.site), ref_scope(person.site), *units, user_scope(person.id)]


def rooms_of(person: Person) -> list[str]:
    """The websocket rooms of a person: those of their scopes, and the room of all command scopes for leaders."""
    rooms = [room_of(scope) for scope in scopes_of(person)]
    return [*rooms, COMMAND_ROOM] if person.is_leader else rooms


def sites() -> list[dict[str, Any]]:
    """All sites, by name."""
    return _dicts(select(Site.id, Site.name, Site.tz).order_by(Site.name))


def site_card(site: str) -> dict[str, Any]:
    """A site as the boot answer shows it, with whether this server is a demo and whether headlines of updates to
    everybody are public; empty names when it is unknown."""
    found = next(iter(_dicts(select(Site.id, Site.name, Site.tz).where(Site.id == site))), None)
    known = found or {"id": site, "name": "", "tz": "UTC"}
    settings = current_app.extensions["settings"]
    is_demo = bool(settings.demo or meta("demo"))
    return {**known, "demo": is_demo, "public_updates": settings.public_updates}


def units(site: str | None = None) -> list[dict[str, Any]]:
    """The units of a site (of all, without one) in the hospital's order."""
    columns = (Unit.id, Unit.site, Unit.name, Unit.short, Unit.type, Unit.floor, Unit.phone, Unit.order)
    query = select(*columns).order_by(Unit.order, Unit.id)
    return _dicts(query if site is None else query.where(Unit.site == site))


def unit_name(unit: str) -> str:
    """The name of a unit; its id when it is unknown."""
    return unit_names([unit]).get(unit, unit)


def unit_names(units: Iterable[str]) -> dict[str, str]:
    """The names of those of these units that are known."""
    found = db.session.connection().execute(_UNIT_NAMES, {"units": list(units)})
    return {row.id: row.name for row in found}


def role_title(role: str) -> str:
    """The English title of a role; its code when it is unknown."""
    return db.session.execute(select(Role.title_en).where(Role.code == role)).scalar() or role


def roles() -> list[dict[str, Any]]:
    """All roles in their order."""
    columns = (Role.code, Role.title_en, Role.title_es, Role.leader, Role.order)
    return _dicts(select(*columns).order_by(Role.order, Role.code))


def contacts(site: str) -> list[dict[str, Any]]:
    """The contacts of a site in their order."""
    columns = (Contact.id, Contact.name, Contact.what, Contact.phone, Contact.order)
    return _dicts(select(*columns).where(Contact.site == site).order_by(Contact.order, Contact.id))


def me_body(user_id: str) -> dict[str, Any] | None:
    """The body of a person's `me` row (docs/protocol.md); None for an unknown person."""
    person = person_of(user_id)
    if person is None:
        return None
    query = (
        select(Duty.unit, Duty.role, Duty.since)
        .where(Duty.user == user_id, Duty.until.is_(None))
        .order_by(Duty.since, Duty.id)
    )
    return {
        "name": person.name,
        "username": person.username,
        "roles": list(person.roles),
        "units": list(person.units),
        "memberships": [{"unit": unit, "role": role} for unit, role in person.memberships],
        "duty": [{"unit": d.unit, "role": d.role, "since": to_wire(d.since)} for d in db.session.execute(query)],
        "standby": standby_of(user_id),
    }


def leaders_body(site: str) -> dict[str, Any]:
    """The body of a site's `leaders` row: who leads there now, in name order."""
    here = [unit["id"] for unit in units(site)]
    found: dict[str, dict[str, Any]] = {}
    for people in people_by_unit(here, LEADER_ROLES).values():
        for one in people:
            known = found.setdefault(one.id, {"id": one.id, "name": one.name, "roles": []})
            known["roles"] += [role for role in one.roles if role not in known["roles"]]
    return {"people": sorted(found.values(), key=lambda one: (one["name"], one["id"]))}


def duty_body(unit: str) -> dict[str, Any]:
    """The body of a unit's `duty` row (docs/protocol.md): who holds what now, who could, what nobody holds."""
    held = (
        select(Duty.role, Duty.user, User.name, Duty.since)
        .join(User, User.id == Duty.user)
        .where(Duty.unit == unit, Duty.until.is_(None), User.active.is_(True))
        .order_by(Duty.since, Duty.id)
    )
    holders = [
        {"role": one.role, "user": one.user, "name": one.name, "since": to_wire(one.since)}
        for one in db.session.execute(held)
    ]
    required = list(
        db.session.execute(
            select(RequiredRole.role)
            .join(Unit, (Unit.type == RequiredRole.unit_type) & (Unit.site == RequiredRole.site))
            .where(Unit.id == unit)
            .order_by(RequiredRole.role)
        ).scalars()
    )
    ended = db.session.execute(
        select(Duty.role, func.max(Duty.until)).where(Duty.unit == unit, Duty.until.is_not(None)).group_by(Duty.role)
    )
    left_at = {role: to_wire(until) for role, until in ended}
    open_roles = [role for role in required if role not in {one["role"] for one in holders}]
    times = [one["since"] for one in holders] + list(left_at.values())
    return {
        "unit": unit,
        "holders": holders,
        "required": required,
        "unclaimed": [{"role": role, "since": left_at.get(role)} for role in open_roles],
        "people": [{"id": one.id, "name": one.name, "roles": list(one.roles)} for one in people_of_unit(unit)],
        "changed_at": max((time for time in times if time), default=None),
    }


def device_state(device: str) -> dict[str, Any] | None:
    """What leaders read of a device (docs/protocol.md, without the units); None before anybody signed in on it."""
    columns = (Device.label, Device.platform, Device.last_seen_at, Device.app_version)
    found = db.session.execute(select(*columns).where(Device.id == device)).first()
    query = (
        select(DeviceAuthor, User.name)
        .join(User, User.id == DeviceAuthor.user)
        .where(DeviceAuthor.device == device)
        .order_by(DeviceAuthor.used_at.desc(), User.name)
    )
    authors = [(author, name) for author, name in db.session.execute(query.execution_options(populate_existing=True))]
    if found is None or not authors:
        return None
    oldest = min((author.oldest_at for author, _ in authors if author.oldest_at), default=None)
    return {
        "label": found.label,
        "platform": found.platform,
        "app_version": found.app_version,
        "last_contact_at": to_wire(found.last_seen_at),
        "person": authors[0][0].user,
        "person_name": authors[0][1],
        "queue_len": sum(author.queue_len for author, _ in authors),
        "oldest_at": to_wire(oldest),
        "gap": sum(author.lost for author, _ in authors),
        "gap_at": to_wire(max((author.lost_at for author, _ in authors if author.lost_at), default=None)),
        "emptied_at": to_wire(max((author.emptied_at for author, _ in authors if author.emptied_at), default=None)),
        "people": [
            {
                "id": author.user,
                "name": name,
                "queue_len": author.queue_len,
                "oldest_at": to_wire(author.oldest_at),
                "gap": author.lost,
            }
            for author, name in authors
        ],
    }


def device_labels(devices: Iterable[str]) -> dict[str, str]:
    """What these devices are called."""
    query = select(Device.id, Device.label).where(Device.id.in_(list(devices)))
    return {row.id: row.label for row in db.session.execute(query)}


_SCREEN = (
    Screen.id, Screen.site, Screen.unit, Screen.label, Screen.made_by_name, Screen.created_at, Screen.code_until,
    Screen.enrolled_at, Screen.seen_at,
)  # fmt: skip


def screen_of_token(token_hash: str) -> ScreenCard | None:
    """The wallboard of a token; None when it is unknown or was revoked."""
    query = select(*_SCREEN).where(Screen.token_hash == token_hash, Screen.revoked_at.is_(None))
    found = next(iter(_dicts(query)), None)
    return None if found is None else ScreenCard(**found)


def screens(site: str) -> list[ScreenCard]:
    """The wallboards of a site that are not revoked, newest first; those whose code ran out unused are left out."""
    is_open = or_(Screen.enrolled_at.is_not(None), Screen.code_until > clock.now())
    query = select(*_SCREEN).where(Screen.site == site, Screen.revoked_at.is_(None), is_open)
    return [ScreenCard(**found) for found in _dicts(query.order_by(Screen.created_at.desc(), Screen.id))]


def _dicts(query: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in db.session.execute(query).mappings()]
