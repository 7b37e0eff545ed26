"""A plan in another language: a file beside it that holds every English text with its Spanish words. Pure.

English is the key, as on the screens: a text that changes in the plan has no translation any more, and the check says
so; until it is written people read the English one. So nobody ever reads an old translation of a new step.
"""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from app.plans.format import Card, Plan, Slug, Step, Written
from app.plans.pack import parse_document
from app.plans.yaml_text import Document, Path, read_yaml

LANGUAGES = ("es",)
Words = Annotated[str, Field(min_length=1, max_length=300)]


class Pair(Written):
    """An English text of the plan and what it is in Spanish."""

    en: Words
    es: Words


class Translation(Written):
    """The texts of a plan in another language."""

    plan: Slug
    language: Literal["es"]
    texts: Annotated[tuple[Pair, ...], Field(min_length=1)]


class Text(NamedTuple):
    """A text of a plan, what it is, and how long it may be."""

    text: str
    what: str
    max_chars: int


def texts_of(plan: Plan) -> dict[str, Text]:
    """Every text that people read, once, in the order of the file."""
    found: dict[str, Text] = {}
    for one in placed_texts(plan).values():
        found.setdefault(one.text, one)
    return found


def placed_texts(plan: Plan) -> dict[str, Text]:
    """Every text by where it stands, in the order of the file: `<role>/<code>/do` is a step, `works/0` a line.

    The office's editor has the same places: static/js/lib/plan_texts.js.
    """
    return {
        **_head_texts(plan),
        **{f"{card.role}/{where}": text for card in plan.cards for where, text in _card_texts(card).items()},
    }


def parse_translation(text: str, *, source: str) -> Translation:
    """The translation of a YAML text. Raises PlanErrors naming every fault with file and line."""
    return translation_of(read_yaml(text, source=source), source=source)


def translation_of(document: Document, *, source: str) -> Translation:
    """The translation of a read file. Raises PlanErrors."""
    return parse_document(document, Translation, source=source)


def translation_findings(translation: Translation, plan: Plan) -> Iterator[tuple[Path, str, str]]:
    """What keeps a translation from being complete: place, rule and sentence."""
    wanted, seen = texts_of(plan), set()
    for number, pair in enumerate(translation.texts):
        path: Path = ("texts", number)
        if pair.en not in wanted:
            yield path, "stale-text", f'The plan has no text "{pair.en}" any more.'
        elif pair.en in seen:
            yield path, "text-twice", f'"{pair.en}" is translated twice.'
        elif len(pair.es) > wanted[pair.en].max_chars:
            most = wanted[pair.en].max_chars
            yield path, "long-text", f'"{pair.es}" is longer than {most} characters ({wanted[pair.en].what}).'
        seen.add(pair.en)
    for text in wanted.keys() - seen:
        yield ("texts",), "missing-text", f'"{text}" has no translation.'


def words_id(plan: str, language: str) -> str:
    """Row id of a plan's words in a language."""
    return f"words:{plan}:{language}"


def words_row(translation: Translation, plan: Plan, reword: Callable[[str], str] = str) -> dict[str, Any]:
    """Body of the row: the texts which the plan has now, so that phones hold nothing that they cannot show.

    `reword` puts the site's vocabulary into an English text, as was done with the plan's own.
    """
    now = texts_of(plan)
    pairs = ((reword(pair.en), pair.es) for pair in translation.texts)
    texts = {en: es for en, es in pairs if en in now and en != es}
    return {"plan": plan.id, "language": translation.language, "texts": texts}


def _head_texts(plan: Plan) -> dict[str, Text]:
    return {
        "title": Text(plan.title, "title", 160),
        "summary": Text(plan.summary, "summary", 300),
        "do_now": Text(plan.do_now, "do_now", 160),
        **{f"works/{number}": Text(line, "works", 160) for number, line in enumerate(plan.works)},
        **{f"attachments/{one.code}": Text(one.title, "attachment", 160) for one in plan.attachments},
    }


def _card_texts(card: Card) -> dict[str, Text]:
    found = {"title": Text(card.title, "title", 160), "mission": Text(card.mission, "mission", 160)}
    for step in card.steps_in_order:
        found |= {f"{step.code}/{where}": text for where, text in _step_texts(step).items()}
    return found


def _step_texts(step: Step) -> dict[str, Text]:
    found = {"do": Text(step.do, "step", 160)}
    if step.hint:
        found["hint"] = Text(step.hint, "hint", 240)
    found |= {f"local/{unit}": Text(line, "local line", 160) for unit, line in step.local.items()}
    for field in step.capture:
        found[f"capture/{field.key}"] = Text(field.label, "field", 60)
        choices = enumerate(field.choices or ())
        found |= {f"capture/{field.key}/{number}": Text(choice, "choice", 160) for number, choice in choices}
    return found
