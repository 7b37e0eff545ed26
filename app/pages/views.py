"""What the pages show, as values: templates ask nothing of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SiteView:
    """The hospital whose pages these are."""

    id: str
    name: str
    tz: str
    demo: bool


@dataclass(frozen=True)
class CallView:
    """A number to call."""

    name: str
    what: str
    phone: str


@dataclass(frozen=True)
class DoorView:
    """A unit's door: where it is, the address of its code, and who brought the update there, if anybody."""

    unit: str
    name: str
    floor: str
    phone: str
    address: str
    reached_by: str = ""
    reached_at: datetime | None = None


@dataclass(frozen=True)
class DoorsView:
    """The codes of all doors."""

    site: SiteView
    doors: tuple[DoorView, ...]


@dataclass(frozen=True, kw_only=True)
class SignedStatusView:
    """The status that the server has signed: lines of codes for a phone's camera, and from when until when it holds."""

    codes: tuple[str, ...]
    at: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class RouteView:
    """A runner's route on paper."""

    site: SiteView
    no: int
    is_exercise: bool
    headline: str
    orders: tuple[str, ...]
    sent_by: str
    sent_at: datetime
    doors: tuple[DoorView, ...]
    address: str
    status: SignedStatusView


@dataclass(frozen=True)
class DownView:
    """A service that is down: its name, and what staff call it."""

    title: str
    plain: str


@dataclass(frozen=True)
class PromiseView:
    """The next update: `minutes` until it, or since it when it was missed."""

    at: datetime
    minutes: int
    is_missed: bool


@dataclass(frozen=True)
class EstimateView:
    """When it is thought to be back: an instant or none, how sure that is (unknown, low, likely, confirmed), words."""

    at: datetime | None
    confidence: str
    text: str


@dataclass(frozen=True, kw_only=True)
class IncidentView:
    """A running incident as everybody may see it."""

    no: int
    title: str
    is_exercise: bool
    state: str
    level: int
    since: datetime
    restored_at: datetime | None
    down: tuple[DownView, ...]
    do_now: str
    works: tuple[str, ...]
    promise: PromiseView | None
    estimate: EstimateView | None = None

    @property
    def label(self) -> str:
        """#6, or E6 in an exercise."""
        return f"E{self.no}" if self.is_exercise else f"#{self.no}"


@dataclass(frozen=True, kw_only=True)
class FieldView:
    """A value to write on paper; `value` when it was captured on a phone."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class StepView:
    """One line of the paper card. `signs`: (when, who) of those that count, in order."""

    code: str
    phase: str
    title: str
    hint: str
    due_at: datetime | None
    repeat_min: int | None
    safety: bool
    two_person: bool
    state: str
    reason: str
    signs: tuple[tuple[datetime, str], ...]
    fields: tuple[FieldView, ...]


@dataclass(frozen=True)
class PhaseView:
    """The steps of one phase on one sheet; `again` when it goes on from the sheet before."""

    phase: str
    ends_at: datetime | None
    steps: tuple[StepView, ...]
    again: bool


@dataclass(frozen=True, kw_only=True)
class PaperCardView:
    """The card of a role on a unit, cut into sheets."""

    site: SiteView
    unit: str
    role: str
    incident: IncidentView
    plan_title: str
    plan_version: str
    declared_at: datetime
    number: str
    address: str
    printed_at: datetime
    printed_by: str
    sheets: tuple[tuple[PhaseView, ...], ...]


@dataclass(frozen=True, kw_only=True)
class PosterView:
    """What hangs on the wall: the address of the public page, and whom to call."""

    site: SiteView
    unit: str
    address: str
    call: CallView | None

    @property
    def short_address(self) -> str:
        """The address as a person types it."""
        return self.address.removeprefix("https://").removeprefix("http://").rstrip("/")


@dataclass(frozen=True)
class EventView:
    """A line of the timeline. `heard_at` is set when the server learnt of it noticeably later."""

    id: str
    at: datetime
    heard_at: datetime | None
    unit: str
    text: str


@dataclass(frozen=True, kw_only=True)
class TimelineView:
    """The events of an incident, newest first; `older_than` is where the next page starts, if there is one."""

    site: SiteView
    incident_id: str
    incident: IncidentView
    now: datetime
    events: tuple[EventView, ...]
    older_than: str | None
