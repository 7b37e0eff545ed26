"""Notes of a unit, and "this step is wrong"."""

from __future__ import annotations

from sqlalchemy import insert

from app.base.attestation import Attestation
from app.base.errors import NotAllowed, NotFound
from app.base.ids import uuid7
from app.base.outcome import Outcome
from app.base.unit_of_work import write
from app.live.rows import put_row
from app.live.scopes import unit_scope
from app.live.timeline import tell
from app.people.queries import unit_name
from app.response.authority import Actor, roles_in, roles_lately_in
from app.response.bodies import note_body
from app.response.commands.help import open_help, own_unit
from app.response.models import Note, StepFlag
from app.response.queries import present_incident, task_of
from app.response.triage import WRONG_STEP


def add_note(actor: Actor, attestation: Attestation, *, incident: str, unit: str | None, text: str) -> Outcome:
    """Write a line for the unit; `unit` None means the author's own. Raises NotFound, NotAllowed."""
    place = unit or own_unit(actor)
    with write() as work:
        found = present_incident(incident)
        if found is None:
            raise NotFound("This incident is not known here. Your entry is kept.")
        incident = found["id"]
        if not (roles_in(actor, place) or roles_lately_in(actor, place)):
            raise NotAllowed("You do not belong to this unit. Your entry is kept.")
        note = {
            "id": attestation.op or uuid7(),
            "incident": incident,
            "unit": place,
            "text": text,
            "kind": found["kind"],
            "by": actor.id,
            "by_name": actor.name,
            "at": attestation.occurred_at,
        }
        work.session.execute(insert(Note), [note])
        if not found["retired"]:
            put_row(work, unit_scope(place), note["id"], "note", note_body(note), fresh=True)
        tell(work, "note.added", attestation, incident=incident, unit=place, unit_name=unit_name(place), text=text)
    return Outcome(scope=unit_scope(place))


def flag_step(actor: Actor, attestation: Attestation, *, task: str, text: str) -> Outcome:
    """Say that a step is wrong; the plan's owner reads it after the incident, leaders answer it now."""
    with write() as work:
        found = task_of(task)
        if found is None:
            raise NotFound("This step is not on a card any more. Your entry is kept.")
        if not (roles_in(actor, found["unit"]) or roles_lately_in(actor, found["unit"])):
            raise NotAllowed("You do not belong to this unit. Your entry is kept.")
        flag = {
            "id": attestation.op or uuid7(),
            "task": found["id"],
            "plan": found["plan"],
            "key": found["key"],
            "text": text,
            "by": actor.id,
            "by_name": actor.name,
            "at": attestation.occurred_at,
        }
        work.session.execute(insert(StepFlag), [flag])
        open_help(work, attestation, task=found, text=text, what=WRONG_STEP)
        tell(
            work, "step.flagged", attestation, incident=found["incident"], unit=found["unit"],
            code=found["code"], text=text, key=found["key"],
        )  # fmt: skip
    return Outcome(scope=unit_scope(found["unit"]))
