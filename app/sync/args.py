"""The arguments of every op kind, validated at the door (docs/protocol.md section 4). Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator

from app.base.instants import from_wire
from app.sync.envelope import Uuid

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]


def _without_nul(text: Any) -> Any:
    # nobody types it and one of our databases can't hold it; the rest of what was said is kept
    return text.replace("\0", "") if isinstance(text, str) else text


WithoutNul = BeforeValidator(_without_nul)
Line = Annotated[str, StringConstraints(max_length=400, strip_whitespace=True), WithoutNul]
Said = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True), WithoutNul]
Title = Annotated[str, StringConstraints(max_length=140, strip_whitespace=True), WithoutNul]
Headline = Annotated[str, StringConstraints(min_length=1, max_length=140, strip_whitespace=True), WithoutNul]
Lines = Annotated[list[Line], Field(max_length=20)]


def instant_of(value: Any, sentence: str) -> Any:
    """An instant of the wire; ValueError with the sentence when it is none. Anything else is left to the model."""
    if not isinstance(value, str):
        return value
    try:
        return from_wire(value)
    except ValueError:
        raise ValueError(sentence) from None


class Args(BaseModel):
    """Strict types; fields that this version does not know are left alone, as newer phones may send more."""

    model_config = ConfigDict(strict=True, extra="ignore")


class CompleteArgs(Args):
    """task.complete"""

    task: Uuid
    captured: dict[str, Any] = Field(default_factory=dict, max_length=20)
    note: Line = ""


class TaskArgs(Args):
    """task.confirm"""

    task: Uuid


class ReasonArgs(Args):
    """task.skip, task.reopen"""

    task: Uuid
    reason: Said


class BlockArgs(Args):
    """task.block"""

    task: Uuid
    note: Line = ""


class FlagArgs(Args):
    """step.flag"""

    task: Uuid
    text: Said


class PlanReadArgs(Args):
    """plan.read"""

    plan: Slug
    version: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class ReceiveArgs(Args):
    """broadcast.receive"""

    broadcast: Uuid
    read: bool = False
    path: Literal["socket", "poll", "push", "carried"] | None = None


class BroadcastArgs(Args):
    """broadcast.ack"""

    broadcast: Uuid


class ArrivedArgs(Args):
    """push.arrived"""

    news: Uuid


class NoteArgs(Args):
    """note.add"""

    incident: Uuid
    unit: Slug | None = None
    text: Said


class HelpAskArgs(Args):
    """help.ask"""

    incident: Uuid
    unit: Slug | None = None
    text: Said
    what: Literal["help", "question"] = "help"


class HelpTakeArgs(Args):
    """help.take"""

    help: Uuid


class HelpHandArgs(Args):
    """help.hand"""

    help: Uuid
    to: Uuid


class HelpCloseArgs(Args):
    """help.close"""

    help: Uuid
    answer: Said


class DutyArgs(Args):
    """duty.claim, duty.release"""

    unit: Slug
    role: Slug


class OfferArgs(Args):
    """handover.offer"""

    unit: Slug
    role: Slug
    to: Uuid | None = None
    note: Line = ""
    task: Uuid | None = None


class HandoverArgs(Args):
    """handover.accept, handover.withdraw"""

    handover: Uuid


class RefuseArgs(Args):
    """handover.refuse"""

    handover: Uuid
    reason: Line = ""


class DeclareArgs(Args):
    """incident.declare"""

    incident: Uuid
    plan: Slug
    title: Title = ""
    kind: Literal["real", "exercise"] = "real"
    level: int = Field(default=2, ge=1, le=4)
    services: Annotated[list[Slug], Field(max_length=100)] | None = None
    units: Annotated[list[Slug], Field(max_length=500)] | None = None
    planned_start_at: datetime | None = None
    planned_end_at: datetime | None = None

    @field_validator("planned_start_at", "planned_end_at", mode="before")
    @classmethod
    def _instant(cls, value: Any) -> Any:
        return instant_of(value, PLANNED_TIME)


PLANNED_TIME = "A planned downtime needs a time such as 2026-11-28T02:00:00.000Z."


class CheckArgs(Args):
    """unit.check"""

    incident: Uuid
    unit: Slug
    check: Slug
    works: bool
    note: Line = ""


Count = Annotated[int, Field(ge=0, le=100_000)]


class BacklogArgs(Args):
    """backlog.report"""

    incident: Uuid
    unit: Slug
    counts: Annotated[dict[Slug, Count], Field(max_length=20)]
    sampled: Count = 0
    wrong: Count = 0


class SignArgs(Args):
    """allclear.sign"""

    incident: Uuid
    note: Line = ""


class PostponeArgs(Args):
    """incident.postpone"""

    incident: Uuid
    planned_start_at: datetime
    planned_end_at: datetime
    reason: Said

    @field_validator("planned_start_at", "planned_end_at", mode="before")
    @classmethod
    def _instant(cls, value: Any) -> Any:
        return instant_of(value, PLANNED_TIME)


class AmendArgs(Args):
    """incident.amend"""

    incident: Uuid
    reason: Said


class GoArgs(Args):
    """incident.go"""

    incident: Uuid
    go: bool
    reason: Line = ""


class ServiceArgs(Args):
    """incident.service"""

    incident: Uuid
    service: Slug
    to: Literal["down", "back", "not_down"]


class CallArgs(Args):
    """position.call"""

    position: Slug | None = None
    incident: Uuid | None = None


class ObjectiveArgs(Args):
    """objective.add"""

    incident: Uuid
    text: Annotated[str, StringConstraints(min_length=1, max_length=160, strip_whitespace=True), WithoutNul]
    owner: Slug


class ObjectiveChangeArgs(Args):
    """objective.change"""

    objective: Uuid
    to: Literal["open", "met", "dropped"]
    note: Line = ""


class PeriodArgs(Args):
    """period.begin"""

    incident: Uuid
    no: Annotated[int, Field(ge=1, le=999)]
    ends_at: datetime | None = None
    note: Line = ""

    @field_validator("ends_at", mode="before")
    @classmethod
    def _instant(cls, value: Any) -> Any:
        return instant_of(value, "The end needs a time such as 2026-11-21T19:00:00.000Z.")


class NoticeArgs(Args):
    """incident.notice"""

    incident: Uuid
    key: Annotated[str, StringConstraints(max_length=12)]


Day = Annotated[str, StringConstraints(pattern=r"^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class StartArgs(Args):
    """run.start"""

    unit: Slug
    plan: Slug
    incident: Uuid | None = None
    started: datetime | None = None
    day: Day
    shift: Literal["day", "night"]
    again: Annotated[int, Field(ge=2, le=99)] | None = None
    version: Annotated[str, StringConstraints(max_length=64)] | None = None

    @field_validator("started", mode="before")
    @classmethod
    def _instant(cls, value: Any) -> Any:
        return instant_of(value, "The start needs a time such as 2026-11-21T02:11:00.000Z.")


class MergeArgs(Args):
    """run.merge"""

    run: Uuid
    into: Uuid


class EndArgs(Args):
    """run.end"""

    run: Uuid
    note: Line = ""


class AdvanceArgs(Args):
    """incident.advance"""

    incident: Uuid
    to: Literal["declared", "restored", "all_clear", "closed", "cancelled"]
    note: Line = ""
    override: Line = ""
