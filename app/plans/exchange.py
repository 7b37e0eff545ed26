"""Plans in and out of the house: which forms there are, and a plan in each of them. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable

from app.plans.fhir import plan_definition
from app.plans.pack import parse_plan, plan_of
from app.plans.sheets import csv_bytes, document_of_csv, document_of_xlsx, xlsx_bytes
from app.plans.written import plan_file
from app.plans.yaml_text import Document

READERS: dict[str, Callable[..., Document]] = {"csv": document_of_csv, "xlsx": document_of_xlsx}
WRITERS = {"csv": csv_bytes, "xlsx": xlsx_bytes}
SUFFIXES = {"fhir": "plandefinition.json", "fhir-r5": "plandefinition.json"}
IMPORT_FORMS = ("yaml", *READERS)
EXPORT_FORMS = ("yaml", *WRITERS, *SUFFIXES)


def form_of(name: str) -> str:
    """The form that the end of a file's name stands for; yaml when it says nothing."""
    suffix = name.rpartition(".")[2].lower()
    return suffix if suffix in READERS else "yaml"


def file_name(plan: str, form: str) -> str:
    """The name of an exported file."""
    return f"{plan}.{SUFFIXES.get(form, form)}"


def text_of_table(form: str, content: bytes, *, source: str) -> str:
    """The plan of a spreadsheet as the text of a plan file. Raises PlanErrors with the row of each fault."""
    return plan_file(plan_of(READERS[form](content, source=source), source=source))


def in_form(form: str, text: str, *, plan: str, version: str) -> bytes:
    """A version in a form; as yaml its exact text. PlanErrors when the program for a form is not installed."""
    if form == "yaml":
        return text.encode()
    read = parse_plan(text, source=f"{plan}.yaml")
    if form in WRITERS:
        return WRITERS[form](read)
    definition = plan_definition(read, version, release="R5" if form == "fhir-r5" else "R4")
    return (json.dumps(definition, indent=2, ensure_ascii=False) + "\n").encode()
