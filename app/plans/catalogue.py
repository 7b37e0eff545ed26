"""The vocabulary that plans are written in: roles and types of units, each in one file."""

from typing import Annotated, NamedTuple

from pydantic import Field

from app.plans.format import Slug, Written
from app.plans.pack import parse_document
from app.plans.yaml_text import read_yaml


class Label(Written):
    """A name in every language the product speaks."""

    en: Annotated[str, Field(min_length=1, max_length=60)]
    es: Annotated[str, Field(min_length=1, max_length=60)]


class Role(Written):
    """A function a person holds; leaders see the whole incident."""

    code: Slug
    title: Label
    short: Annotated[str, Field(min_length=1, max_length=16)]
    leader: bool = False


class UnitType(Written):
    """A kind of ward or department."""

    code: Slug
    title: Label


class _Roles(Written):
    roles: tuple[Role, ...]


class _UnitTypes(Written):
    unit_types: tuple[UnitType, ...]


class Vocabulary(NamedTuple):
    """The codes a plan may use."""

    roles: frozenset[str]
    unit_types: frozenset[str]


def parse_roles(text: str, *, source: str) -> tuple[Role, ...]:
    """Roles of a roles.yaml in their order. Raises PlanErrors."""
    return parse_document(read_yaml(text, source=source), _Roles, source=source).roles


def parse_unit_types(text: str, *, source: str) -> tuple[UnitType, ...]:
    """Unit types of a unit_types.yaml in their order. Raises PlanErrors."""
    return parse_document(read_yaml(text, source=source), _UnitTypes, source=source).unit_types
