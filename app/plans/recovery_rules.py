"""The site's rules for coming back, as a file: checks of the units, kinds of paper, size of the audit. Only parsing."""

from typing import Annotated, Any

from pydantic import Field

from app.plans.format import Slug, Written
from app.plans.notices import Words
from app.plans.pack import parse_document
from app.plans.yaml_text import read_yaml


class Named(Written):
    """A code with its name in every language."""

    key: Slug
    title: Words


class Sample(Written):
    """How much of what was on paper is compared with the system, in entries of a unit."""

    percent: Annotated[int, Field(ge=1, le=100)]
    at_least: Annotated[int, Field(ge=0, le=1000)]
    at_most: Annotated[int, Field(ge=1, le=1000)]


class RecoveryRules(Written):
    """Everything the file says."""

    checks: Annotated[tuple[Named, ...], Field(min_length=1, max_length=6)]
    kinds: Annotated[tuple[Named, ...], Field(min_length=1, max_length=12)]
    sample: Sample

    def to_row(self) -> dict[str, Any]:
        """The `recovery` row."""
        return self.model_dump(mode="json")


def parse_recovery(text: str, *, source: str) -> RecoveryRules:
    """The rules of a recovery.yaml. Raises PlanErrors."""
    return parse_document(read_yaml(text, source=source), RecoveryRules, source=source)
