"""Texts that are ready to be sent: a site's own, first taken from library/broadcasts. Values and parsing only. Pure."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from app.plans.format import Slug, Written
from app.plans.pack import parse_document
from app.plans.yaml_text import read_yaml

Short = Annotated[str, StringConstraints(min_length=1, max_length=140, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=400, strip_whitespace=True)]
Lines = Annotated[tuple[Text, ...], Field(max_length=20)]
Codes = Annotated[tuple[Slug, ...], Field(max_length=40)]
Stage = Literal["investigating", "confirmed", "workaround", "restoring", "restored", "all_clear", "closed"]


class TextAudience(Written):
    """Whom a text is for: roles and types of unit; without any it is for everybody."""

    roles: Codes | None = None
    unit_types: Codes | None = None


class ReadyText(Written):
    """A text with places for what is known only then: {incident}, {services}, {no}, {since}, {next}, {phone}."""

    key: Slug
    title: Short
    stage: Stage
    audience: TextAudience = TextAudience()
    headline: Short
    what_down: Lines = ()
    affected: Text = ""
    do_now: Lines = ()
    do_not: Lines = ()
    works: Lines = ()
    ack: Literal["none", "person", "unit"] = "unit"
    next_min: Annotated[int, Field(ge=5, le=720)] = 30


class ReadyTexts(Written):
    """A file of texts in one language."""

    lang: Literal["en", "es"]
    texts: Annotated[tuple[ReadyText, ...], Field(max_length=100)]

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        keys = [text.key for text in self.texts]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"There are two texts with the key {', '.join(twice)}.")
        return self


def parse_texts(text: str, *, source: str) -> ReadyTexts:
    """The texts of a YAML file. Raises PlanErrors with file and line."""
    return parse_document(read_yaml(text, source=source), ReadyTexts, source=source)
