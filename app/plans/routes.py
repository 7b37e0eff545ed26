"""The door of the office's plan editor, and of trying a draft on a phone (docs/protocol.md section 15)."""

from __future__ import annotations

import json
from typing import Annotated, Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field

from app.base.attestation import Attestation, attest_now
from app.base.errors import AppError
from app.base.instants import to_wire
from app.people.guard import action, current_person, json_endpoint
from app.people.queries import roles, units
from app.plans.drafts import Draft, findings_of, needed_draft, save_draft, submit_draft
from app.plans.errors import PlanErrors
from app.plans.findings import Found
from app.plans.library import library_unit_types
from app.plans.plain_values import refuse_wild_values
from app.plans.queries import plan_in_force, plan_text, version_in_force
from app.plans.yaml_text import read_yaml
from app.services.queries import service_list

bp = Blueprint("plans", __name__, url_prefix="/api/plans")

MAX_PLAN_BYTES = 600_000
Rev = Annotated[int, Field(ge=0, le=2**31 - 1)]


class DraftSave(BaseModel):
    """What the plan says now, made on the save `rev`."""

    model_config = ConfigDict(extra="forbid")

    rev: Rev
    value: dict[str, Any]


class DraftSubmit(BaseModel):
    """Which save goes to review."""

    model_config = ConfigDict(extra="forbid")

    rev: Rev


@bp.get("/<plan>/draft")
@action("plans.manage")
def read_draft(plan: str) -> Response:
    """The draft with everything an editor needs to choose from."""
    draft = needed_draft(plan[:60])
    return _in_order({**_body(draft, findings_of(draft.text, plan)), **_choices(), "taken": _taken(draft.plan)})


@bp.post("/<plan>/draft")
@action("plans.manage")
@json_endpoint(DraftSave, max_bytes=MAX_PLAN_BYTES)
def keep_draft(plan: str, body: DraftSave) -> dict[str, Any]:
    """Save and judge a draft. 409 `changed_meanwhile` with who was faster when it is not at `rev`."""
    refuse_wild_values(body.value)
    draft, found = save_draft(plan[:60], body.rev, body.value, actor=current_person(), attestation=_now())
    answer = _body(draft, found)
    del answer["value"]
    return answer


@bp.post("/<plan>/draft/submit")
@action("plans.manage")
@json_endpoint(DraftSubmit)
def hand_in_draft(plan: str, body: DraftSubmit) -> dict[str, Any]:
    """Send a draft to review. 400 `has_faults` while it has any."""
    try:
        return {"version": submit_draft(plan[:60], body.rev, site=current_person().site, attestation=_now())}
    except PlanErrors as errors:
        raise AppError("has_faults", f"It has faults. The first: {errors.problems[0].sentence}") from None


@bp.get("/<plan>/try")
@action("plans.view")
def try_plan(plan: str) -> Response:
    """A draft, or the version that `version` names, to be tried on a phone. Nothing of it is recorded."""
    version = request.args.get("version", "")[:16]
    if version:
        return _in_order({"plan": plan[:60], "rev": 0, "value": _value(plan_text(plan[:60], version)), **_choices()})
    draft = needed_draft(plan[:60])
    return _in_order({"plan": draft.plan, "rev": draft.rev, "value": _value(draft.text), **_choices()})


def _in_order(body: dict[str, Any]) -> Response:
    """Words stand as in the file: what an editor adds finds its place by what stands before it."""
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")


def _now() -> Attestation:
    person = current_person()
    return attest_now(person.id, person.name, device=person.device)


def _body(draft: Draft, found: tuple[Found, ...]) -> dict[str, Any]:
    return {
        "plan": draft.plan,
        "rev": draft.rev,
        "at": to_wire(draft.at),
        "by_name": draft.by_name,
        "value": _value(draft.text),
        "findings": [one.body() for one in found],
    }


def _value(text: str) -> Any:
    return read_yaml(text, source="draft").value


def _choices() -> dict[str, Any]:
    """The codes that a plan of this hospital may name, with their names."""
    return {
        "roles": [{"code": one["code"], "title": {"en": one["title_en"], "es": one["title_es"]}} for one in roles()],
        "unit_types": [{"code": one.code, "title": one.title.model_dump()} for one in library_unit_types()],
        "units": [{"id": one["id"], "name": one["name"], "type": one["type"]} for one in units(current_person().site)],
        "services": [{"code": one.code, "title": one.title} for one in service_list(current_person().site)],
    }


def _taken(plan: str) -> dict[str, list[str]]:
    """The codes that cards in force have, by role: a step that is gone leaves its code to nobody."""
    if version_in_force(plan) is None:
        return {}
    return {card.role: [step.code for step in card.steps] for card in plan_in_force(plan).cards}
