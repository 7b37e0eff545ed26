"""A file that somebody brings, read as a plan's text with all there is to say about it. Pure but for the library."""

from __future__ import annotations

from app.plans.errors import PlanErrors, Problem
from app.plans.exchange import READERS
from app.plans.findings import Found, judged, judged_document
from app.plans.library import library_vocabulary
from app.plans.written import plan_file


def text_and_findings(form: str, content: bytes, *, source: str) -> tuple[str, tuple[Found, ...]]:
    """The text of the plan and the advice on it. Raises PlanErrors for faults, with line or row."""
    if form in READERS:
        read = judged_document(READERS[form](content, source=source), library_vocabulary())
        if read.plan is None:
            raise PlanErrors(one.problem(source) for one in read.found if one.is_fault)
        return plan_file(read.plan), read.found
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise PlanErrors([Problem(source, 1, "The file is not UTF-8 text.")]) from None
    read = judged(text, library_vocabulary(), source=source)
    if read.plan is None:
        raise PlanErrors(one.problem(source) for one in read.found if one.is_fault)
    return text, read.found
