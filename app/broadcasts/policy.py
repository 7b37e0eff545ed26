"""What a site decides about its broadcasts: approval, promises, acknowledgement, escalation. Values only. Pure."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from app.broadcasts import quorum
from app.plans.format import Written

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Minutes = Annotated[int, Field(ge=1, le=1440)]

ACCOUNTABLE_ROLES = (
    "charge-nurse",
    "it-lead",
    "incident-commander",
    "pharmacist",
    "laboratory",
    "imaging",
    "registration",
)


OFF = "off"


def _or_off(value: Any) -> Any:
    return None if value == OFF else value


class WayToQuorum(Written):
    """So many people who hold one of the roles; without roles anybody of the unit counts."""

    roles: tuple[Code, ...] | None = None
    count: int = Field(ge=1, le=20)


Ways = Annotated[tuple[WayToQuorum, ...], Field(min_length=1, max_length=10)]


class QuorumRules(Written):
    """The ways for everybody, for units of a type, and for single units; the nearest rule counts."""

    default: Ways = (WayToQuorum(roles=ACCOUNTABLE_ROLES, count=1), WayToQuorum(count=2))
    unit_types: dict[Code, Ways] = Field(default_factory=dict, max_length=100)
    units: dict[Code, Ways] = Field(default_factory=dict, max_length=500)

    def ways_for(self, unit: str, unit_type: str) -> tuple[quorum.Way, ...]:
        """The ways of one unit."""
        found = self.units.get(unit) or self.unit_types.get(unit_type) or self.default
        return tuple(quorum.Way(way.roles, way.count) for way in found)


class EscalationStep(Written):
    """What is tried when a unit has still not acknowledged so many minutes after the update was sent."""

    after_min: Minutes
    path: Literal["push", "phone", "runner"]
    who: Literal["charge", "unit", "leaders"]


DEFAULT_STEPS = (
    EscalationStep(after_min=5, path="push", who="charge"),
    EscalationStep(after_min=8, path="push", who="charge"),
    EscalationStep(after_min=10, path="phone", who="unit"),
    EscalationStep(after_min=15, path="runner", who="unit"),
)


class Policy(Written):
    """All of it. `remind_min`: so long before a promised update its lead is reminded; `nag_min`: how often after it.

    `ack_remind_min`: when people who have not answered are asked again; `ack_lasts_min`: when an acknowledgement has to
    be given again. None switches both off.
    """

    approval: bool = False
    remind_min: Minutes = 5
    nag_min: Minutes = 5
    ack_remind_min: Annotated[Minutes | None, BeforeValidator(_or_off)] = 10
    ack_lasts_min: Annotated[Annotated[int, Field(ge=30, le=10_080)] | None, BeforeValidator(_or_off)] = None
    quorum: QuorumRules = QuorumRules()
    escalation: Annotated[tuple[EscalationStep, ...], Field(max_length=10)] = DEFAULT_STEPS
