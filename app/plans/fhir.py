"""A plan as a FHIR PlanDefinition, for systems that collect protocols. Only out: FHIR cannot hold all we mean. Pure.

The same document fits R4 (4.0.1) and R5 (5.0.0) but for one name: what another action is called in a relation.
"""

import re
from typing import Any, Literal

from app.plans.format import Card, Plan, Step
from app.plans.pack import step_key

Release = Literal["R4", "R5"]
_TYPE_SYSTEM = "http://terminology.hl7.org/CodeSystem/plan-definition-type"
_UNITS_SYSTEM = "http://unitsofmeasure.org"
_TARGET: dict[Release, str] = {"R4": "actionId", "R5": "targetId"}


def plan_definition(plan: Plan, version: str, *, release: Release = "R4") -> dict[str, Any]:
    """The PlanDefinition: an action a card, and in it an action a step."""
    documents = [{"type": "documentation", "display": text} for text in plan.references]
    forms = [{"type": "documentation", "display": f"{one.title} ({one.version})"} for one in plan.attachments]
    return {
        "resourceType": "PlanDefinition",
        "id": plan.id,
        "version": version,
        "name": "".join(part.capitalize() for part in plan.id.split("-")),
        "title": plan.title,
        "type": {"coding": [{"system": _TYPE_SYSTEM, "code": "workflow-definition"}]},
        "status": "active",
        "description": plan.summary,
        **_written(publisher=plan.owner, relatedArtifact=[*documents, *forms]),
        "action": [_card(card, release) for card in plan.cards],
    }


def _card(card: Card, release: Release) -> dict[str, Any]:
    return {
        "id": card.role,
        "title": card.title,
        "description": card.mission,
        "participant": [_participant(card.role)],
        "action": [_step(card, step, release) for step in card.steps_in_order],
    }


def _step(card: Card, step: Step, release: Release) -> dict[str, Any]:
    second = (step.confirm_roles or (card.role,)) if step.two_person else ()
    waits = [*(f"{card.role}/{code}" for code in step.depends_on), *step.gate]
    related = [{_TARGET[release]: _id(key), "relationship": "after-end"} for key in waits]
    return {
        "id": _id(step_key(card, step)),
        "prefix": step.code,
        "title": step.do,
        **_written(description=step.hint, textEquivalent=_asked(step), relatedAction=related),
        "priority": "urgent" if step.safety else "routine",
        "trigger": [{"type": "named-event", "name": step.counted_from}],
        **_condition(step),
        **_timing(step),
        "participant": [_participant(role) for role in (card.role, *second)],
        "requiredBehavior": "must" if step.safety else "must-unless-documented",
        **({"cardinalityBehavior": "multiple"} if step.repeat else {}),
    }


def _condition(step: Step) -> dict[str, Any]:
    when = step.when
    if when is None:
        return {}
    limits = [f"at least {when.at_least}" if when.at_least is not None else ""]
    limits.append(f"at most {when.at_most}" if when.at_most is not None else "")
    wanted = " or ".join(when.one_of or ()) or " and ".join(filter(None, limits))
    said = {"language": "text/plain", "expression": f"{when.field} of {when.step} is {wanted}"}
    return {"condition": [{"kind": "applicability", "expression": said}]}


def _timing(step: Step) -> dict[str, Any]:
    if step.repeat_min:
        return {"timingTiming": {"repeat": {"period": step.repeat_min, "periodUnit": "min"}}}
    if step.due_min is None:
        return {}
    minutes = {"value": step.due_min, "unit": "min", "system": _UNITS_SYSTEM, "code": "min"}
    return {"timingDuration": minutes}


def _asked(step: Step) -> str | None:
    fields = ", ".join(f"{field.label} ({field.type})" for field in step.capture)
    return f"{step.do} Record: {fields}." if fields else None


def _participant(role: str) -> dict[str, Any]:
    return {"type": "practitioner", "role": {"text": role}}


def _id(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]", ".", key)


def _written(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
