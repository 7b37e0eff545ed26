"""Where a broadcast lies as a row: with everybody, or with the units and people it is for and the leaders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.unit_of_work import UnitOfWork
from app.broadcasts.bodies import approval_body, broadcast_body
from app.live.rows import drop_row, put_row
from app.live.scopes import command_scope, site_scope, unit_scope, user_scope


def scopes_of_broadcast(broadcast: Mapping[str, Any]) -> list[str]:
    """The scopes of its row; the first is the one its author reads."""
    if broadcast["units"] is None:
        return [site_scope(broadcast["site"])]
    units = [unit_scope(unit) for unit in broadcast["units"]]
    return [command_scope(broadcast["incident"]), *units, *map(user_scope, broadcast["people"] or ())]


def put_broadcast(work: UnitOfWork, incident: Mapping[str, Any], broadcast: Mapping[str, Any]) -> None:
    """Put its row, unless its incident has left the phones."""
    if incident["retired"]:
        return
    for scope in scopes_of_broadcast(broadcast):
        put_row(work, scope, broadcast["id"], "broadcast", broadcast_body(broadcast))


def drop_broadcast(work: UnitOfWork, broadcast: Mapping[str, Any]) -> None:
    """Take its row off the phones."""
    for scope in scopes_of_broadcast(broadcast):
        if scope != command_scope(broadcast["incident"]):
            drop_row(work, scope, broadcast["id"], "broadcast")


def put_approval(work: UnitOfWork, approval: Mapping[str, Any]) -> None:
    """Put the row of a broadcast that waits or waited for a second leader."""
    scope = command_scope(approval["incident"])
    put_row(work, scope, f"approval:{approval['broadcast']}", "approval", approval_body(approval))
