"""A plan file as a validated value and as the rows that phones hold."""

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from app.plans.errors import PlanErrors, Problem
from app.plans.format import Card, Plan, Step, Written
from app.plans.links import link_faults
from app.plans.sentences import problems
from app.plans.yaml_text import Document, read_yaml

W = TypeVar("W", bound=Written)


class UnitRef(NamedTuple):
    """What a plan needs to know about a unit."""

    id: str
    type: str


def parse_plan(text: str, *, source: str) -> Plan:
    """The plan of a YAML text. Raises PlanErrors naming every fault with file and line."""
    return plan_of(read_yaml(text, source=source), source=source)


def plan_of(document: Document, *, source: str) -> Plan:
    """The plan of a read file, with every step it refers to. Raises PlanErrors."""
    plan = parse_document(document, Plan, source=source)
    faults = [Problem(source, document.line(path), sentence) for path, sentence in link_faults(plan)]
    if faults:
        raise PlanErrors(faults)
    return plan


def parse_document(document: Document, model: type[W], *, source: str) -> W:
    """A read file as a value of the model. Raises PlanErrors."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        raise PlanErrors(problems(error, document, source=source)) from None


def version_of(text: str) -> str:
    """Version of a plan: the hash of its exact text, so equal files have equal versions."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def plan_row(plan: Plan, version: str, units: Iterable[UnitRef]) -> dict[str, Any]:
    """Body of the plan's row; `units` are the site's units in their order."""
    return {
        "title": plan.title,
        "kind": plan.kind,
        "services": list(plan.services),
        "version": version,
        "summary": plan.summary,
        "icon": plan.icon,
        "do_now": plan.do_now,
        "works": list(plan.works),
        "level": plan.level,
        "units": [unit.id for unit in units if unit.type in plan.unit_types],
        "roles": [card.role for card in plan.cards],
        **written(
            owner=plan.owner,
            review_by=plan.review_by,
            references=list(plan.references),
            attachments=[one.model_dump(mode="json") for one in plan.attachments],
        ),
    }


def card_rows(plan: Plan) -> dict[str, dict[str, Any]]:
    """Bodies of the plan's card rows by row id."""
    return {card_id(plan, card): _card_body(plan, card) for card in plan.cards}


def card_id(plan: Plan, card: Card) -> str:
    """Row id of a card."""
    return f"{plan.id}:{card.role}"


def step_key(card: Card, step: Step) -> str:
    """Name of a step that is unique in its plan."""
    return f"{card.role}/{step.code}"


def capture_body(step: Step) -> list[dict[str, Any]]:
    """The step's fields as they go over the wire: nothing is sent that was not written."""
    fields = (field.model_dump(mode="json", exclude_none=True) for field in step.capture)
    return list(fields)


def _card_body(plan: Plan, card: Card) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "role": card.role,
        "title": card.title,
        "mission": card.mission,
        "unit_types": list(card.unit_types),
        "steps": [step_body(card, step) for step in card.steps_in_order],
    }


def step_body(card: Card, step: Step) -> dict[str, Any]:
    """A step as it goes over the wire."""
    return {
        "key": step_key(card, step),
        "code": step.code,
        "phase": step.in_phase,
        "title": step.do,
        "hint": step.hint,
        "anchor": step.counted_from,
        "due_min": step.due_min,
        "safety": step.safety,
        "two_person": step.two_person,
        "confirm_roles": list(step.confirm_roles) if step.confirm_roles else None,
        "role_only": step.role_only,
        "capture": capture_body(step),
        "repeat_min": step.repeat_min,
        "until": step.repeats_until,
        **step_rules(step),
        **written(local=step.local),
    }


def step_rules(step: Step) -> dict[str, Any]:
    """What holds between this step and others, as it goes over the wire: nothing is sent that was not written."""
    return written(
        depends_on=list(step.depends_on),
        gate=list(step.gate),
        when=step.when.model_dump(mode="json", exclude_none=True) if step.when else None,
        hand_off=step.hand_off,
        escalate_after_min=step.escalate_after_min,
        at_shift_end=step.at_shift_end,
        forms=list(step.forms),
    )


def written(**fields: Any) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value}
