"""The cards of a unit as its wall shows them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from app.pages.public.notices import is_for_everybody, is_for_place
from app.pages.public.views import NoticeView
from app.pages.public.words import Words, said
from app.pages.status import as_lines
from app.pages.ward.views import WardCard, WardIncident, WardPlan, WardStep
from app.plans.format import Card, Plan, Step

TIMED_FROM = ("T0", "TD")


def ward_plan(plan: Plan, unit_type: str, words: Words) -> WardPlan | None:
    """The plan's cards for units of this type, in the reader's words; None when it has none."""
    cards = tuple(_card(card, words) for card in plan.cards if unit_type in card.unit_types)
    title, do_now = said(plan.title, words), said(plan.do_now, words)
    return WardPlan(id=plan.id, title=title, do_now=do_now, cards=cards) if cards else None


def _card(card: Card, words: Words) -> WardCard:
    steps = [_step(step, words) for step in card.steps_in_order]
    phases = tuple((phase, tuple(group)) for phase, group in groupby(steps, key=lambda step: step.phase))
    return WardCard(role=card.role, title=said(card.title, words), mission=said(card.mission, words), phases=phases)


def _step(step: Step, words: Words) -> WardStep:
    return WardStep(
        code=step.code,
        phase=step.in_phase,
        title=said(step.do, words),
        hint=said(step.hint or "", words),
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
    headline = shown.get(newest["id"], "") if newest and is_for_everybody(newest) else ""
    told = newest if headline else None
    return WardIncident(
        notice=notice,
        newest_no=newest["no"] if newest else None,
        newest_at=newest["at"] if newest else None,
        headline=headline,
        plan=plan,
        do_now=as_lines(told["do_now"]) if told else (),
        do_not=as_lines(told["do_not"]) if told else (),
        relation=told["relation"] if told else None,
        refers_to=told["refers_to"] if told else None,
    )
