"""The vocabulary that plans are written in: roles and types of units, each in one file."""

from typing import Annotated, NamedTuple, Self

from pydantic import Field, model_validator

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


class ServiceText(Written):
    """An IT service; `plain` is what staff call it, `needs` what it cannot work without, `used_by` who uses it.

    Users are units or types of unit; without any all units use it.
    """

    code: Slug
    title: Annotated[str, Field(min_length=1, max_length=160)]
    plain: Annotated[str, Field(min_length=1, max_length=160)]
    needs: tuple[Slug, ...] = ()
    used_by: tuple[Slug, ...] | None = None


class _Services(Written):
    services: tuple[ServiceText, ...]

    @model_validator(mode="after")
    def _codes_are_unique_and_known(self) -> Self:
        codes = [one.code for one in self.services]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"There are two entries for service {', '.join(twice)}.")
        unknown = {code for one in self.services for code in one.needs} - set(codes)
        if unknown:
            raise ValueError(f"Services need others that are not there: {', '.join(sorted(unknown))}.")
        return self


class _Roles(Written):
    roles: tuple[Role, ...]


class _UnitTypes(Written):
    unit_types: tuple[UnitType, ...]


class RequiredRoles(Written):
    """Roles that somebody must hold in every unit of a type while a downtime runs."""

    unit_type: Slug
    roles: Annotated[tuple[Slug, ...], Field(min_length=1)]


class _Required(Written):
    required_roles: tuple[RequiredRoles, ...]


class Vocabulary(NamedTuple):
    """The codes a plan may use."""

    roles: frozenset[str]
    unit_types: frozenset[str]
    services: frozenset[str] = frozenset()


def parse_services(text: str, *, source: str) -> tuple[ServiceText, ...]:
    """Services of a services.yaml in their order. Raises PlanErrors."""
    return parse_document(read_yaml(text, source=source), _Services, source=source).services


def parse_roles(text: str, *, source: str) -> tuple[Role, ...]:
    """Roles of a roles.yaml in their order. Raises PlanErrors."""
    return parse_document(read_yaml(text, source=source), _Roles, source=source).roles


def parse_unit_types(text: str, *, source: str) -> tuple[UnitType, ...]:
    """Unit types of a unit_types.yaml in their order. Raises PlanErrors."""
    return parse_document(read_yaml(text, source=source), _UnitTypes, source=source).unit_types


def parse_required_roles(text: str, *, source: str) -> tuple[tuple[str, str], ...]:
    """(unit type, role) pairs of a required_roles.yaml. Raises PlanErrors."""
    found = parse_document(read_yaml(text, source=source), _Required, source=source).required_roles
    return tuple((entry.unit_type, role) for entry in found for role in entry.roles)
