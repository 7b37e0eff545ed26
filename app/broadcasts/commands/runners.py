"""Runner mode: when nothing else works a person walks, and what was brought to a door is on record as theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, update

from app.base.attestation import Attestation
from app.base.errors import AppError, Conflict, NotAllowed, NotFound
from app.base.ids import uuid7
from app.base.outcome import Outcome
from app.base.unit_of_work import write
from app.broadcasts.models import Carry, RunnerRoute
from app.broadcasts.queries import broadcast_of, carries_of, route_of, units_concerned
from app.broadcasts.reach import REACH, put_routes, reach_bodies
from app.broadcasts.walking import walking_order
from app.live.scopes import site_scope
from app.live.timeline import tell
from app.people.permissions import may
from app.people.queries import unit_name, units as units_of
from app.response.authority import Actor
from app.response.queries import incident_of


def carry_broadcast(
    actor: Actor,
    attestation: Attestation,
    *,
    broadcast: str,
    unit: str,
    path: str = "runner",
    taken_by: str = "",
    route: str | None = None,
) -> Outcome:
    """Somebody brought the broadcast to the unit and says so: recorded as by them, never as the unit's own word.

    `path` is runner or paper, `taken_by` who of the unit took it. The first one counts; a later one is `superseded`
    and kept. `route` only tells phones where to show it.
    """
    with write() as work:
        found = _broadcast(actor, broadcast)
        if not (actor.memberships or actor.duty):
            raise NotAllowed("You belong to no unit. Your entry is kept.")
        if unit not in {known["id"] for known in units_of(actor.site)}:
            raise NotFound("This unit is not known here. Your entry is kept.")
        earlier = next(iter(carries_of(broadcast, [unit])), None)
        values = {
            "id": attestation.op or uuid7(),
            "broadcast": broadcast,
            "unit": unit,
            "path": path,
            "taken_by": taken_by,
            "by": actor.id,
            "by_name": actor.name,
            "at": attestation.occurred_at,
            "received_at": attestation.received_at,
            "device": attestation.device,
        }
        work.session.execute(insert(Carry), [values])
        REACH.mark(work, (broadcast, unit))
        put_routes(work, found)
        scope = site_scope(found["site"])
        if earlier is not None:
            return Outcome(
                st="superseded", scope=scope, by=earlier["by"], by_name=earlier["by_name"], at=earlier["at"],
                code="carried_before", msg=f"{earlier['by_name']} had brought it there already. Both are kept.",
            )  # fmt: skip
        tell(
            work, "broadcast.carried", attestation, incident=found["incident"], unit=unit, no=found["no"],
            unit_name=unit_name(unit),
        )  # fmt: skip
    return Outcome(scope=scope)


def send_runner(
    actor: Actor, attestation: Attestation, *, route: str, broadcast: str, units: Sequence[str] | None
) -> Outcome:
    """Make a route by floor to units that were not reached (`units` None: all of those). Everybody may walk it.

    `route` is the caller's id: the same id again changes nothing (`superseded`).
    """
    if not may(actor.roles, "runner.send"):
        raise NotAllowed("Only leaders send a runner.")
    with write() as work:
        found = _broadcast(actor, broadcast)
        scope = site_scope(found["site"])
        known = route_of(route)
        if known is not None:
            return Outcome(st="superseded", scope=scope, by=known["by"], by_name=known["by_name"], at=known["at"])
        if found["state"] != "current":
            raise Conflict(
                "not_current", f"Update {found['no']} is not current any more. Send the runner with the newest."
            )
        incident = incident_of(found["incident"]) or {}
        concerned = sorted(units_concerned(found, incident))
        bodies = reach_bodies(work, found, concerned)
        wanted = [unit for unit, body in bodies.items() if not body["quorum"]] if units is None else list(units)
        ordered = walking_order(units_of(found["site"]), wanted)
        if not ordered:
            raise AppError("all_reached", "Every unit has acknowledged. Nobody has to walk.")
        values: dict[str, Any] = {
            "id": route,
            "broadcast": broadcast,
            "units": ordered,
            "state": "open",
            "by": actor.id,
            "by_name": actor.name,
            "at": attestation.occurred_at,
        }
        work.session.execute(insert(RunnerRoute), [values])
        put_routes(work, found)
        tell(work, "broadcast.runner_sent", attestation, incident=found["incident"], no=found["no"], count=len(ordered))
    return Outcome(scope=scope)


def end_runner(actor: Actor, attestation: Attestation, *, route: str) -> Outcome:
    """The route is walked or not needed any more. Repeating it is `superseded`."""
    with write() as work:
        known = route_of(route)
        found = None if known is None else broadcast_of(known["broadcast"])
        if known is None or found is None or found["site"] != actor.site:
            raise NotFound("This route is not known here. Your entry is kept.")
        scope = site_scope(found["site"])
        if known["state"] == "ended":
            return Outcome(st="superseded", scope=scope, code="somebody_first", msg="Somebody ended it already.")
        work.session.execute(update(RunnerRoute).where(RunnerRoute.id == route).values(state="ended"))
        put_routes(work, found)
        tell(work, "broadcast.runner_back", attestation, incident=found["incident"], no=found["no"])
    return Outcome(scope=scope)


def _broadcast(actor: Actor, broadcast: str) -> Mapping[str, Any]:
    found = broadcast_of(broadcast)
    if found is None or found["site"] != actor.site:
        raise NotFound("This update is not known here. Your entry is kept.")
    return found
