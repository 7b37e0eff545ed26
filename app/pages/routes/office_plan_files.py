"""Plans in and out of the office: files as drafts, versions in every form, a new plan, and the words of a country."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from app.base.errors import AppError
from app.pages.routes.office_plans import PLAN_MAX, VERSION_MAX, PlanForm, now_attested, plans_page, stale_words
from app.pages.routes.page import pages, show
from app.people.guard import action, current_person
from app.plans.drafts import begin_with_text, needed_draft
from app.plans.errors import PlanErrors, Problem
from app.plans.exchange import EXPORT_FORMS, file_name, form_of, in_form
from app.plans.findings import FAULT, Found
from app.plans.office import plan_title
from app.plans.packs_in import text_and_findings
from app.plans.queries import plan_text, version_in_force
from app.plans.starter import starter_text
from app.plans.vocabularies import speak, vocabulary_pack

TYPES = {
    "yaml": "application/yaml",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "fhir": "application/fhir+json",
    "fhir-r5": "application/fhir+json",
}
MOST_BYTES = 900_000


@pages.post("/office/plans/import")
@action("plans.manage")
def import_pack() -> BaseResponse:
    """Take a plan file or table in as a draft; faults are shown by file, line and sentence, and keep it out."""
    if not PlanForm().validate_on_submit():
        return plans_page(refusal=stale_words(), status=400)
    given = request.files.get("file")
    name = (given.filename if given else None) or ""
    if given is None or not name:
        return plans_page(refusal=gettext("Choose a file first."), status=400)
    try:
        text, findings = text_and_findings(form_of(name), given.read(MOST_BYTES + 1), source=name[:120])
        plan = begin_with_text(text, actor=current_person(), attestation=now_attested(), source=name[:120])
    except PlanErrors as errors:
        refusal = gettext("This file has faults and was not taken in. Mend them and choose it again.")
        return plans_page(refusal=refusal, findings=_as_found(errors.problems), file=name, status=400)
    except AppError as error:
        return plans_page(refusal=error.sentence, status=error.status)
    if findings:
        return plans_page(findings=findings, file=name, done=plan)
    return redirect(url_for("pages.edit_plan", plan=plan))


@pages.post("/office/plans/new")
@action("plans.manage")
def new_plan() -> BaseResponse:
    """Start a plan that is not there yet, with one card and one step to write over."""
    if not PlanForm().validate_on_submit():
        return plans_page(refusal=stale_words(), status=400)
    key, title = (request.form.get(name, "").replace("\x00", "").strip() for name in ("plan", "title"))
    if version_in_force(key[:PLAN_MAX]) is not None:
        return plans_page(refusal=gettext("There is a plan with this short name already."), status=400)
    try:
        text = starter_text(key, title)
        plan = begin_with_text(
            text, actor=current_person(), attestation=now_attested(), source=f"{key[:PLAN_MAX]}.yaml"
        )
    except PlanErrors as errors:
        return plans_page(refusal=errors.problems[0].sentence, status=400)
    except AppError as error:
        return plans_page(refusal=error.sentence, status=error.status)
    return redirect(url_for("pages.edit_plan", plan=plan))


@pages.get("/office/plans/<plan>/export/<form>")
@action("plans.approve")
def export_plan(plan: str, form: str) -> BaseResponse:
    """A version in a form: `?version=`, else the one in force; `?version=draft` is the draft as it stands."""
    plan, asked = plan[:PLAN_MAX], request.args.get("version", "")[:VERSION_MAX]
    if form not in EXPORT_FORMS:
        return plans_page(refusal=gettext("There is no such form."), status=404)
    version = asked or version_in_force(plan) or ""
    text = needed_draft(plan).text if version == "draft" else plan_text(plan, version)
    try:
        content = in_form(form, text, plan=plan, version=version)
    except PlanErrors as errors:
        return plans_page(refusal=errors.problems[0].sentence, status=400)
    answer = Response(content, mimetype=TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(plan, form)}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/office/plans/<plan>/edit")
@action("plans.manage")
def edit_plan(plan: str) -> BaseResponse:
    """The editor; without a draft there is nothing to edit, and the plan's page offers to start one."""
    try:
        needed_draft(plan[:PLAN_MAX])
    except AppError:
        return redirect(url_for("pages.office_plan", plan=plan[:PLAN_MAX]))
    address = url_for("pages.try_out", plan=plan[:PLAN_MAX], _external=True)
    return show("pages/office_edit.html", plan=plan[:PLAN_MAX], title=plan_title(plan[:PLAN_MAX]), address=address)


@pages.get("/office/plans/<plan>/try")
@action("plans.view")
def try_out(plan: str) -> Response:
    """A draft on a phone, to be ticked through; nothing of it is recorded."""
    return show("pages/plan_try.html", plan=plan[:PLAN_MAX], version=request.args.get("version", "")[:VERSION_MAX])


@pages.post("/office/vocabulary")
@action("plans.manage")
def choose_words() -> BaseResponse:
    """Let roles and plans speak the words of a country."""
    if not PlanForm().validate_on_submit():
        return plans_page(refusal=stale_words(), status=400)
    try:
        pack = vocabulary_pack(request.form.get("pack", "")[:PLAN_MAX])
    except ValueError as error:
        return plans_page(refusal=str(error), status=400)
    speak(pack, site=current_person().site, attestation=now_attested())
    return redirect(url_for("pages.office_plans"))


def _as_found(problems: list[Problem]) -> tuple[Found, ...]:
    return tuple(Found((), one.line, FAULT, one.sentence) for one in problems)
