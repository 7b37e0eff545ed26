"""A broadcast gets its number: it replaces what it covers, has its targets, and everybody learns of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, update

from app.base.attestation import Attestation
from app.base.errors import AppError
from app.base.unit_of_work import UnitOfWork
from app.broadcasts.audience import Audience, audience_of
from app.broadcasts.commands.alerts import alert_broadcast
from app.broadcasts.commands.escalations import begin_escalation, end_escalation
from app.broadcasts.commands.promises import settle_promise
from app.broadcasts.commands.rows import put_broadcast
from app.broadcasts.commands.targets import people_meant, store_targets
from app.broadcasts.message import Message
from app.broadcasts.models import Broadcast
from app.broadcasts.policy import Policy
from app.broadcasts.promises import owed
from app.broadcasts.queries import broadcasts_of
from app.broadcasts.reach import put_routes
from app.live.timeline import tell
from app.response.commands.incidents import note_first_broadcast

STATE_AFTER = {"supersedes": "superseded", "corrects": "superseded", "cancels": "cancelled"}
EVENT_OF_RELATION = {"corrects": "broadcast.corrected", "cancels": "broadcast.cancelled"}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A broadcast that is about to get its number; the audience is settled."""

    id: str
    message: Message
    audience: Audience
    by: str
    by_name: str
    by_role: str
    approved_by: str | None = None
    approved_by_name: str | None = None


def publish(
    work: UnitOfWork, incident: Mapping[str, Any], draft: Draft, attestation: Attestation, policy: Policy
) -> dict[str, Any]:
    """Give it the next number and put it on the phones; the stored values. AppError when it may not replace what it
    refers to."""
    earlier = broadcasts_of(incident["id"])
    referred = _referred(earlier, draft)
    targets = people_meant(incident, draft.audience)
    values = _values(incident, draft, attestation, policy, earlier)
    values["supersedes"] = _replace(work, incident, draft, values, earlier, referred)
    work.session.execute(insert(Broadcast), [values])
    store_targets(work, draft.id, targets)
    put_broadcast(work, incident, values)
    begin_escalation(work, values, policy, targets)
    note_first_broadcast(work, incident, attestation.occurred_at)
    alert_broadcast(work, incident, values)
    settle_promise(work, incident, broadcasts_of(incident["id"]))
    tell(work, "broadcast.sent", attestation, incident=incident["id"], no=values["no"], headline=values["headline"])
    if draft.message.relation in EVENT_OF_RELATION:
        tell(
            work, EVENT_OF_RELATION[draft.message.relation], attestation, incident=incident["id"], no=values["no"],
            other=draft.message.refers_to,
        )  # fmt: skip
    return values


def _referred(earlier: Sequence[Mapping[str, Any]], draft: Draft) -> Mapping[str, Any] | None:
    message = draft.message
    if message.refers_to is None:
        if message.relation in EVENT_OF_RELATION:
            raise AppError("no_number", "Say which update this corrects or cancels.")
        return None
    found = next((one for one in earlier if one["no"] == message.refers_to), None)
    if found is None:
        raise AppError("no_such_update", f"There is no update {message.refers_to} in this incident.")
    if message.relation in EVENT_OF_RELATION and not draft.audience.covers(audience_of(found)):
        sentence = f"Update {found['no']} went to more people than this one. Send it to all of them."
        raise AppError("audience_narrower", sentence)
    return found


def _values(
    incident: Mapping[str, Any],
    draft: Draft,
    attestation: Attestation,
    policy: Policy,
    earlier: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    debt = owed(incident, earlier)
    audience = draft.audience
    message = draft.message.values()
    message["relation"] = message["relation"] or ("supersedes" if message["refers_to"] else None)
    return {
        **message,
        "id": draft.id,
        "incident": incident["id"],
        "site": incident["site"],
        "no": debt.no,
        "state": "current",
        "kind": incident["kind"],
        "level": incident["level"],
        "units": None if audience.units is None else list(audience.units),
        "roles": None if audience.roles is None else list(audience.roles),
        "on_duty": audience.on_duty,
        "services": None if audience.services is None else list(audience.services),
        "people": None if audience.people is None else list(audience.people),
        **dict.fromkeys(("supersedes", "superseded_by", "superseded_by_no", "superseded_relation")),
        "promised_at": debt.due_at,
        "ack_lasts_min": policy.ack_lasts_min,
        "by": draft.by,
        "by_name": draft.by_name,
        "by_role": draft.by_role,
        "at": attestation.occurred_at,
        "approved_by": draft.approved_by,
        "approved_by_name": draft.approved_by_name,
    }


def _replace(
    work: UnitOfWork,
    incident: Mapping[str, Any],
    draft: Draft,
    newer: Mapping[str, Any],
    earlier: Sequence[Mapping[str, Any]],
    referred: Mapping[str, Any] | None,
) -> str | None:
    """Mark what this one replaces: the one it refers to, and (unless it only corrects or cancels that one) every
    current one whose audience it covers. The id of the one it refers to, else of the newest replaced."""
    relation = newer["relation"] or "supersedes"
    only_referred = relation in EVENT_OF_RELATION
    replaced = []
    for older in earlier:
        is_referred = referred is not None and older["id"] == referred["id"]
        is_covered = older["state"] == "current" and draft.audience.covers(audience_of(older))
        if not is_referred and (only_referred or not is_covered):
            continue
        how = relation if is_referred else "supersedes"
        changed = {
            "state": STATE_AFTER[how],
            "superseded_by": newer["id"],
            "superseded_by_no": newer["no"],
            "superseded_relation": how,
        }
        work.session.execute(update(Broadcast).where(Broadcast.id == older["id"]).values(**changed))
        put_broadcast(work, incident, {**older, **changed})
        put_routes(work, {**older, **changed})
        end_escalation(work, {**older, **changed})
        replaced.append(older["id"])
    return referred["id"] if referred is not None else next(iter(replaced), None)
