"""Sending a broadcast, and the second leader's word on it where the site wants one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, update

from app.base.attestation import Attestation
from app.base.errors import AppError, Conflict, NotAllowed, NotFound
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.broadcasts.audience import Audience
from app.broadcasts.commands.publish import Draft, publish
from app.broadcasts.commands.rows import put_approval, scopes_of_broadcast
from app.broadcasts.commands.targets import settled_audience
from app.broadcasts.draft_json import draft_from_json, draft_to_json
from app.broadcasts.message import Message
from app.broadcasts.models import Approval
from app.broadcasts.queries import approval_of, broadcast_of, broadcasts_of, policy_of
from app.live.scopes import command_scope, site_scope
from app.live.timeline import tell
from app.people.permissions import may
from app.response.authority import Actor
from app.response.queries import incident_of

WAITS = "It waits for a second leader. It gets its number when it is approved."


def send_broadcast(
    actor: Actor,
    attestation: Attestation,
    *,
    broadcast: str,
    incident: str,
    message: Message,
    audience: Audience,
    after: int | None = None,
) -> Outcome:
    """Send the incident's next numbered message, or have it wait for a second leader where the site wants one.

    `broadcast` is the caller's id: the same id again changes nothing (`superseded`). `after` is the highest number the
    author had seen: a newer one is a Conflict (`just_sent`) that names its author, and nothing is sent.
    """
    if not may(actor.roles, "broadcast.send"):
        raise NotAllowed("Only IT leads and incident commanders send updates.")
    with write() as work:
        found = _incident(actor, incident)
        known = broadcast_of(broadcast)
        if known is not None:
            return _sent_already(known)
        if approval_of(broadcast) is not None:
            scope = command_scope(incident)
            return Outcome(st="superseded", scope=scope, code="waits_for_approval", msg=WAITS)
        _refuse_overtaken(incident, after)
        draft = Draft(
            id=broadcast, message=message, audience=settled_audience(found, audience), by=actor.id, by_name=actor.name,
            by_role=next((role for role in actor.roles if may([role], "broadcast.send")), ""),
        )  # fmt: skip
        policy = policy_of(found["site"])
        if policy.approval and not message.nothing_new:
            return _propose(work, found, draft, attestation)
        values = publish(work, found, draft, attestation, policy)
    return Outcome(scope=scopes_of_broadcast(values)[0])


def _incident(actor: Actor, incident: str) -> Mapping[str, Any]:
    found = incident_of(incident)
    if found is None or found["site"] != actor.site:
        raise NotFound("This incident is not known here.")
    return found


def _sent_already(known: Mapping[str, Any]) -> Outcome:
    return Outcome(
        st="superseded", scope=site_scope(known["site"]), by=known["by"], by_name=known["by_name"], at=known["at"],
        code="already_sent", msg=f"Update {known['no']} is sent already.",
    )  # fmt: skip


def _refuse_overtaken(incident: str, after: int | None) -> None:
    newest = next(iter(broadcasts_of(incident)), None)
    if after is None or newest is None or newest["no"] <= after:
        return
    raise Conflict(
        "just_sent",
        f"{newest['by_name']} sent update {newest['no']} meanwhile. Send yours as update {newest['no'] + 1}?",
        by=newest["by"],
        by_name=newest["by_name"],
        at=newest["at"],
    )


def _propose(work: UnitOfWork, incident: Mapping[str, Any], draft: Draft, attestation: Attestation) -> Outcome:
    values = {
        "broadcast": draft.id,
        "incident": incident["id"],
        "state": "waiting",
        "args": draft_to_json(draft.message, draft.audience),
        "by": draft.by,
        "by_name": draft.by_name,
        "by_role": draft.by_role,
        "at": attestation.occurred_at,
        **dict.fromkeys(("decided_by", "decided_by_name", "decided_at")),
        "reason": "",
    }
    work.session.execute(insert(Approval), [values])
    put_approval(work, values)
    tell(work, "broadcast.proposed", attestation, incident=incident["id"], headline=draft.message.headline)
    return Outcome(scope=command_scope(incident["id"]), code="waits_for_approval", msg=WAITS)


def approve_broadcast(actor: Actor, attestation: Attestation, *, broadcast: str) -> Outcome:
    """A second leader approves: it gets its number and goes out now. The author cannot approve it.

    A second approval, or one after a refusal, is `superseded` and names who was first.
    """
    with write() as work:
        approval = _waiting(actor, broadcast)
        if approval["state"] != "waiting":
            return _decided_before(approval)
        if approval["by"] == actor.id:
            raise AppError("same_person", "You wrote this update. Another leader has to approve it.")
        found = _incident(actor, approval["incident"])
        message, audience = draft_from_json(approval["args"])
        draft = Draft(
            id=broadcast, message=message, audience=audience, by=approval["by"], by_name=approval["by_name"],
            by_role=approval["by_role"], approved_by=actor.id, approved_by_name=actor.name,
        )  # fmt: skip
        _decide(work, actor, attestation, approval, state="approved")
        publish(work, found, draft, attestation, policy_of(found["site"]))
    return Outcome(scope=command_scope(approval["incident"]))


def refuse_broadcast(actor: Actor, attestation: Attestation, *, broadcast: str, reason: str) -> Outcome:
    """A leader, or the author, says that it must not go out, and why. Repeating it is `superseded`."""
    with write() as work:
        approval = _waiting(actor, broadcast)
        if approval["state"] != "waiting":
            return _decided_before(approval)
        _decide(work, actor, attestation, approval, state="refused", reason=reason)
        tell(work, "broadcast.refused", attestation, incident=approval["incident"], reason=reason)
    return Outcome(scope=command_scope(approval["incident"]))


def _waiting(actor: Actor, broadcast: str) -> Mapping[str, Any]:
    if not may(actor.roles, "broadcast.approve"):
        raise NotAllowed("Only leaders who may send updates approve them.")
    approval = approval_of(broadcast)
    if approval is None:
        raise NotFound("This update is not waiting here.")
    return approval


def _decided_before(approval: Mapping[str, Any]) -> Outcome:
    return Outcome(
        st="superseded", scope=command_scope(approval["incident"]), by=approval["decided_by"],
        by_name=approval["decided_by_name"], at=approval["decided_at"], code="somebody_first",
        msg=f"{approval['decided_by_name']} has decided already.",
    )  # fmt: skip


def _decide(
    work: UnitOfWork,
    actor: Actor,
    attestation: Attestation,
    approval: Mapping[str, Any],
    *,
    state: str,
    reason: str = "",
) -> None:
    changed = {
        "state": state,
        "decided_by": actor.id,
        "decided_by_name": actor.name,
        "decided_at": attestation.occurred_at,
        "reason": reason,
    }
    work.session.execute(update(Approval).where(Approval.broadcast == approval["broadcast"]).values(**changed))
    put_approval(work, {**approval, **changed})
