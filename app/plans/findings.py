"""All there is to say about a plan's text, each with its place in the plan: what an editor shows. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import ValidationError

from app.plans.catalogue import Vocabulary
from app.plans.errors import PlanErrors, Problem
from app.plans.format import Plan
from app.plans.links import link_faults
from app.plans.lint import advice
from app.plans.sentences import complaints
from app.plans.yaml_text import Document, Path, read_yaml

FAULT = "fault"


class Found(NamedTuple):
    """A fault, which keeps the plan out, or advice. `path` is the place in the file's values, empty for the whole."""

    path: Path
    line: int
    rule: str
    sentence: str

    @property
    def is_fault(self) -> bool:
        """Whether a plan with it cannot be used."""
        return self.rule == FAULT

    def problem(self, source: str) -> Problem:
        """As a fault of a file."""
        return Problem(source, self.line, self.sentence)

    def body(self) -> dict[str, Any]:
        """As it goes over the wire."""
        return {"path": list(self.path), "line": self.line, "rule": self.rule, "msg": self.sentence}


class Judged(NamedTuple):
    """The plan of a text, if it is one, and what there is to say."""

    plan: Plan | None
    found: tuple[Found, ...]


def judged(text: str, vocabulary: Vocabulary, *, source: str) -> Judged:
    """Read a text and say everything about it; never raises for what somebody wrote."""
    try:
        document = read_yaml(text, source=source)
    except PlanErrors as errors:
        return Judged(None, tuple(Found((), one.line, FAULT, one.sentence) for one in errors.problems))
    return judged_document(document, vocabulary)


def judged_document(document: Document, vocabulary: Vocabulary) -> Judged:
    """The same for what has been read already."""
    try:
        plan = Plan.model_validate(document.value)
    except ValidationError as error:
        return Judged(None, _at(document, [(path, FAULT, said) for path, said in complaints(error)]))
    faults = [(path, FAULT, said) for path, said in link_faults(plan)]
    found = _at(document, [*faults, *advice(plan, vocabulary)])
    return Judged(None if faults else plan, found)


def _at(document: Document, said: list[tuple[Path, str, str]]) -> tuple[Found, ...]:
    found = {Found(path, document.line(path), rule, sentence) for path, rule, sentence in said}
    return tuple(sorted(found, key=lambda one: (one.line, one.rule != FAULT, one.sentence)))
