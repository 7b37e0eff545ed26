"""A plan's words in another language, written beside its draft, and their way to the phones (ADR 45)."""

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
from app.people.person import Person
from app.plans.commands import import_translation
from app.plans.errors import PlanErrors
from app.plans.format import Plan
from app.plans.lint import translation_advice
from app.plans.models import PlanDraft, PlanDraftWords
from app.plans.pack import parse_plan
from app.plans.queries import plan_text, translation_texts
from app.plans.rewrite import rewritten
from app.plans.translation import LANGUAGES, parse_translation, placed_texts
from app.plans.yaml_text import read_yaml
from app.plans.yaml_words import whole_file

MOST_LETTERS = 300
MOST_TEXTS = 4_000


@dataclass(frozen=True)
class DraftWords:
    """A translation as it was saved last. `rev` 0: nobody has changed what phones have (`by_name` "", `at` None)."""

    plan: str
    language: str
    text: str
    rev: int
    by_name: str
    at: datetime | None

    @property
    def pairs(self) -> dict[str, str]:
        """What each English text is in the language, in the order of the file."""
        texts = read_yaml(self.text, source=f"{self.language}/{self.plan}.yaml").value["texts"]
        return {pair["en"]: pair["es"] for pair in texts or ()}


@dataclass(frozen=True)
class Remark:
    """What the check says about the words of an English text."""

    en: str
    rule: str
    sentence: str

    def body(self) -> dict[str, str]:
        """As it goes over the wire."""
        return {"en": self.en, "rule": self.rule, "msg": self.sentence}


def words_of(plan: str, language: str) -> DraftWords:
    """The words in the making; without any, those that phones have. NotFound for a language that plans do not speak."""
    if language not in LANGUAGES:
        raise NotFound("Plans are not written in this language.", language=language)
    columns = (PlanDraftWords.text, PlanDraftWords.rev, PlanDraftWords.by_name, PlanDraftWords.at)
    mine = (PlanDraftWords.plan == plan, PlanDraftWords.language == language)
    found = db.session.execute(select(*columns).where(*mine)).first()
    if found is not None:
        return DraftWords(plan, language, *found)
    kept = translation_texts(plan).get(language) or whole_file({"plan": plan, "language": language, "texts": ()})
    return DraftWords(plan, language, kept, 0, "", None)


def save_words(
    plan: str, language: str, rev: int, pairs: Mapping[str, str], *, actor: Person, attestation: Attestation
) -> DraftWords:
    """Write changed words into the translation's text; what says the same is not saved again.

    `pairs` are all of them, in the plan's order. Conflict (409, with who was faster and when) when the words are not at
    `rev` any more, AppError for words that cannot be: nothing is written then. NotFound without a draft of the plan.
    """
    _needed_draft(plan)
    before = words_of(plan, language)
    if before.rev != rev:
        raise _was_faster(before)
    _refuse_bad(pairs)
    text = beside_the_loop(_written, before, dict(pairs))
    if text == before.text:
        return before
    with write() as work:
        values = {"text": text, "rev": rev + 1, "by": actor.id, "by_name": actor.name, "at": attestation.occurred_at}
        mine = (PlanDraftWords.plan == plan, PlanDraftWords.language == language)
        if words_of(plan, language).rev != rev:
            raise _was_faster(words_of(plan, language))
        saved = update(PlanDraftWords).where(*mine).values(**values).returning(PlanDraftWords.plan)
        if work.session.execute(saved).scalar() is None:
            work.session.execute(insert(PlanDraftWords).values(plan=plan, language=language, **values))
    return words_of(plan, language)


def drop_words(work: UnitOfWork, plan: str) -> None:
    """Throw away what is in the making; the words that phones have stay."""
    work.session.execute(delete(PlanDraftWords).where(PlanDraftWords.plan == plan))


def publish_words(plan: str, *, site: str, attestation: Attestation) -> bool:
    """Let phones have the words in the making, of every language; whether there were any."""
    with write() as work:
        found = [words for words in (words_of(plan, language) for language in LANGUAGES) if words.rev]
        for words in found:
            if words.pairs:
                import_translation(words.text, site=site, attestation=attestation, source=f"{words.language}.yaml")
        drop_words(work, plan)
    return bool(found)


