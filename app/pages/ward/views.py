"""What the ward page shows, as values: no names, no ticks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.pages.public.views import Bulletin, NoticeView
from app.pages.views import CallView


@dataclass(frozen=True, kw_only=True)
class WardStep:
    """One step as the plan has it; `due_min` counts from the declaration where `is_timed`."""

    code: str
    phase: str
    title: str
    hint: str
    due_min: int | None
    is_timed: bool
    repeat_min: int | None
    safety: bool
    two_person: bool


@dataclass(frozen=True, kw_only=True)
class WardCard:
    """A role's steps, by phase in order."""

    role: str
    title: str
    mission: str
    phases: tuple[tuple[str, tuple[WardStep, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class WardPlan:
    """The unit's cards of a plan."""

    id: str
    title: str
    do_now: str
    cards: tuple[WardCard, ...]


@dataclass(frozen=True, kw_only=True)
class WardIncident:
    """An incident that concerns the unit, its newest update to the unit or to all, and the unit's cards.

    `headline` is empty when the newest update was not for everybody: its number is shown, its text is asked for.
    `do_now` and `do_not` are the orders of one that was. `relation` is what it does to update `refers_to`.
    """

    notice: NoticeView
    newest_no: int | None
    newest_at: datetime | None
    headline: str
    plan: WardPlan | None
    do_now: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()
    relation: str | None = None
    refers_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class WardView:
    """The page of a unit at an instant; `elsewhere` are incidents that do not name it."""

    unit: str
    name: str
    place: str
    bulletin: Bulletin
    here: tuple[WardIncident, ...]
    elsewhere: tuple[NoticeView, ...]
    plans: tuple[WardPlan, ...]
    desk: CallView | None

    @property
    def is_real(self) -> bool:
        """Whether something that concerns the unit is really down."""
        return any(not one.notice.view.is_exercise for one in self.here)

    @property
    def is_exercise_only(self) -> bool:
        """Whether all that concerns the unit is practice."""
        return bool(self.here) and not self.is_real
