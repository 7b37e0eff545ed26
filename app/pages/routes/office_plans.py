"""Plans in the office: the list, a plan with its versions, what differs between two, and the way to being in force."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse

from app.base import clock
from app.base.attestation import Attestation, attest_now
from app.base.errors import AppError
from app.base.meta import meta
from app.pages.queries import units_of_site
from app.pages.routes import plan_words as words
from app.pages.routes.page import pages, show
from app.people.guard import action, current_person
from app.plans.approval import PARTS, approve_plan, put_in_force, retire_plan, return_plan
from app.plans.differences import plan_difference
from app.plans.draft_words import texts_without_words
from app.plans.drafts import begin_draft, draft_of, drop_draft
from app.plans.exchange import EXPORT_FORMS
from app.plans.findings import Found
from app.plans.office import plan_overviews, plan_title, plan_versions_of, readers_of
from app.plans.queries import VOCABULARY, plan_at
from app.plans.vocabularies import vocabularies, vocabulary_pack
from app.plans.vocabulary import GENERIC

PLAN_MAX = 60
VERSION_MAX = 16


class PlanForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the proof that it came from our own page; the buttons say the rest."""


@pages.get("/office/plans")
@action("plans.approve")
def office_plans() -> Response:
    """Every plan: how far it is, whose it is, and whether it should have been read again."""
    return plans_page()


@pages.get("/office/plans/<plan>")
@action("plans.approve")
def office_plan(plan: str) -> Response:
    """A plan with its versions, who has signed them and who has read the one in force."""
    return plan_page(plan[:PLAN_MAX])


@pages.get("/office/plans/<plan>/compare")
@action("plans.approve")
def compare_versions(plan: str) -> Response:
    """What differs between two versions, in words, card by card."""
    before, after = (request.args.get(name, "")[:VERSION_MAX] for name in ("before", "after"))
    old, new = plan_at(plan[:PLAN_MAX], before), plan_at(plan[:PLAN_MAX], after)
    return show(
        "pages/office_compare.html", plan=plan, title=new.title, before=before, after=after,
        difference=plan_difference(old, new), words=words, roles=words.role_titles(),
    )  # fmt: skip


@pages.post("/office/plans/<plan>")
@action("plans.manage")
def change_plan(plan: str) -> BaseResponse:
    """Start or throw away a draft, put an approved version in force, or retire the plan."""
    if not PlanForm().validate_on_submit():
        return plan_page(plan[:PLAN_MAX], refusal=stale_words(), status=400)
    plan, version = plan[:PLAN_MAX], request.form.get("version", "")[:VERSION_MAX]
    wanted, person = request.form.get("do", ""), current_person()
    try:
        if wanted == "begin":
            begin_draft(plan, version, actor=person, attestation=now_attested())
            return redirect(url_for("pages.edit_plan", plan=plan))
        if wanted == "drop":
            drop_draft(plan, attestation=now_attested())
        elif wanted == "force":
            put_in_force(plan, version, site=person.site, units=units_of_site(person.site), attestation=now_attested())
        elif wanted == "retire":
            retire_plan(plan, site=person.site, attestation=now_attested())
    except AppError as error:
        return plan_page(plan, refusal=error.sentence, status=error.status)
    return _back(plan)


@pages.post("/office/plans/<plan>/review")
@action("plans.approve")
def review_plan(plan: str) -> BaseResponse:
    """Approve a version in one's part, or give it back with a reason."""
    if not PlanForm().validate_on_submit():
        return plan_page(plan[:PLAN_MAX], refusal=stale_words(), status=400)
    plan, version = plan[:PLAN_MAX], request.form.get("version", "")[:VERSION_MAX]
    part = next((one for one in PARTS if one == request.form.get("do")), None)
    try:
        if part is not None:
            approve_plan(plan, version, part, actor=current_person(), attestation=now_attested())
        else:
            reason = request.form.get("reason", "").replace("\x00", "")
            return_plan(plan, version, reason, attestation=now_attested())
    except AppError as error:
        return plan_page(plan, refusal=error.sentence, status=error.status)
    return _back(plan)


def plans_page(
    *, refusal: str = "", status: int = 200, findings: tuple[Found, ...] = (), file: str = "", done: str = ""
) -> Response:
    """The list; `findings` are what was found in a file that somebody wanted to import."""
    packs = [vocabulary_pack(name) for name in vocabularies()]
    return show(
        "pages/office_plans.html", status=status, form=PlanForm(), refusal=refusal, findings=findings, file=file,
        plans=plan_overviews(clock.now().date()), words=words, packs=packs, pack=meta(VOCABULARY, GENERIC),
        done=done, may_manage=current_person().may("plans.manage"),
    )  # fmt: skip


def plan_page(plan: str, *, refusal: str = "", status: int = 200, findings: tuple[Found, ...] = ()) -> Response:
    """A plan's page; `findings` are the advice that came with an imported file."""
    versions = plan_versions_of(plan)
    in_force = next((one for one in versions if one.state == "in_force"), None)
    on_their_way = [one.version for one in versions if one.state in ("review", "approved")]
    return show(
        "pages/office_plan.html", status=status, form=PlanForm(), refusal=refusal, findings=findings, plan=plan,
        title=plan_title(plan), versions=versions, in_force=in_force, draft=draft_of(plan), words=words, parts=PARTS,
        held=plan_at(plan, in_force.version) if in_force else None, today=clock.now().date().isoformat(),
        readers=readers_of(plan), roles=words.role_titles(), forms=EXPORT_FORMS, me=current_person().id,
        may_manage=current_person().may("plans.manage"),
        untranslated={version: texts_without_words(plan_at(plan, version)) for version in on_their_way},
    )  # fmt: skip


def now_attested() -> Attestation:
    """Who is at the office's desk, now."""
    person = current_person()
    return attest_now(person.id, person.name, device=person.device)


def stale_words() -> str:
    """What a form says that was open for longer than the sign-in."""
    return str(gettext("This page was open for too long. Try once more."))


def _back(plan: str) -> BaseResponse:
    return redirect(url_for("pages.office_plan", plan=plan))
