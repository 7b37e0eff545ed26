"""What the office calls states, parts, fields and values of plans, in the reader's language."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext
from pydantic import BaseModel

from app.pages.routes.language import language
from app.people.queries import roles
from app.plans.format import CaptureField, Condition

STATE_WORDS = {
    "in_force": (lazy_gettext("in force"), "record", "check"),
    "approved": (lazy_gettext("approved"), "way", "two"),
    "review": (lazy_gettext("in review"), "way", "eye"),
    "draft": (lazy_gettext("draft"), "", "pen"),
    "retired": (lazy_gettext("retired"), "", "skip"),
}
PART_WORDS = {"owner": lazy_gettext("owner"), "emergency": lazy_gettext("emergency management")}
WHAT_WORDS = {
    "added": (lazy_gettext("new"), "record", "plus"),
    "removed": (lazy_gettext("gone"), "late", "minus"),
    "changed": (lazy_gettext("changed"), "way", "pen"),
    "moved": (lazy_gettext("moved"), "", "repeat"),
    "kept": (lazy_gettext("card changed"), "", "card"),
}
LANGUAGE_WORDS = {"es": lazy_gettext("Spanish")}
FORM_WORDS = {
    "yaml": lazy_gettext("Plan file (YAML)"),
    "xlsx": lazy_gettext("Workbook (xlsx)"),
    "csv": lazy_gettext("Table (csv)"),
    "fhir": lazy_gettext("FHIR R4"),
    "fhir-r5": lazy_gettext("FHIR R5"),
}
FIELD_WORDS = {
    "title": lazy_gettext("Title"),
    "kind": lazy_gettext("Kind"),
    "services": lazy_gettext("Services"),
    "summary": lazy_gettext("Summary"),
    "icon": lazy_gettext("Picture"),
    "do_now": lazy_gettext("Do now"),
    "works": lazy_gettext("Still works"),
    "level": lazy_gettext("Suggested level"),
    "unit_types": lazy_gettext("Kinds of units"),
    "owner": lazy_gettext("Owner"),
    "review_by": lazy_gettext("Review by"),
    "references": lazy_gettext("References"),
    "attachments": lazy_gettext("Forms kept with it"),
    "mission": lazy_gettext("Mission"),
    "do": lazy_gettext("Step"),
    "hint": lazy_gettext("Hint"),
    "due": lazy_gettext("Due"),
    "anchor": lazy_gettext("Counted from"),
    "safety": lazy_gettext("Safety"),
    "two_person": lazy_gettext("Two people sign"),
    "confirm_roles": lazy_gettext("Who may sign second"),
    "role_only": lazy_gettext("Only the role itself"),
    "capture": lazy_gettext("What is recorded"),
    "repeat": lazy_gettext("Again every"),
    "until": lazy_gettext("Until"),
    "depends_on": lazy_gettext("After, on this card"),
    "gate": lazy_gettext("After, on other cards"),
    "when": lazy_gettext("Only if"),
    "hand_off": lazy_gettext("Handed on to"),
    "escalate_after": lazy_gettext("Leaders are told after"),
    "forms": lazy_gettext("Forms"),
    "local": lazy_gettext("Lines of single units"),
}


def role_titles() -> dict[str, str]:
    """What roles are called here, by code, in the reader's language."""
    name = "title_es" if language() == "es" else "title_en"
    return {role["code"]: role[name] or role["title_en"] for role in roles()}


def value_lines(value: Any) -> list[str]:
    """What stands under a word of the format, a line each; nothing when it is not written."""
    if value is None or value in ((), {}, ""):
        return []
    if isinstance(value, bool):
        return [gettext("yes") if value else gettext("no")]
    if isinstance(value, tuple):
        return [line for one in value for line in value_lines(one)]
    if isinstance(value, dict):
        return [f"{name}: {line}" for name, line in value.items()]
    return [_group(value) if isinstance(value, BaseModel) else str(value)]


def _group(value: BaseModel) -> str:
    if isinstance(value, CaptureField):
        more = [*(value.choices or ()), *([gettext("required")] if value.required else [])]
        return f"{value.label} ({', '.join([value.type, *_limits(value), *more])})"
    if isinstance(value, Condition):
        limits = [
            f"≥ {value.at_least}" if value.at_least is not None else "",
            f"≤ {value.at_most}" if value.at_most is not None else "",
        ]
        return f"{value.step} {value.field}: {', '.join([*(value.one_of or ()), *filter(None, limits)])}"
    return " · ".join(str(part) for part in value.model_dump().values())


def _limits(field: CaptureField) -> list[str]:
    if field.min is None and field.max is None:
        return []
    return [f"{'' if field.min is None else field.min}–{'' if field.max is None else field.max}"]
