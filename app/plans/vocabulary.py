"""Packs of words: what a country calls things. Codes stay, labels change, and so do the words inside plans."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import Field

from app.plans.catalogue import Label
from app.plans.format import Attachment, CaptureField, Card, Condition, Plan, Slug, Step, Written
from app.plans.pack import parse_document
from app.plans.yaml_text import read_yaml

GENERIC = "generic"
Term = Annotated[str, Field(min_length=1, max_length=60)]
Reword = Callable[[str], str]


class VocabularyPack(Written):
    """The words of a country: labels of roles and types of units by code, and words inside texts by word."""

    id: Slug
    title: Label
    roles: dict[Slug, Term] = Field(default_factory=dict)
    unit_types: dict[Slug, Term] = Field(default_factory=dict)
    words: dict[Term, Term] = Field(default_factory=dict)


def parse_vocabulary(text: str, *, source: str) -> VocabularyPack:
    """The pack of a YAML text. Raises PlanErrors."""
    return parse_document(read_yaml(text, source=source), VocabularyPack, source=source)


def rewording(words: Mapping[str, str]) -> Reword:
    """A function that puts a pack's words into a text: whole words, the longest first, a capital kept."""
    if not words:
        return lambda text: text
    by_lower = {word.lower(): label for word, label in words.items()}
    longest_first = sorted(by_lower, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)

    def replaced(found: re.Match[str]) -> str:
        label = by_lower[found.group().lower()]
        starts = found.start() == 0 or found.string[: found.start()].rstrip()[-1:] in ".:?!"
        return label[0].upper() + label[1:] if found.group()[0].isupper() and starts else label

    return lambda text: pattern.sub(replaced, text)


def reworded(plan: Plan, reword: Reword) -> Plan:
    """The plan in other words; codes, keys and times are the same."""
    return plan.model_copy(
        update={
            **_texts(plan, reword, "title", "summary", "do_now"),
            "works": tuple(map(reword, plan.works)),
            "attachments": tuple(_attachment(one, reword) for one in plan.attachments),
            "cards": tuple(_card(card, reword) for card in plan.cards),
        }
    )


def _card(card: Card, reword: Reword) -> Card:
    steps = tuple(_step(step, reword) for step in card.steps)
    return card.model_copy(update={**_texts(card, reword, "title", "mission"), "steps": steps})


def _step(step: Step, reword: Reword) -> Step:
    return step.model_copy(
        update={
            **_texts(step, reword, "do", "hint"),
            "capture": tuple(_field(field, reword) for field in step.capture),
            "when": _condition(step.when, reword),
            "local": {unit: reword(line) for unit, line in step.local.items()},
        }
    )


def _field(field: CaptureField, reword: Reword) -> CaptureField:
    choices = tuple(map(reword, field.choices)) if field.choices else None
    return field.model_copy(update={"label": reword(field.label), "choices": choices})


def _condition(when: Condition | None, reword: Reword) -> Condition | None:
    if when is None or when.one_of is None:
        return when
    return when.model_copy(update={"one_of": tuple(map(reword, when.one_of))})


def _attachment(one: Attachment, reword: Reword) -> Attachment:
    return one.model_copy(update=_texts(one, reword, "title"))


def _texts(value: Written, reword: Reword, *names: str) -> dict[str, str | None]:
    found = {name: getattr(value, name) for name in names}
    return {name: text if text is None else reword(text) for name, text in found.items()}
