"""Who may take a role in a unit besides those who hold it, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select

from app.base.unit_of_work import UnitOfWork
from app.people.commands.accounts import put_me
from app.people.models import Successor


def put_successors(work: UnitOfWork, unit: str, ranked: Mapping[str, Sequence[str]]) -> None:
    """Let exactly these people succeed in a unit: ids by role, the first one is asked first. Repeatable."""
    mine = select(Successor.role, Successor.user).where(Successor.unit == unit)
    query = mine.order_by(Successor.role, Successor.rank)
    before: dict[str, list[str]] = {}
    for role, user in work.session.execute(query):
        before.setdefault(role, []).append(user)
    wanted = {role: list(dict.fromkeys(users)) for role, users in ranked.items() if users}
    if wanted == before:
        return
    work.session.execute(delete(Successor).where(Successor.unit == unit))
    values = [
        {"unit": unit, "role": role, "user": user, "rank": rank}
        for role, users in wanted.items()
        for rank, user in enumerate(users)
    ]
    if values:
        work.session.execute(insert(Successor), values)
    for user in sorted({user for users in (*before.values(), *wanted.values()) for user in users}):
        put_me(work, user)
