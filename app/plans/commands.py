"""Putting plans in force."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from app.base.attestation import Attestation
from app.base.meta import meta, put_meta
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import drop_row, put_row
from app.live.scopes import ref_scope
from app.live.timeline import tell
from app.plans.format import Plan
from app.plans.forms.commands import put_form_rows
from app.plans.models import PlanRecord, PlanTranslation, PlanVersion
from app.plans.pack import UnitRef, card_rows, parse_plan, version_of
from app.plans.queries import (
    VOCABULARY,
    WORDS,
    plan_at,
    plan_body,
    plan_in_force,
    plan_list,
    translation_texts,
    version_in_force,
    word_rows,
)
from app.plans.translation import Translation, parse_translation
from app.plans.vocabulary import GENERIC, VocabularyPack
from app.plans.workarounds.commands import refresh_workaround_rows


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
            _store(work, plan, version, text, attestation)
            _drop_lost_cards(work, plan, before, site)
            tell(work, "plan.imported", attestation, title=plan.title, plan=plan.id, version=version)
        _put_rows(work, plan_at(plan.id, version), version, site, units)
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


def choose_vocabulary(pack: VocabularyPack, *, site: str, units: Sequence[UnitRef], attestation: Attestation) -> bool:
    """Use a pack's words in every plan from now on; whether that changed anything. What runs keeps its words."""
    words = json.dumps(pack.words, ensure_ascii=False, sort_keys=True) if pack.words else ""
    with write() as work:
        if (meta(VOCABULARY, GENERIC), meta(WORDS)) == (pack.id, words):
            return False
        put_meta(work, VOCABULARY, pack.id)
        put_meta(work, WORDS, words)
        tell(work, "site.vocabulary", attestation, title=pack.title.en)
        refresh_plan_rows(site=site, units=units)
        refresh_workaround_rows(site)
    return True


def _keep_translation(work: UnitOfWork, translation: Translation, text: str) -> None:
    mine = (PlanTranslation.plan == translation.plan, PlanTranslation.language == translation.language)
    changed = update(PlanTranslation).where(*mine).values(text=text).returning(PlanTranslation.plan)
    if work.session.execute(changed).scalar() is None:
        values = {"plan": translation.plan, "language": translation.language, "text": text}
        work.session.execute(insert(PlanTranslation).values(**values))


def _store(work: UnitOfWork, plan: Plan, version: str, text: str, attestation: Attestation) -> None:
    """Keep the text, and let it be the one in force; the one before is retired and named by it."""
    _keep_plan(work, plan)
    before = version_in_force(plan.id)
    mine = PlanVersion.plan == plan.id
    retired = {"in_force": False, "state": "retired"}
    work.session.execute(update(PlanVersion).where(mine, PlanVersion.in_force).values(**retired))
    fresh = {"in_force": True, "state": "in_force", "replaces": before}
    again = update(PlanVersion).where(mine, PlanVersion.version == version).values(**fresh)
    if work.session.execute(again.returning(PlanVersion.plan)).scalar() is None:
        _keep_version(work, plan.id, version, text, attestation, fresh)


def keep_version(work: UnitOfWork, plan: Plan, version: str, text: str, attestation: Attestation) -> None:
    """Keep a text that is not in force yet, as a draft."""
    if work.session.execute(select(PlanRecord.id).where(PlanRecord.id == plan.id)).first() is None:
        _keep_plan(work, plan)
    _keep_version(work, plan.id, version, text, attestation, {"in_force": False, "state": "draft", "replaces": None})


def _keep_plan(work: UnitOfWork, plan: Plan) -> None:
    head = {"title": plan.title, "kind": plan.kind}
    changed = update(PlanRecord).where(PlanRecord.id == plan.id).values(**head).returning(PlanRecord.id)
    if work.session.execute(changed).scalar() is None:
        work.session.execute(insert(PlanRecord).values(id=plan.id, **head))


def _keep_version(
    work: UnitOfWork, plan: str, version: str, text: str, attestation: Attestation, state: dict[str, Any]
) -> None:
    values = {"plan": plan, "version": version, "text": text, "created_at": work.now, **state}
    who = {"by": attestation.actor, "by_name": attestation.actor_name}
    work.session.execute(insert(PlanVersion).values(**values, **who))


def _drop_lost_cards(work: UnitOfWork, plan: Plan, before: str | None, site: str) -> None:
    if before is None:
        return
    for card in card_rows(plan_at(plan.id, before)).keys() - card_rows(plan).keys():
        drop_row(work, ref_scope(site), card, "card")


def _put_rows(work: UnitOfWork, plan: Plan, version: str, site: str, units: Sequence[UnitRef]) -> None:
    put_row(work, ref_scope(site), plan.id, "plan", plan_body(plan, version, units))
    for row_id, body in card_rows(plan).items():
        put_row(work, ref_scope(site), row_id, "card", body)
    put_form_rows(work, plan, site)
    _put_words(work, plan, site)


def _put_words(work: UnitOfWork, plan: Plan, site: str) -> None:
    for row_id, body in word_rows(plan).items():
        put_row(work, ref_scope(site), row_id, "words", body)
