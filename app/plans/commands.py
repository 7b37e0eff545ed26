"""Putting plans in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from app.base.attestation import Attestation
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import drop_row, put_row
from app.live.scopes import ref_scope
from app.live.timeline import tell
from app.plans.format import Plan
from app.plans.models import PlanRecord, PlanTranslation, PlanVersion
from app.plans.pack import UnitRef, card_rows, parse_plan, plan_row, version_of
from app.plans.queries import (
    plan_at,
    plan_in_force,
    plan_list,
    translation_texts,
    version_in_force,
    word_rows,
)
from app.plans.translation import Translation, parse_translation


@dataclass(frozen=True)
class ImportedPlan:
    """What an import did; `changed` is False when this text was in force already."""

    id: str
    version: str
    changed: bool


def import_plan(
    text: str, *, site: str, units: Sequence[UnitRef], attestation: Attestation, source: str = "plan.yaml"
) -> ImportedPlan:
    """Put the plan of a file's exact text in force at the site. Raises PlanErrors for a file with faults.

    Repeating it changes nothing. Earlier versions stay readable, as incidents were run by them.
    """
    plan, version = parse_plan(text, source=source), version_of(text)
    with write() as work:
        before = version_in_force(plan.id)
        if before != version:
            _store(work, plan, version, text)
            _drop_lost_cards(work, plan, before, site)
            tell(work, "plan.imported", attestation, title=plan.title, plan=plan.id, version=version)
        _put_rows(work, plan, version, site, units)
    return ImportedPlan(plan.id, version, before != version)


def import_translation(text: str, *, site: str, attestation: Attestation, source: str = "es.yaml") -> str:
    """Keep a translation file's exact text beside its plan, and let phones have its words; the plan's id.

    Raises PlanErrors for a file with faults, NotFound when its plan is not in force. Repeating it changes nothing.
    """
    translation = parse_translation(text, source=source)
    with write() as work:
        plan = plan_in_force(translation.plan)
        if translation_texts(plan.id).get(translation.language) != text:
            _keep_translation(work, translation, text)
            facts = {"plan": plan.id, "language": translation.language}
            tell(work, "plan.translated", attestation, title=plan.title, **facts)
        _put_words(work, plan, site)
    return plan.id


def refresh_plan_rows(*, site: str, units: Sequence[UnitRef]) -> None:
    """Tell phones again which units each plan affects: after units were added, changed or closed."""
    with write() as work:
        for entry in plan_list():
            _put_rows(work, plan_in_force(entry.id), entry.version, site, units)


def _keep_translation(work: UnitOfWork, translation: Translation, text: str) -> None:
    mine = (PlanTranslation.plan == translation.plan, PlanTranslation.language == translation.language)
    changed = update(PlanTranslation).where(*mine).values(text=text).returning(PlanTranslation.plan)
    if work.session.execute(changed).scalar() is None:
        values = {"plan": translation.plan, "language": translation.language, "text": text}
        work.session.execute(insert(PlanTranslation).values(**values))


def _store(work: UnitOfWork, plan: Plan, version: str, text: str) -> None:
    head = {"title": plan.title, "kind": plan.kind}
    known = work.session.execute(select(PlanRecord.id).where(PlanRecord.id == plan.id)).scalar()
    if known is None:
        work.session.execute(insert(PlanRecord).values(id=plan.id, **head))
    else:
        work.session.execute(update(PlanRecord).where(PlanRecord.id == plan.id).values(**head))
    mine = PlanVersion.plan == plan.id
    work.session.execute(update(PlanVersion).where(mine, PlanVersion.in_force).values(in_force=False))
    again = update(PlanVersion).where(mine, PlanVersion.version == version).values(in_force=True)
    if work.session.execute(again.returning(PlanVersion.plan)).scalar() is None:
        values = {"plan": plan.id, "version": version, "text": text, "created_at": work.now, "in_force": True}
        work.session.execute(insert(PlanVersion).values(**values))


def _drop_lost_cards(work: UnitOfWork, plan: Plan, before: str | None, site: str) -> None:
    if before is None:
        return
    for card in card_rows(plan_at(plan.id, before)).keys() - card_rows(plan).keys():
        drop_row(work, ref_scope(site), card, "card")


def _put_rows(work: UnitOfWork, plan: Plan, version: str, site: str, units: Sequence[UnitRef]) -> None:
    put_row(work, ref_scope(site), plan.id, "plan", plan_row(plan, version, units))
    for row_id, body in card_rows(plan).items():
        put_row(work, ref_scope(site), row_id, "card", body)
    _put_words(work, plan, site)


def _put_words(work: UnitOfWork, plan: Plan, site: str) -> None:
    for row_id, body in word_rows(plan).items():
        put_row(work, ref_scope(site), row_id, "words", body)
