"""The `handover` rows: the unit that is asked, the unit that a step came from, and the leaders read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.unit_of_work import UnitOfWork
from app.live.rows import drop_row, put_row
from app.live.scopes import site_command_scope, unit_scope, user_scope
from app.plans.command.queries import command_unit
from app.response.bodies import handover_body


def put_handover(work: UnitOfWork, handover: Mapping[str, Any]) -> None:
    """Put the row where everybody whom it concerns reads it."""
    for scope in handover_scopes(handover):
        put_row(work, scope, handover["id"], "handover", handover_body(handover))


def drop_handover(work: UnitOfWork, handover: Mapping[str, Any]) -> None:
    """Take the row off the phones."""
    for scope in handover_scopes(handover):
        drop_row(work, scope, handover["id"], "handover")


def handover_scopes(handover: Mapping[str, Any]) -> list[str]:
    """Where the row is read: the unit asked, the unit a step came from, the leaders.

    Of a position of command also whoever was asked: successors need not be of the command centre.
    """
    units = {handover["unit"], handover["from_unit"] or handover["unit"]}
    scopes = [*sorted(unit_scope(unit) for unit in units), site_command_scope(handover["site"])]
    if handover["unit"] != command_unit(handover["site"]):
        return scopes
    asked = [handover["to"], *(step["to"] for step in handover["passed"])]
    return [*scopes, *(user_scope(user) for user in dict.fromkeys(asked) if user)]
