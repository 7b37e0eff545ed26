"""Drafts in the making: a plan's text while somebody writes it, one a plan, and its way to review (ADR 33)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.base.attestation import Attestation
from app.base.beside import beside_the_loop
from app.base.db import db
from app.base.errors import AppError, Conflict, NotFound
from app.base.instants import to_wire
from app.base.unit_of_work import UnitOfWork, write
from app.live.timeline import tell
from app.people.person import Person
from app.plans.approval import draft_plan, submit_plan
from app.plans.draft_words import drop_words, publish_words
from app.plans.errors import PlanErrors
from app.plans.findings import Found, Judged, judged
from app.plans.library import library_vocabulary
from app.plans.models import PlanDraft
from app.plans.queries import plan_text, version_in_force
from app.plans.rewrite import rewritten
from app.plans.yaml_text import read_yaml

THERE_IS_ONE = "Somebody is writing a draft of this plan. Go on with it, or throw it away first."


@dataclass(frozen=True)
class Draft:
    """A draft as it was saved last. `rev` counts the saves, so that nobody writes over what they have not seen."""

    plan: str
    text: str
    based_on: str | None
    rev: int
    by_name: str
    at: datetime


def draft_of(plan: str) -> Draft | None:
    """The draft of a plan, if somebody writes one."""
    columns = (PlanDraft.plan, PlanDraft.text, PlanDraft.based_on, PlanDraft.rev, PlanDraft.by_name, PlanDraft.at)
    found = db.session.execute(select(*columns).where(PlanDraft.plan == plan)).first()
    return None if found is None else Draft(*found)


def needed_draft(plan: str) -> Draft:
    """The same; NotFound when there is none."""
    found = draft_of(plan)
    if found is None:
        raise NotFound("There is no draft of this plan any more.", plan=plan)
    return found


def begin_draft(plan: str, version: str, *, actor: Person, attestation: Attestation) -> None:
    """Start a draft with the text of a version. Where there is one already, it stays as it is."""
    text = plan_text(plan, version)
    with write() as work:
        if draft_of(plan) is None:
            _begin(work, plan, text, version, actor, attestation)


def begin_with_text(text: str, *, actor: Person, attestation: Attestation, source: str) -> str:
    """Start a draft with a text from elsewhere; its plan. Raises PlanErrors for faults, AppError where a draft with
    another text is there. Repeating it changes nothing."""
    plan = _checked(text, source=source).plan
    if plan is None:
        raise NotFound("There is no plan in this file.")
    with write() as work:
        known = draft_of(plan.id)
        if known is None:
            _begin(work, plan.id, text, version_in_force(plan.id), actor, attestation)
        elif known.text != text:
            raise Conflict("draft_exists", THERE_IS_ONE, status=409)
    return plan.id


def save_draft(
    plan: str, rev: int, value: Mapping[str, Any], *, actor: Person, attestation: Attestation
) -> tuple[Draft, tuple[Found, ...]]:
    """Write a changed plan into the draft's text, and judge it. What says the same is not saved again.

    Conflict (409, with who was faster and when) when the draft is not at `rev` any more: nothing is written then.
    """
    before = needed_draft(plan)
    if before.rev != rev:
        raise _was_faster(before)
    if value.get("id") != plan:
        raise AppError("other_plan", "The id of a plan never changes. Start another plan for another id.")
    text, found = beside_the_loop(_written, before.text, dict(value), plan)
    if text == before.text:
        return before, found
    with write() as work:
        mine = (PlanDraft.plan == plan, PlanDraft.rev == rev)
        values = {"text": text, "rev": rev + 1, "by": actor.id, "by_name": actor.name, "at": attestation.occurred_at}
        saved = update(PlanDraft).where(*mine).values(**values).returning(PlanDraft.plan)
        if work.session.execute(saved).scalar() is None:
            raise _was_faster(needed_draft(plan))
    return needed_draft(plan), found


def drop_draft(plan: str, *, attestation: Attestation) -> None:
    """Throw a draft away. Repeating it changes nothing."""
    with write() as work:
        known = draft_of(plan)
        if known is not None:
            work.session.execute(delete(PlanDraft).where(PlanDraft.plan == plan))
            drop_words(work, plan)
            tell(work, "plan.dropped", attestation, title=title_of(known.text, plan), plan=plan)


def submit_draft(plan: str, rev: int, *, site: str, attestation: Attestation) -> str:
    """Send a draft to review: it becomes a version and is not a draft any more; the version.

    A draft that says what is in force, with other words in another language, goes to no review: what is to be done has
    not changed. Phones have its words at once, and the answer is the version in force.

    Raises PlanErrors while it has faults, Conflict when it is not at `rev`, AppError when it says what is in force.
    """
    draft = needed_draft(plan)
    if draft.rev != rev:
        raise _was_faster(draft)
    in_force = version_in_force(plan)
    if in_force is not None and plan_text(plan, in_force) == draft.text:
        return _only_words(plan, in_force, site=site, attestation=attestation)
    with write() as work:
        if needed_draft(plan).rev != rev:
            raise _was_faster(needed_draft(plan))
        version = draft_plan(draft.text, attestation=attestation, source=f"{plan}.yaml")
        submit_plan(plan, version, attestation=attestation)
        work.session.execute(delete(PlanDraft).where(PlanDraft.plan == plan))
    return version


def _only_words(plan: str, in_force: str, *, site: str, attestation: Attestation) -> str:
    with write() as work:
        if not publish_words(plan, site=site, attestation=attestation):
            raise AppError("no_change", "It says what is in force already.")
        work.session.execute(delete(PlanDraft).where(PlanDraft.plan == plan))
    return in_force


def findings_of(text: str, plan: str) -> tuple[Found, ...]:
    """All there is to say about a text."""
    return beside_the_loop(judged, text, library_vocabulary(), source=f"{plan}.yaml").found


def title_of(text: str, plan: str) -> str:
    """What a draft calls its plan; the id where it does not say."""
    try:
        value = read_yaml(text, source=plan).value
    except PlanErrors:
        return plan
    title = value.get("title") if isinstance(value, dict) else None
    return title if isinstance(title, str) and title else plan


def _begin(
    work: UnitOfWork, plan: str, text: str, version: str | None, actor: Person, attestation: Attestation
) -> None:
    values = {"plan": plan, "text": text, "based_on": version, "rev": 1, "at": attestation.occurred_at}
    work.session.execute(insert(PlanDraft).values(**values, by=actor.id, by_name=actor.name))
    tell(work, "plan.begun", attestation, title=title_of(text, plan), plan=plan)


def _written(text: str, value: dict[str, Any], plan: str) -> tuple[str, tuple[Found, ...]]:
    fresh = rewritten(text, value, source=f"{plan}.yaml")
    return fresh, judged(fresh, library_vocabulary(), source=f"{plan}.yaml").found


def _checked(text: str, *, source: str) -> Judged:
    found = judged(text, library_vocabulary(), source=source)
    if found.plan is None:
        raise PlanErrors(one.problem(source) for one in found.found if one.is_fault)
    return found


def _was_faster(draft: Draft) -> Conflict:
    facts = {"by_name": draft.by_name, "at": to_wire(draft.at), "rev": draft.rev}
    return Conflict("changed_meanwhile", f"{draft.by_name} has saved this draft since.", status=409, **facts)
