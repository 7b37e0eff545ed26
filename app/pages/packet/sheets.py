"""A unit's packet as the values that the typesetter puts on paper. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.pages.packet.phrases import Speech, due_words, phase_clock, rule_lines
from app.pages.qr import qr_code
from app.plans.format import Attachment, CaptureField, Card, Plan, Step
from app.plans.sheet_code import card_code, log_code, spaced

Sheet = dict[str, Any]


@dataclass(frozen=True)
class InForce:
    """A plan in the version that is printed, and how a packet speaks of it."""

    plan: Plan
    version: str
    speech: Speech


@dataclass(frozen=True)
class Place:
    """A unit as paper needs it; `wall` is the address of its own page for everybody, empty when none is known."""

    id: str
    name: str
    short: str
    type: str
    wall: str


def cards_for(place: Place, plans: Iterable[InForce], *, roles: frozenset[str], address: str) -> list[Sheet]:
    """The sheets of a unit, plan by plan; with `roles` only theirs. `address` is where the app is, or empty."""
    return [
        card_sheet(place, one, card, address=address)
        for one in plans
        for card in one.plan.cards
        if place.type in card.unit_types and (not roles or card.role in roles)
    ]


def card_sheet(place: Place, one: InForce, card: Card, *, address: str) -> Sheet:
    """A role's card in a unit: its rows by phase, its code, and the picture of it."""
    code = card_code(unit=place.id, plan=one.plan.id, role=card.role, version=one.version)
    return {
        "role": one.speech.role(card.role),
        "plan": one.speech.say(one.plan.title),
        "mission": one.speech.say(card.mission),
        "version": one.version[:8],
        "code": spaced(code),
        "key": code,
        "qr": qr_picture(f"{address}app/paper/{code}" if address else code),
        "phases": [
            _phase(tuple(steps), one, place) for _phase_name, steps in groupby(card.steps_in_order, key=_phase_of)
        ],
    }


def _phase_of(step: Step) -> str:
    return step.in_phase


def _phase(steps: Sequence[Step], one: InForce, place: Place) -> Sheet:
    words = one.speech.words
    forms = {form.code: form for form in one.plan.attachments}
    rows = [_row(step, forms, one.speech, place) for step in steps]
    return {"name": words["phases"][steps[0].in_phase], "from": phase_clock(steps, words), "rows": rows}


def _row(step: Step, forms: Mapping[str, Attachment], speech: Speech, place: Place) -> Sheet:
    due, counted_from = due_words(step, speech.words)
    return {
        "code": step.code,
        "text": speech.say(step.do),
        "hint": speech.say(step.hint) if step.hint else "",
        "safety": step.safety,
        "two": step.two_person,
        "only": step.role_only,
        "due": due,
        "from": counted_from,
        "rounds": bool(step.repeat_min),
        "rules": rule_lines(step, forms, speech, unit=place.id),
        "fields": [_field(field, speech) for field in step.capture],
    }


def _field(field: CaptureField, speech: Speech) -> Sheet:
    choices = [speech.say(choice) for choice in field.choices or ()]
    return {"label": speech.say(field.label), "type": field.type, "choices": choices}


def log_sheet(place: Place, *, address: str) -> Sheet:
    """The empty log of a unit, with the code by which its lines are typed back in."""
    code = log_code(unit=place.id)
    return {"code": spaced(code), "qr": qr_picture(f"{address}app/paper/{code}" if address else code)}


def forms_of(place: Place, plans: Sequence[InForce]) -> list[Sheet]:
    """The forms of the unit's plans, with the version that is right now."""
    return [
        {"title": one.speech.say(form.title), "version": form.version, "plan": one.speech.say(one.plan.title)}
        | {"file": form.file}
        for one in plans
        if place.type in one.plan.unit_types
        for form in one.plan.attachments
    ]


def qr_picture(text: str) -> str:
    """The code as an SVG with the quiet edge that readers need."""
    code = qr_code(text)
    side = code.size + 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {side} {side}" width="{side}" height="{side}">'
        f'<rect x="-4" y="-4" width="{side}" height="{side}" fill="#fff"/><path d="{code.path}" stroke="#000"/></svg>'
    )
