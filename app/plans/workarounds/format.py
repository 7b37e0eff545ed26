"""A file of workarounds as values: one service, what units and roles do while it is down. docs/workarounds.md."""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, Self

from pydantic import Field, model_validator

from app.plans.durations import SPAN_PATTERN, span_minutes
from app.plans.format import DAY_PATTERN, Line, Slug, Written
from app.plans.pack import parse_document
from app.plans.vocabulary import Reword
from app.plans.yaml_text import Document, read_yaml

MAX_LINES = 7


class Said(Written):
    """A line in English and, where it is written, in Spanish."""

    en: Line
    es: Line | None = None


class Workaround(Written):
    """What some units and roles do while the service is down; `stop` is what they leave, `safe_for` how long at most.

    It is for the `units` or `unit_types` named, or for all; for the `roles` named, or for everybody there.
    """

    code: Slug
    units: tuple[Slug, ...] = ()
    unit_types: tuple[Slug, ...] = ()
    roles: tuple[Slug, ...] = ()
    owner: Annotated[str, Field(min_length=1, max_length=80)]
    review_by: Annotated[str, Field(pattern=DAY_PATTERN)]
    safe_for: Annotated[str, Field(pattern=SPAN_PATTERN)]
    do: Annotated[tuple[Said, ...], Field(min_length=1)]
    stop: Annotated[tuple[Said, ...], Field(min_length=1)]

    @property
    def safe_min(self) -> int:
        """The longest safe duration in minutes."""
        return span_minutes(self.safe_for)

    @property
    def lines(self) -> tuple[Said, ...]:
        """Everything that is read of it."""
        return (*self.do, *self.stop)

    @model_validator(mode="after")
    def _is_short_and_has_one_place(self) -> Self:
        if len(self.lines) > MAX_LINES:
            raise ValueError(f"{self.code} has {len(self.lines)} lines. Seven is the most, what to stop included.")
        if self.units and self.unit_types:
            raise ValueError(f"{self.code} names units and unit types. Name one or the other.")
        if self.safe_min < 1:
            raise ValueError(f"{self.code} needs a safe duration of at least 1 min.")
        return self


class WorkaroundPack(Written):
    """Every workaround for one service; `title` is what people read first: "The medication cabinets are down"."""

    service: Slug
    title: Said
    workarounds: Annotated[tuple[Workaround, ...], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        codes = [one.code for one in self.workarounds]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f'"{twice[0]}" is written twice.')
        return self


class Text(NamedTuple):
    """A line of a workaround and where it is written."""

    path: tuple[str | int, ...]
    said: Said


def parse_workarounds(text: str, *, source: str) -> WorkaroundPack:
    """The workarounds of a YAML text. Raises PlanErrors naming every fault with file and line."""
    return workarounds_of(read_yaml(text, source=source), source=source)


def workarounds_of(document: Document, *, source: str) -> WorkaroundPack:
    """The workarounds of a read file. Raises PlanErrors."""
    return parse_document(document, WorkaroundPack, source=source)


def texts_of(pack: WorkaroundPack) -> Iterator[Text]:
    """Every line with its place, in the order of the file."""
    yield Text(("title",), pack.title)
    for number, one in enumerate(pack.workarounds):
        for name, lines in (("do", one.do), ("stop", one.stop)):
            for at, said in enumerate(lines):
                yield Text(("workarounds", number, name, at), said)


def pack_row(pack: WorkaroundPack, version: str, reword: Reword = str) -> dict[str, Any]:
    """Body of the `workaround` row (docs/protocol.md); `reword` puts the site's vocabulary into an English line."""
    return {
        "service": pack.service,
        "version": version,
        "title": _row_of(pack.title, reword),
        "entries": [_entry(one, reword) for one in pack.workarounds],
    }


def _entry(one: Workaround, reword: Reword) -> dict[str, Any]:
    return {
        **{name: list(getattr(one, name)) for name in ("units", "unit_types", "roles")},
        **{name: [_row_of(said, reword) for said in getattr(one, name)] for name in ("do", "stop")},
        **{name: getattr(one, name) for name in ("code", "owner", "review_by", "safe_min")},
    }


def _row_of(said: Said, reword: Reword) -> dict[str, str]:
    spanish = {"es": said.es} if said.es else {}
    return {"en": reword(said.en), **spanish}
