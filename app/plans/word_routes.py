"""The door of a plan's words in another language, in the office's editor (docs/protocol.md section 15)."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Blueprint
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.base.attestation import attest_now
from app.base.instants import to_wire
from app.people.guard import action, current_person, json_endpoint
from app.plans.draft_words import MOST_LETTERS, MOST_TEXTS, DraftWords, remarks_on, save_words, words_before, words_of
from app.plans.drafts import needed_draft
from app.plans.plain_values import refuse_wild_text

bp = Blueprint("plan_words", __name__, url_prefix="/api/plans")

MAX_WORDS_BYTES = 900_000
Said = Annotated[str, StringConstraints(min_length=1, max_length=MOST_LETTERS)]


class WordsSave(BaseModel):
    """All words of a plan in the language, made on the save `rev`: English text and what it is called."""

    model_config = ConfigDict(extra="forbid")

    rev: Annotated[int, Field(ge=0, le=2**31 - 1)]
    texts: Annotated[dict[Said, Said], Field(max_length=MOST_TEXTS)]


@bp.get("/<plan>/draft/words/<language>")
@action("plans.manage")
def read_words(plan: str, language: str) -> dict[str, Any]:
    """The words in the making, and what the texts of the draft's first version are called."""
    draft = needed_draft(plan[:60])
    words = words_of(draft.plan, language)
    return {**_body(words, draft.text), "texts": words.pairs, "before": words_before(draft.plan, words.language)}


@bp.post("/<plan>/draft/words/<language>")
@action("plans.manage")
@json_endpoint(WordsSave, max_bytes=MAX_WORDS_BYTES)
def keep_words(plan: str, language: str, body: WordsSave) -> dict[str, Any]:
    """Save and judge the words. 409 `changed_meanwhile` with who was faster when they are not at `rev`."""
    for en, said in body.texts.items():
        refuse_wild_text(en)
        refuse_wild_text(said)
    person = current_person()
    attestation = attest_now(person.id, person.name, device=person.device)
    words = save_words(plan[:60], language, body.rev, body.texts, actor=person, attestation=attestation)
    return _body(words, needed_draft(plan[:60]).text)


def _body(words: DraftWords, draft_text: str) -> dict[str, Any]:
    return {
        "plan": words.plan,
        "language": words.language,
        "rev": words.rev,
        "at": to_wire(words.at) if words.at else None,
        "by_name": words.by_name,
        "found": [one.body() for one in remarks_on(words, draft_text)],
    }
