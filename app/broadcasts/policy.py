"""What a site decides about its broadcasts: approval, promises, acknowledgement, escalation. Values only. Pure."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.broadcasts import quorum

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


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WayToQuorum(_Kept):
    """So many people who hold one of the roles; without roles anybody of the unit counts."""

    roles: tuple[Code, ...] | None = None
    count: int = Field(ge=1, le=20)


Ways = Annotated[tuple[WayToQuorum, ...], Field(min_length=1, max_length=10)]


class QuorumRules(_Kept):
    """The ways for everybody, for units of a type, and for single units; the nearest rule counts."""

    default: Ways = (WayToQuorum(roles=ACCOUNTABLE_ROLES, count=1), WayToQuorum(count=2))
    unit_types: dict[Code, Ways] = Field(default_factory=dict, max_length=100)
    units: dict[Code, Ways] = Field(default_factory=dict, max_length=500)

    def ways_for(self, unit: str, unit_type: str) -> tuple[quorum.Way, ...]:
        """The ways of one unit."""
        found = self.units.get(unit) or self.unit_types.get(unit_type) or self.default
        return tuple(quorum.Way(way.roles, way.count) for way in found)


class EscalationStep(_Kept):
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


class Policy(_Kept):
    """All of it. `remind_min`: so long before a promised update its lead is reminded; `nag_min`: how often after it.

    `ack_remind_min`: when people who have not answered are asked again; `ack_lasts_min`: when an acknowledgement has to
    be given again. None switches both off.
    """

    approval: bool = False
    remind_min: Minutes = 5
    nag_min: Minutes = 5
    ack_remind_min: Minutes | None = 10
    ack_lasts_min: Annotated[int, Field(ge=30, le=10_080)] | None = None
    quorum: QuorumRules = QuorumRules()
    escalation: Annotated[tuple[EscalationStep, ...], Field(max_length=10)] = DEFAULT_STEPS
