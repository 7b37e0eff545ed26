"""Which forms the plans in force name, and which files there are for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.base.db import db
from app.base.reading import Record, all_records
from app.plans.format import Plan
from app.plans.models import FormFile, PlanForm
from app.plans.queries import plan_in_force, plan_list


@dataclass(frozen=True)
class FormEntry:
    """A form that a plan in force names. `digest` None: nobody has uploaded this version yet."""

    plan: str
    plan_title: str
    code: str
    title: str
    version: str
    steps: tuple[str, ...]
    digest: str | None
    size: int
    by_name: str
    at: datetime | None


def form_entries() -> list[FormEntry]:
    """Every form of every plan in force, by plan."""
    return [entry for found in plan_list() for entry in _entries(plan_in_force(found.id))]


def form_bytes(digest: str) -> bytes | None:
    """The file of this name, or None."""
    return db.session.execute(select(FormFile.data).where(FormFile.digest == digest)).scalar()


def form_rows(plan: Plan) -> dict[str, dict[str, Any] | None]:
    """`{row id: body}` of a plan's forms; None where this version has no file yet."""
    return {form_id(plan.id, entry.code): _body(entry) for entry in _entries(plan)}


def form_id(plan: str, code: str) -> str:
    """Row id of a form."""
    return f"form:{plan}:{code}"


def _body(entry: FormEntry) -> dict[str, Any] | None:
    if entry.digest is None:
        return None
    names = ("plan", "code", "title", "version", "digest", "size")
    return {name: getattr(entry, name) for name in names}


def _entries(plan: Plan) -> list[FormEntry]:
    files = {(one["code"], one["version"]): one for one in _files(plan.id)}
    found = []
    for form in plan.attachments:
        file = files.get((form.code, form.version))
        every = ((card, step) for card in plan.cards for step in card.steps)
        steps = tuple(f"{card.title} {step.code}" for card, step in every if form.code in step.forms)
        kept = (file["digest"], file["size"], file["by_name"], file["at"]) if file else (None, 0, "", None)
        found.append(FormEntry(plan.id, plan.title, form.code, form.title, form.version, steps, *kept))
    return found


def _files(plan: str) -> list[Record]:
    return all_records(select(PlanForm.__table__).where(PlanForm.plan == plan))