def has_words(plan: str) -> bool:
    """Whether words of the plan are in the making."""
    return db.session.execute(select(PlanDraftWords.plan).where(PlanDraftWords.plan == plan)).first() is not None


def words_before(plan: str, language: str) -> dict[str, dict[str, str]]:
    """`{place: {en, words}}` of the version that the draft began as: what an English text there was called before."""
    version = _needed_draft(plan)
    kept = translation_texts(plan).get(language)
    if version is None or kept is None:
        return {}
    words = {pair.en: pair.es for pair in parse_translation(kept, source=language).texts}
    placed = placed_texts(parse_plan(plan_text(plan, version), source=plan))
    return {place: {"en": one.text, "words": words[one.text]} for place, one in placed.items() if one.text in words}


def remarks_on(words: DraftWords, draft_text: str) -> list[Remark]:
    """What the check says of single words; what is missing or outdated an editor sees by itself.

    A draft with faults is not checked: what its texts are is not known yet.
    """
    try:
        plan: Plan = parse_plan(draft_text, source=words.plan)
        translation = parse_translation(words.text, source=words.language)
    except PlanErrors:
        return []
    said = translation_advice(translation, plan)
    found = ((path, rule, sentence) for path, rule, sentence in said if rule not in ("missing-text", "stale-text"))
    return [Remark(translation.texts[int(path[1])].en, rule, sentence) for path, rule, sentence in found]


def texts_without_words(plan: Plan) -> dict[str, tuple[str, ...]]:
    """By language, the texts that its readers would see in English if this version went into force now.

    They stand in the plan's order; the words that would go into force with it count.
    """
    texts = tuple(dict.fromkeys(one.text for one in placed_texts(plan).values()))
    known = {language: words_of(plan.id, language).pairs for language in LANGUAGES}
    return {language: tuple(text for text in texts if text not in pairs) for language, pairs in known.items()}


def _needed_draft(plan: str) -> str | None:
    """The version that the plan's draft began as. NotFound without a draft."""
    found = db.session.execute(select(PlanDraft.based_on).where(PlanDraft.plan == plan)).first()
    if found is None:
        raise NotFound("There is no draft of this plan any more.", plan=plan)
    version: str | None = found[0]
    return version


def _refuse_bad(pairs: Mapping[str, str]) -> None:
    if len(pairs) > MOST_TEXTS:
        raise AppError("too_large", "This plan is larger than a plan can be.", status=413)
    for en, said in pairs.items():
        if not (1 <= len(en) <= MOST_LETTERS and 1 <= len(said) <= MOST_LETTERS) or said != said.strip():
            raise AppError("malformed", f"A text has 1 to {MOST_LETTERS} letters, without spaces around it.")


def _written(before: DraftWords, pairs: dict[str, str]) -> str:
    """The file that says these pairs: those it has keep their place, a new one stands behind what comes before it."""
    held = [en for en in before.pairs if en in pairs]
    order: dict[str, None] = dict.fromkeys(held)
    last = ""
    for en in pairs:
        if en not in order:
            order = _with_after(order, last, en)
        last = en
    value: dict[str, Any] = dict(read_yaml(before.text, source=before.plan).value)
    value["texts"] = tuple({"en": en, "es": pairs[en]} for en in order)
    return rewritten(before.text, value, source=before.plan)


def _with_after(order: dict[str, None], last: str, fresh: str) -> dict[str, None]:
    names = list(order)
    at = names.index(last) + 1 if last in order else 0
    return dict.fromkeys([*names[:at], fresh, *names[at:]])


def _was_faster(words: DraftWords) -> Conflict:
    facts = {"by_name": words.by_name, "at": to_wire(words.at) if words.at else "", "rev": words.rev}
    return Conflict("changed_meanwhile", f"{words.by_name} has saved these words since.", status=409, **facts)
