"""The cards of a unit as its wall shows them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from app.pages.public.notices import is_for_everybody, is_for_place
from app.pages.public.views import NoticeView
from app.pages.ward.views import WardCard, WardIncident, WardPlan, WardStep
from app.plans.format import Card, Plan, Step

TIMED_FROM = ("T0", "TD")


def ward_plan(plan: Plan, unit_type: str) -> WardPlan | None:
    """The plan's cards for units of this type; None when it has none."""
    cards = tuple(_card(card) for card in plan.cards if unit_type in card.unit_types)
    return WardPlan(id=plan.id, title=plan.title, do_now=plan.do_now, cards=cards) if cards else None


def _card(card: Card) -> WardCard:
    steps = [_step(step) for step in card.steps_in_order]
    phases = tuple((phase, tuple(group)) for phase, group in groupby(steps, key=lambda step: step.phase))
    return WardCard(role=card.role, title=card.title, mission=card.mission, phases=phases)


def _step(step: Step) -> WardStep:
    return WardStep(
        code=step.code,
        phase=step.in_phase,
        title=step.do,
        hint=step.hint or "",
        due_min=step.due_min,
        is_timed=step.counted_from in TIMED_FROM,
        repeat_min=step.repeat_min,
        safety=step.safety,
        two_person=step.two_person,
    )


def ward_incident(
    notice: NoticeView, broadcasts: Sequence[Mapping[str, Any]], unit: str, plan: WardPlan | None
) -> WardIncident:
    """An incident on the wall of a unit. `broadcasts` are all of it, newest first."""
    mine = [one for one in broadcasts if is_for_place(one, unit)]
    newest = next((one for one in mine if one["state"] == "current"), None)
    shown = {update.id: update.headline for update in notice.updates}
    return WardIncident(
        notice=notice,
        newest_no=newest["no"] if newest else None,
        newest_at=newest["at"] if newest else None,
        headline=shown.get(newest["id"], "") if newest and is_for_everybody(newest) else "",
        plan=plan,
    )
