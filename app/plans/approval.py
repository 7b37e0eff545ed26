"""The way of a version: draft, review, approved by two people, in force, retired; and who has read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import delete, insert, select, update

from app.base.attestation import Attestation
from app.base.db import db
from app.base.errors import AppError, NotFound
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import drop_row, put_row
from app.live.scopes import ref_scope, user_scope
from app.live.timeline import tell
from app.people.person import Person
from app.plans.commands import import_plan, keep_version
from app.plans.draft_words import publish_words
from app.plans.models import PlanApproval, PlanReading, PlanVersion
from app.plans.pack import UnitRef, card_rows, parse_plan, version_of
from app.plans.queries import plan_at, plan_text, reading_body, version_in_force, version_state, word_rows

Part = Literal["owner", "emergency"]
PARTS: tuple[Part, ...] = ("owner", "emergency")
MOST_LETTERS = 400


def draft_plan(text: str, *, attestation: Attestation, source: str = "plan.yaml") -> str:
    """Keep a text as a draft; its version. Raises PlanErrors. A text that is known already stays what it is."""
    plan, version = parse_plan(text, source=source), version_of(text)
    with write() as work:
        if version_state(plan.id, version) is None:
            keep_version(work, plan, version, text, attestation)
            tell(work, "plan.drafted", attestation, title=plan.title, plan=plan.id, version=version)
    return version


def submit_plan(plan: str, version: str, *, attestation: Attestation) -> None:
    """Ask for review of a draft, or of a version that was retired and is wanted back: signatures of then are void.

    Repeating it changes nothing; AppError when it is past that.
    """
    with write() as work:
        state = _state(plan, version)
        if state == "review":
            return
        if state not in ("draft", "retired"):
            raise AppError("wrong_state", f"Only a draft goes to review; this version is {_WORDS[state]}.")
        _forget_approvals(work, plan, version)
        _move(work, plan, version, "review", returned=None)
        tell(work, "plan.submitted", attestation, title=plan_at(plan, version).title, plan=plan, version=version)


def approve_plan(plan: str, version: str, part: Part, *, actor: Person, attestation: Attestation) -> str:
    """Say yes as owner or for emergency management; the state after it. Two people: one cannot say both.

    Repeating it changes nothing. AppError when it is not in review or somebody tries to sign twice.
    """
    with write() as work:
        state, given = _state(plan, version), approvals(plan, version)
        if part in given:
            return state
        if state != "review":
            raise AppError("wrong_state", f"Only what is in review is approved; this version is {_WORDS[state]}.")
        if actor.id in given.values():
            raise AppError("same_person", "You have approved it already. It needs a second person.")
        values = {"plan": plan, "version": version, "part": part, "by": actor.id, "by_name": actor.name}
        work.session.execute(insert(PlanApproval).values(**values, at=attestation.occurred_at))
        done = len(given) + 1 == len(PARTS)
        if done:
            _move(work, plan, version, "approved")
        tell(work, "plan.approved", attestation, title=plan_at(plan, version).title, plan=plan, version=version)
    return "approved" if done else "review"


def return_plan(plan: str, version: str, reason: str, *, attestation: Attestation) -> None:
    """Give a version back to who wrote it, with the reason: it is a draft again, without signatures.

    Repeating it changes nothing; AppError without a reason, or when it is neither in review nor approved.
    """
    reason = reason.strip()[:MOST_LETTERS]
    if not reason:
        raise AppError("no_reason", "Say what has to be changed.")
    with write() as work:
        state = _state(plan, version)
        if state == "draft":
            return
        if state not in ("review", "approved"):
            raise AppError("wrong_state", f"Only what is in review is given back; this version is {_WORDS[state]}.")
        _forget_approvals(work, plan, version)
        _move(work, plan, version, "draft", returned=reason)
        title = plan_at(plan, version).title
        tell(work, "plan.returned", attestation, title=title, plan=plan, version=version, reason=reason)


def put_in_force(plan: str, version: str, *, site: str, units: Sequence[UnitRef], attestation: Attestation) -> None:
    """Let an approved version be the one in force, with its words in other languages; the one before is retired.

    Incidents keep theirs.
    """
    with write():
        state = _state(plan, version)
        if state == "in_force":
            return
        if state != "approved":
            raise AppError("not_approved", f"Two people approve a version first; this one is {_WORDS[state]}.")
        import_plan(plan_text(plan, version), site=site, units=units, attestation=attestation)
        publish_words(plan, site=site, attestation=attestation)


def retire_plan(plan: str, *, site: str, attestation: Attestation) -> None:
    """Take a plan out of force and off the phones; it stays readable. NotFound when it is not in force."""
    with write() as work:
        version = version_in_force(plan)
        if version is None:
            raise NotFound("There is no such plan here.", plan=plan)
        held = plan_at(plan, version)
        gone = {"plan": [plan], "card": card_rows(held), "words": word_rows(held)}
        for row_type, ids in gone.items():
            for row_id in ids:
                drop_row(work, ref_scope(site), row_id, row_type)
        _move(work, plan, version, "retired")
        tell(work, "plan.retired", attestation, title=held.title, plan=plan, version=version)


def read_plan(actor: Person, attestation: Attestation, *, plan: str, version: str) -> Outcome:
    """The author says that they have read a version. Saying it again is `superseded`."""
    scope = user_scope(actor.id)
    with write() as work:
        _state(plan, version)
        mine = (PlanReading.plan == plan, PlanReading.version == version, PlanReading.person == actor.id)
        if work.session.execute(select(PlanReading.at).where(*mine)).first() is not None:
            return Outcome(st="superseded", scope=scope, code="somebody_first", msg="You have read it before.")
        values = {"plan": plan, "version": version, "person": actor.id, "at": attestation.occurred_at}
        work.session.execute(insert(PlanReading).values(**values))
        put_row(work, scope, f"read:{plan}", "plan_read", reading_body(plan, version, attestation.occurred_at))
        tell(work, "plan.read", attestation, title=plan_at(plan, version).title, plan=plan, version=version)
    return Outcome(scope=scope)


def approvals(plan: str, version: str) -> dict[str, str]:
    """Who has said yes, by part."""
    query = select(PlanApproval.part, PlanApproval.by)
    mine = (PlanApproval.plan == plan, PlanApproval.version == version)
    return {row.part: row.by for row in db.session.execute(query.where(*mine))}


_WORDS = {
    "draft": "a draft",
    "review": "in review",
    "approved": "approved",
    "in_force": "in force",
    "retired": "retired",
}


def _state(plan: str, version: str) -> str:
    state = version_state(plan, version)
    if state is None:
        raise NotFound("There is no such version of this plan.", plan=plan, version=version)
    return state


def _move(work: UnitOfWork, plan: str, version: str, state: str, **more: str | None) -> None:
    mine = (PlanVersion.plan == plan, PlanVersion.version == version)
    values = {"state": state, "in_force": state == "in_force", **more}
    work.session.execute(update(PlanVersion).where(*mine).values(**values))


def _forget_approvals(work: UnitOfWork, plan: str, version: str) -> None:
    mine = (PlanApproval.plan == plan, PlanApproval.version == version)
    work.session.execute(delete(PlanApproval).where(*mine))
