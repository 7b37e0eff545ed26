"""The `leaders` row of each site: to whom one leader can hand something."""

from __future__ import annotations

from app.base.recount import Recount
from app.base.unit_of_work import UnitOfWork
from app.live.rows import put_row
from app.live.scopes import site_command_scope
from app.people.queries import leaders_body, sites


def _put(work: UnitOfWork, _keys: set[str]) -> None:
    for site in sites():
        put_row(work, site_command_scope(site["id"]), "leaders", "leaders", leaders_body(site["id"]))


LEADERS = Recount(_put)
