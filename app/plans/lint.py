"""Advice about a readable plan: what a tired person cannot do with a step as it is written."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from app.plans.catalogue import Vocabulary
from app.plans.format import Card, Plan, Step
from app.plans.lint_words import asks_for_patient_data, two_actions
from app.plans.reading import MAX_GRADE, grade
from app.plans.translation import Translation, texts_of, translation_findings
from app.plans.yaml_text import Document, Path

MAX_WORDS = 24
MAX_STEPS_A_PHASE = 15


class Finding(NamedTuple):
    """One piece of advice, or one fault, about a library file."""

    file: str
    line: int
    rule: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence} [{self.rule}]"


class _Place(NamedTuple):
    card: Card
    step: Step


StepRule = Callable[[_Place], str | None]


def lint_plan(plan: Plan, document: Document, vocabulary: Vocabulary, *, source: str) -> list[Finding]:
    """Everything the lint rules have to say about one plan, in order of lines."""
    found = [Finding(source, document.line(path), rule, sentence) for path, rule, sentence in advice(plan, vocabulary)]
    return sorted(found, key=lambda finding: finding.line)


def advice(plan: Plan, vocabulary: Vocabulary) -> Iterator[tuple[Path, str, str]]:
    """The same with the place in the plan instead of the line: place, rule, sentence."""
    yield from _plan_findings(plan, vocabulary)
    yield from _step_findings(plan, vocabulary)


def lint_translation(translation: Translation, document: Document, plan: Plan, *, source: str) -> list[Finding]:
    """Everything there is to say about a translation: what is missing or stale, and steps that are hard to do."""
    said = translation_advice(translation, plan)
    found = [Finding(source, document.line(path), rule, sentence) for path, rule, sentence in said]
    return sorted(found, key=lambda finding: (finding.line, finding.sentence))


def translation_advice(translation: Translation, plan: Plan) -> list[tuple[Path, str, str]]:
    """The same with the place in the file instead of the line: place, rule, sentence."""
    texts = texts_of(plan)
    said = list(translation_findings(translation, plan))
    for number, pair in enumerate(translation.texts):
        what = texts[pair.en].what if pair.en in texts else ""
        path: Path = ("texts", number)
        joined = two_actions(pair.es, "es") if what == "step" else None
        if joined:
            said.append((path, "two-actions", f'two actions in one step ("{joined}").'))
        if what in ("field", "choice") and asks_for_patient_data(pair.es, "es"):
            said.append((path, "patient-data", f'"{pair.es}" asks for patient data. Record counts and times only.'))
    return said


def _plan_findings(plan: Plan, vocabulary: Vocabulary) -> Iterator[tuple[Path, str, str]]:
    for code in sorted(set(plan.unit_types) - vocabulary.unit_types):
        yield ("unit_types",), "unknown-unit-type", f'There is no unit type "{code}".'
    for number, card in enumerate(plan.cards):
        if card.role not in vocabulary.roles:
            yield ("cards", number, "role"), "unknown-role", f'There is no role "{card.role}".'
        for phase, steps in Counter(step.in_phase for step in card.steps).items():
            if steps > MAX_STEPS_A_PHASE:
                sentence = f"{card.role} has {steps} steps in {phase}. More than {MAX_STEPS_A_PHASE} are not done."
                yield ("cards", number), "long-card", sentence
        hardness = grade([text for step in card.steps for text in (step.do, step.hint) if text])
        if hardness > MAX_GRADE:
            sentence = f"{card.role} reads like school grade {hardness:.1f}. Use shorter words and sentences."
            yield ("cards", number), "hard-words", f"{sentence} At most {MAX_GRADE:.0f}."


def _step_findings(plan: Plan, vocabulary: Vocabulary) -> Iterator[tuple[Path, str, str]]:
    for card_number, card in enumerate(plan.cards):
        for step_number, step in enumerate(card.steps):
            path: Path = ("cards", card_number, "steps", step_number)
            named = {*(step.confirm_roles or ()), *([step.hand_off] if step.hand_off else [])}
            for code in sorted(named - vocabulary.roles):
                yield path, "unknown-role", f'{step.code}: there is no role "{code}".'
            for rule, check in STEP_RULES.items():
                sentence = check(_Place(card, step))
                if sentence:
                    yield path, rule, f"{step.code}: {sentence}"


def _long_step(place: _Place) -> str | None:
    words = len(place.step.do.split())
    if words <= MAX_WORDS:
        return None
    return f"{words} words. A step is read in five seconds: use at most {MAX_WORDS}."


def _two_actions(place: _Place) -> str | None:
    joined = two_actions(place.step.do)
    if not joined:
        return None
    return f'two actions in one step ("{joined}"). Make two steps, or move one to the hint.'


def _missing_due(place: _Place) -> str | None:
    if place.step.due is not None:
        return None
    return 'no due time. Write one, or "when it happens".'


def _repeat_without_hour(place: _Place) -> str | None:
    if not (place.step.repeat and place.step.comes_when_it_happens):
        return None
    return "a repeated step needs the hour of its first round."


def _patient_data(place: _Place) -> str | None:
    step = place.step
    asked = [text for f in step.capture for text in (f.label, f.key.replace("_", " "), *(f.choices or ()))]
    for text in asked:
        if asks_for_patient_data(text):
            return f'the field "{text}" asks for patient data. Record counts and times only.'
    return None


STEP_RULES: dict[str, StepRule] = {
    "long-step": _long_step,
    "two-actions": _two_actions,
    "missing-due": _missing_due,
    "repeat-without-hour": _repeat_without_hour,
    "patient-data": _patient_data,
}
