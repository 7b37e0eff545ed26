"""Which plans there are, and what they say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from app.base.db import db
from app.base.errors import NotFound
from app.base.instants import to_wire
from app.base.meta import meta
from app.plans.diff import card_changes
from app.plans.format import Plan
from app.plans.models import PlanRecord, PlanTranslation, PlanVersion
from app.plans.pack import UnitRef, parse_plan, plan_row
from app.plans.translation import parse_translation, words_id, words_row
from app.plans.vocabulary import Reword, reworded, rewording

WORDS = "vocabulary_words"  # the chosen pack's words as JSON, in what this server is
VOCABULARY = "vocabulary"


@dataclass(frozen=True)
class PlanEntry:
    """A plan in a list."""

    id: str
    title: str
    kind: str
    version: str
    created_at: datetime


def plan_list() -> tuple[PlanEntry, ...]:
    """Every plan with the version in force, by title."""
    query = (
        select(PlanRecord.id, PlanRecord.title, PlanRecord.kind, PlanVersion.version, PlanVersion.created_at)
        .join(PlanVersion, PlanVersion.plan == PlanRecord.id)
        .where(PlanVersion.in_force)
        .order_by(PlanRecord.title, PlanRecord.id)
    )
    return tuple(PlanEntry(*row) for row in db.session.execute(query))


def version_in_force(plan_id: str) -> str | None:
    """The version in force, or None for a plan that is not there."""
    query = select(PlanVersion.version).where(PlanVersion.plan == plan_id, PlanVersion.in_force)
    return db.session.execute(query).scalar()


def plan_in_force(plan_id: str) -> Plan:
    """The plan as it stands now. NotFound when there is none. Reading it again costs one short query."""
    version = version_in_force(plan_id)
    if version is None:
        raise NotFound("There is no such plan here.", plan=plan_id)
    return plan_at(plan_id, version)


def plan_at(plan_id: str, version: str) -> Plan:
    """A plan in one of its versions, in the words this site has chosen."""
    return _plan_at(plan_id, version, meta(WORDS))


@lru_cache(maxsize=64)
def _plan_at(plan_id: str, version: str, words: str) -> Plan:
    # a version is the hash of its text, so what is read from it can be kept for ever
    plan = parse_plan(plan_text(plan_id, version), source=f"{plan_id}.yaml")
    return reworded(plan, _rewording(words)) if words else plan


def site_rewording() -> Reword:
    """Puts the words that this site has chosen into a text."""
    return _rewording(meta(WORDS))


@lru_cache(maxsize=8)
def _rewording(words: str) -> Reword:
    return rewording(json.loads(words) if words else {})


def plan_text(plan_id: str, version: str) -> str:
    """The exact text of a version, as it was imported. NotFound when there is none."""
    query = select(PlanVersion.text).where(PlanVersion.plan == plan_id, PlanVersion.version == version)
    text = db.session.execute(query).scalar()
    if text is None:
        raise NotFound("There is no such version of this plan.", plan=plan_id, version=version)
    return text


def version_state(plan_id: str, version: str) -> str | None:
    """How far a version has come; None for one that is not here."""
    mine = (PlanVersion.plan == plan_id, PlanVersion.version == version)
    return db.session.execute(select(PlanVersion.state).where(*mine)).scalar()


def plan_body(plan: Plan, version: str, units: Iterable[UnitRef]) -> dict[str, Any]:
    """Body of the plan's row, with what changed against the version that it replaced."""
    mine = (PlanVersion.plan == plan.id, PlanVersion.version == version)
    before = db.session.execute(select(PlanVersion.replaces).where(*mine)).scalar()
    if before is None:
        return plan_row(plan, version, units)
    changes = [change.body() for change in card_changes(plan_at(plan.id, before), plan)]
    return {**plan_row(plan, version, units), "replaces": before, "changes": changes}


def reading_body(plan: str, version: str, at: datetime) -> dict[str, Any]:
    """The `plan_read` row of a person."""
    return {"plan": plan, "version": version, "at": to_wire(at)}


def plan_versions(plan_id: str) -> tuple[str, ...]:
    """Every version of a plan, newest first."""
    query = select(PlanVersion.version).where(PlanVersion.plan == plan_id).order_by(PlanVersion.created_at.desc())
    return tuple(db.session.execute(query).scalars())


def translation_texts(plan_id: str) -> dict[str, str]:
    """The exact text of each translation of a plan, by language."""
    query = select(PlanTranslation.language, PlanTranslation.text).where(PlanTranslation.plan == plan_id)
    return {row.language: row.text for row in db.session.execute(query.order_by(PlanTranslation.language))}


def word_rows(plan: Plan) -> dict[str, dict[str, Any]]:
    """Bodies of the rows with a plan's words in other languages, by row id."""
    found, reword = {}, site_rewording()
    for language, text in translation_texts(plan.id).items():
        translation = parse_translation(text, source=f"{language}/{plan.id}.yaml")
        found[words_id(plan.id, language)] = words_row(translation, plan, reword)
    return found
