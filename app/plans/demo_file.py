"""The demo hospital as a file: site, units, people, contacts and who succeeds whom. Only parsing."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.plans.format import Line, Slug, Written
from app.plans.pack import parse_document
from app.plans.yaml_text import read_yaml

Phone = Annotated[str, Field(pattern=r"^[0-9+][0-9 ]{1,18}$")]


class DemoSite(Written):
    """The hospital."""

    id: Slug
    name: Line
    tz: Line


class DemoUnit(Written):
    """A ward or department; the order in the file is the order on screens."""

    id: Slug
    name: Line
    short: Annotated[str, Field(min_length=1, max_length=12)]
    type: Slug
    floor: Annotated[str, Field(min_length=1, max_length=20)]
    phone: Phone


class DemoMembership(Written):
    """A role somebody holds in a unit."""

    unit: Slug
    role: Slug


class DemoPerson(Written):
    """Somebody with an account."""

    username: Slug
    name: Line
    memberships: tuple[DemoMembership, ...] = ()


class DemoContact(Written):
    """Whom to call, and for what."""

    id: Slug
    name: Line
    what: Line
    phone: Phone


class DemoHospital(Written):
    """Everything the demo starts with."""

    site: DemoSite
    units: tuple[DemoUnit, ...]
    people: tuple[DemoPerson, ...]
    contacts: tuple[DemoContact, ...]
    successors: dict[Slug, tuple[Slug, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_are_unique_and_known(self) -> Self:
        _refuse_twice("unit", (unit.id for unit in self.units))
        _refuse_twice("username", (person.username for person in self.people))
        _refuse_twice("contact", (contact.id for contact in self.contacts))
        units = {unit.id for unit in self.units}
        unknown = {m.unit for person in self.people for m in person.memberships} - units
        if unknown:
            raise ValueError(f"People belong to units that are not there: {', '.join(sorted(unknown))}.")
        return self


def parse_demo(text: str, *, source: str = "demo") -> DemoHospital:
    """The demo hospital of a YAML text. Raises PlanErrors with file and line."""
    return parse_document(read_yaml(text, source=source), DemoHospital, source=source)


def _refuse_twice(what: str, values: Iterable[str]) -> None:
    twice = sorted(value for value, count in Counter(values).items() if count > 1)
    if twice:
        raise ValueError(f"There are two entries for {what} {', '.join(twice)}.")
