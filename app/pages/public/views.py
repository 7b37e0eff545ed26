"""The public status as values: pages, feeds and files are written from them and ask nothing of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.pages.views import CallView, EstimateView, IncidentView, SiteView


@dataclass(frozen=True, kw_only=True)
class ServiceView:
    """A service and how it stands: operational, degraded, maintenance or down; `since` when it came to that."""

    code: str
    title: str
    plain: str
    state: str
    since: datetime | None
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class UpdateView:
    """A numbered update that was meant for everybody; `state` is current, superseded or cancelled.

    `relation` is what it does to number `refers_to` (corrects or cancels; None: it only follows), `replaced_how` what
    `replaced_by` did to it: supersedes, corrects, cancels.
    """

    id: str
    no: int
    at: datetime
    headline: str
    works: tuple[str, ...]
    state: str
    replaced_by: int | None
    replaced_how: str | None = None
    relation: str | None = None
    refers_to: int | None = None
    what_down: tuple[str, ...] = ()
    estimate: EstimateView | None = None

    @property
    def is_update(self) -> bool:
        """An update, and not a step of the incident."""
        return True


@dataclass(frozen=True)
class StepView:
    """A step of the incident itself (planned, declared, restored, all_clear, closed, cancelled) and its instant."""

    id: str
    state: str
    at: datetime

    @property
    def is_update(self) -> bool:
        """A step of the incident, and not an update."""
        return False


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """An incident for everybody: `view` is what the band shows; updates and steps stand newest first.

    `newest_no` is the number of the newest update to anybody, so that people can compare it with what they hold.
    """

    id: str
    view: IncidentView
    services: tuple[str, ...]
    is_planned: bool
    has_begun: bool
    planned_until: datetime | None
    declared_at: datetime
    cleared_at: datetime | None
    ended_at: datetime | None
    updates: tuple[UpdateView, ...]
    steps: tuple[StepView, ...]
    newest_no: int | None
    plan: str
    units: tuple[str, ...]

    @property
    def told(self) -> tuple[UpdateView | StepView, ...]:
        """Updates and steps together, newest first; of the same instant the update stands above the step."""
        both: list[UpdateView | StepView] = [*self.updates, *self.steps]
        return tuple(sorted(both, key=lambda one: (one.at, isinstance(one, UpdateView)), reverse=True))

    @property
    def changed_at(self) -> datetime:
        """The instant of the newest thing that everybody may know of it."""
        return max([self.declared_at, *(one.at for one in self.told)])

    @property
    def anchor(self) -> str:
        """The place of this incident on the page."""
        return f"incident-{self.view.no}"


@dataclass(frozen=True, kw_only=True)
class SpanView:
    """What an incident was on one day: down from `began_at` until `ended_at` (None: it still is)."""

    notice: str
    label: str
    title: str
    is_exercise: bool
    is_planned: bool
    is_cancelled: bool
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DayView:
    """One day of the hospital's calendar. `is_known` is false before this server kept a record."""

    day: date
    noon: datetime
    spans: tuple[SpanView, ...]
    is_known: bool

    @property
    def is_clear(self) -> bool:
        """Whether nothing was really down; exercises and false alarms do not count."""
        return self.is_known and all(span.is_exercise or span.is_cancelled for span in self.spans)


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """The public status at an instant. Real incidents stand before exercises; `ended` are those of the last 48 hours.

    `past` are the ended real ones that the machine-readable list goes on naming; `planned` announced downtimes.
    """

    site: SiteView
    now: datetime
    changed_at: datetime
    known_since: datetime
    services: tuple[ServiceView, ...]
    running: tuple[NoticeView, ...]
    ended: tuple[NoticeView, ...]
    past: tuple[NoticeView, ...]
    planned: tuple[NoticeView, ...]
    days: tuple[DayView, ...]
    calls: tuple[CallView, ...]

    @property
    def incidents(self) -> tuple[IncidentView, ...]:
        """What the bands show."""
        return tuple(notice.view for notice in self.running)

    @property
    def known_days(self) -> tuple[DayView, ...]:
        """The days there is a record of."""
        return tuple(day for day in self.days if day.is_known)

    @property
    def troubled(self) -> tuple[ServiceView, ...]:
        """The services that are not simply operational."""
        return tuple(service for service in self.services if service.state != "operational")

    @property
    def sound(self) -> tuple[ServiceView, ...]:
        """The services of which nothing is declared."""
        return tuple(service for service in self.services if service.state == "operational")

    @property
    def is_real(self) -> bool:
        """Whether something is really down."""
        return any(not notice.view.is_exercise for notice in self.running)

    @property
    def is_exercise_only(self) -> bool:
        """Whether all that runs is practice."""
        return bool(self.running) and not self.is_real
