"""Advice about a file of workarounds that can be read: what a tired person cannot use as it is written."""

from __future__ import annotations

from collections.abc import Iterator

from app.plans.catalogue import Vocabulary
from app.plans.lint import Finding
from app.plans.lint_words import asks_for_patient_data
from app.plans.reading import MAX_GRADE, grade
from app.plans.workarounds.format import Workaround, WorkaroundPack, texts_of
from app.plans.yaml_text import Document, Path

Said = tuple[Path, str, str]


def lint_workarounds(pack: WorkaroundPack, document: Document, vocabulary: Vocabulary, *, source: str) -> list[Finding]:
    """Everything there is to say about one file, in order of lines. One that has begun with Spanish has all of it."""
    in_spanish = any(said.es for _path, said in texts_of(pack))
    said = [*_unknown(pack, vocabulary), *_lines(pack, in_spanish), *_hard_words(pack), *_covered_twice(pack)]
    found = [Finding(source, document.line(path), rule, sentence) for path, rule, sentence in said]
    return sorted(found, key=lambda finding: (finding.line, finding.sentence))


def _unknown(pack: WorkaroundPack, vocabulary: Vocabulary) -> Iterator[Said]:
    if pack.service not in vocabulary.services:
        yield ("service",), "unknown-service", f'There is no service "{pack.service}".'
    for number, one in enumerate(pack.workarounds):
        for code in sorted(set(one.roles) - vocabulary.roles):
            yield ("workarounds", number, "roles"), "unknown-role", f'{one.code}: there is no role "{code}".'
        for code in sorted(set(one.unit_types) - vocabulary.unit_types):
            yield (
                ("workarounds", number, "unit_types"),
                "unknown-unit-type",
                f'{one.code}: there is no unit type "{code}".',
            )


def _lines(pack: WorkaroundPack, in_spanish: bool) -> Iterator[Said]:
    for path, said in texts_of(pack):
        for language, words in (("en", said.en), ("es", said.es)):
            if words and asks_for_patient_data(words, language):
                yield path, "patient-data", f'"{words}" asks for patient data. Counts, times and roles only.'
        if in_spanish and not said.es:
            yield path, "no-translation", f'"{said.en}" has no Spanish.'


def _hard_words(pack: WorkaroundPack) -> Iterator[Said]:
    for number, one in enumerate(pack.workarounds):
        hardness = grade([said.en for said in one.lines])
        if hardness > MAX_GRADE:
            sentence = f"{one.code} reads like school grade {hardness:.1f}. Use shorter words and sentences."
            yield ("workarounds", number), "hard-words", f"{sentence} At most {MAX_GRADE:.0f}."


def _covered_twice(pack: WorkaroundPack) -> Iterator[Said]:
    """Two entries for the same place and role: only the first would ever be read."""
    seen: dict[tuple[str, str], str] = {}
    for number, one in enumerate(pack.workarounds):
        for key in _cells(one):
            if key in seen:
                sentence = f"{one.code} and {seen[key]} are for the same units and roles. Only the first would be read."
                yield ("workarounds", number), "covered-twice", sentence
                break
            seen[key] = one.code


def _cells(one: Workaround) -> Iterator[tuple[str, str]]:
    places = (*one.units, *one.unit_types) or ("",)
    return ((place, role) for place in places for role in one.roles or ("",))
