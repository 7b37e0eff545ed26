"""Going on duty where somebody may have been called: who takes the place ends the call for everybody else."""

from __future__ import annotations

from sqlalchemy import update

from app.base.attestation import Attestation
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.timeline import tell
from app.people.commands.duty import claim_duty
from app.people.person import Person
from app.people.queries import role_title, unit_name
from app.people.standby.queries import holders_of
from app.response.commands.handover_rows import put_handover
from app.response.models import Handover
from app.response.queries import offered_handover


def assume_duty(actor: Person, attestation: Attestation, *, unit: str, role: str) -> Outcome:
    """Go on duty in a role in a unit; a call for it that waits for an answer is answered by that.

    What a holder of the role has offered to somebody goes on: it is a hand-over, and the holder still has the role.
    Raises NotFound, NotAllowed. Being on duty there already changes nothing.
    """
    with write() as work:
        outcome = claim_duty(actor, attestation, unit=unit, role=role)
        _end_call(work, actor, attestation, unit, role)
    return outcome


def _end_call(work: UnitOfWork, actor: Person, attestation: Attestation, unit: str, role: str) -> None:
    call = offered_handover(unit, role)
    if call is None or call["by"] in {one["user"] for one in holders_of(unit).get(role, ()) if one["user"] != actor.id}:
        return
    changed = {
        "state": "accepted", "answered_by": actor.id, "answered_by_name": actor.name,
        "answered_at": attestation.occurred_at, "next_at": None,
    }  # fmt: skip
    work.session.execute(update(Handover).where(Handover.id == call["id"]).values(**changed))
    put_handover(work, {**call, **changed})
    tell(
        work, "handover.call_ended", attestation, incident=call["incident"], unit=unit, role=role_title(role),
        unit_name=unit_name(unit),
    )  # fmt: skip
