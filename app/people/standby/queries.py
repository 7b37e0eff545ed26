"""Who may take a role in a unit as a successor, and who holds what there now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.base.db import db
from app.people.models import Duty, Successor, User


def people_by_username(usernames: Iterable[str]) -> dict[str, dict[str, str]]:
    """{id, name} of these accounts by user name; unknown and ended ones are absent."""
    query = select(User.username, User.id, User.name).where(User.username.in_(list(usernames)), User.active.is_(True))
    return {username: {"id": user, "name": name} for username, user, name in db.session.execute(query)}


def successors_of(unit: str, role: str) -> list[str]:
    """Who succeeds in a role in a unit, in the order in which they are asked."""
    query = (
        select(Successor.user)
        .join(User, User.id == Successor.user)
        .where(Successor.unit == unit, Successor.role == role, User.active.is_(True))
    )
    return list(db.session.execute(query.order_by(Successor.rank, Successor.user)).scalars())


def is_successor(user: str, unit: str, role: str) -> bool:
    """Whether somebody may take a role in a unit as a successor."""
    mine = (Successor.user == user, Successor.unit == unit, Successor.role == role)
    return db.session.execute(select(Successor.user).where(*mine)).first() is not None


def standby_of(user: str) -> list[dict[str, str]]:
    """What a person may take as a successor: unit and role."""
    query = select(Successor.unit, Successor.role).where(Successor.user == user)
    return [{"unit": unit, "role": role} for unit, role in db.session.execute(query.order_by(Successor.role))]


def holders_of(unit: str) -> dict[str, list[dict[str, Any]]]:
    """Who is on duty in a unit, by role: {user, name, since}, the longest on duty first."""
    query = (
        select(Duty.role, Duty.user, User.name, Duty.since)
        .join(User, User.id == Duty.user)
        .where(Duty.unit == unit, Duty.until.is_(None), User.active.is_(True))
        .order_by(Duty.since, Duty.id)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for role, user, name, since in db.session.execute(query):
        found.setdefault(role, []).append({"user": user, "name": name, "since": since})
    return found
