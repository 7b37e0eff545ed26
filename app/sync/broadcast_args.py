"""The arguments of the ops about broadcasts, validated at the door (docs/protocol.md sections 4 and 11). Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator

from app.base.instants import to_wire
from app.broadcasts.audience import Audience
from app.broadcasts.message import Message
from app.sync.args import Args, Headline, Line, Lines, Said, Slug, WithoutNul, instant_of
from app.sync.envelope import Uuid

Codes = Annotated[list[Slug], Field(max_length=100)]
Number = Annotated[int, Field(ge=0, le=100_000)]
Name = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True), WithoutNul]


class AudienceArgs(Args):
    """Whom a broadcast is for; null means all of the incident."""

    units: Annotated[list[Slug], Field(max_length=500)] | None = None
    roles: Codes | None = None
    on_duty: bool = False
    services: Codes | None = None
    people: Annotated[list[Uuid], Field(max_length=200)] | None = None

    def as_audience(self) -> Audience:
        """As a value."""
        lists = {
            n: None if (v := getattr(self, n)) is None else tuple(v) for n in ("units", "roles", "services", "people")
        }
        return Audience(**lists, on_duty=self.on_duty)


class EstimateArgs(Args):
    """When it is thought to be back, and how sure that is."""

    at: datetime | None = None
    confidence: Literal["unknown", "low", "likely", "confirmed"] = "unknown"
    text: Line = ""

    @field_validator("at", mode="before")
    @classmethod
    def _instant(cls, value: Any) -> Any:
        return instant_of(value, "The estimate needs a time such as 2026-11-21T21:30:00.000Z.")


class SendArgs(Args):
    """broadcast.send"""

    broadcast: Uuid
    incident: Uuid
    headline: Headline
    do_now: Line | Lines = ""
    works: Line | Lines = ""
    stage: (
        Literal["investigating", "confirmed", "workaround", "restoring", "restored", "all_clear", "closed"] | None
    ) = None
    what_down: Line | Lines = ""
    affected: Line = ""
    do_not: Line | Lines = ""
    estimate: EstimateArgs | None = None
    contact: Line = ""
    next_update_at: datetime | None = None
    nothing_new: bool = False
    audience: AudienceArgs | None = None
    ack: Literal["none", "person", "unit"] = "unit"
    relation: Literal["supersedes", "corrects", "cancels"] | None = None
    refers_to: Number | None = None
    after: Number | None = None

    @field_validator("next_update_at", mode="before")
    @classmethod
    def _instant(cls, value: Any) -> Any:
        return instant_of(value, "The next update needs a time such as 2026-11-21T21:30:00.000Z.")

    def as_message(self) -> Message:
        """What it says, as a value."""
        estimate = (self.estimate or EstimateArgs()).model_dump()
        estimate["at"] = None if estimate["at"] is None else to_wire(estimate["at"])
        left_out = {"broadcast", "incident", "audience", "after", "estimate"}
        plain = {name: value for name, value in self if name not in left_out}
        return Message(**plain, estimate=estimate)


class RefuseArgs(Args):
    """broadcast.refuse"""

    broadcast: Uuid
    reason: Said


class CarryArgs(Args):
    """broadcast.carry"""

    broadcast: Uuid
    unit: Slug
    path: Literal["runner", "paper"] = "runner"
    taken_by: Name = ""
    route: Uuid | None = None


class RunnerArgs(Args):
    """runner.send"""

    route: Uuid
    broadcast: Uuid
    units: Annotated[list[Slug], Field(max_length=500)] | None = None


class RouteArgs(Args):
    """runner.end"""

    route: Uuid
