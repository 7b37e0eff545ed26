"""Pages about updates: the runner's route on paper, the codes for the doors, and the site's rules and texts."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.base.attestation import attest_now
from app.broadcasts.commands.site_rules import put_policy, put_texts, take_starter_texts
from app.broadcasts.office import parse_policy
from app.broadcasts.ready_texts import parse_texts
from app.pages import queries
from app.pages.routes.page import pages, show
from app.people.guard import action, current_person
from app.plans.errors import PlanErrors

MOST_LETTERS = 60_000
SUBJECTS = ("rules", "en", "es")


class OfficeForm(FlaskForm):  # type: ignore[misc]
    """One text of the office: the rules, or the ready texts of a language."""

    subject = HiddenField()
    text = TextAreaField(validators=[InputRequired(), Length(max=MOST_LETTERS)])


class StarterForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the proof that it came from our own page."""


@pages.get("/runner/<route>")
@action("print")
def runner_route(route: str) -> Response:
    """The route on paper, floor by floor, with a place for initials and a code for every door."""
    view = queries.runner_route(route, site=current_person().site, address=request.host_url)
    return show("pages/print_route.html", site=view.site, route=view)


@pages.get("/print/doors")
@action("print")
def doors() -> Response:
    """The codes that hang at the units' doors: a runner scans them, with or without a network."""
    view = queries.doors(address=request.host_url)
    return show("pages/print_doors.html", site=view.site, doors=view)


@pages.get("/office/updates")
@action("broadcasts.manage")
def office_updates() -> Response:
    """The rules of updates and the texts that are ready to be sent, to be read and edited."""
    return _office({}, saved=request.args.get("saved", ""))


@pages.post("/office/updates")
@action("broadcasts.manage")
def save_office_updates() -> BaseResponse:
    """Keep one of them, or show what is wrong with its line."""
    form = OfficeForm()
    subject = form.subject.data or ""
    if not form.validate_on_submit() or subject not in SUBJECTS:
        stale = gettext("This page was open for too long. Try once more.")
        return _office({subject: form.text.data or ""}, wrong={subject: [str(stale)]}, status=400)
    person = current_person()
    try:
        if subject == "rules":
            put_policy(attest_now(person.id, person.name), person.site, parse_policy(form.text.data))
        else:
            texts = parse_texts(form.text.data, source=subject)
            put_texts(attest_now(person.id, person.name), person.site, texts.model_copy(update={"lang": subject}))
    except PlanErrors as error:
        said = [gettext("Line %(line)s: %(what)s", line=one.line, what=one.sentence) for one in error.problems]
        return _office({subject: form.text.data}, wrong={subject: [str(one) for one in said]}, status=400)
    return redirect(url_for("pages.office_updates", saved=subject))


@pages.post("/office/updates/starter")
@action("broadcasts.manage")
def take_starter() -> BaseResponse:
    """Take over the library's texts in the languages in which there are none."""
    if StarterForm().validate_on_submit():
        person = current_person()
        take_starter_texts(attest_now(person.id, person.name), person.site)
    return redirect(url_for("pages.office_updates"))


def _office(
    typed: dict[str, str], *, wrong: dict[str, list[str]] | None = None, saved: str = "", status: int = 200
) -> Response:
    texts: dict[str, Any] = {**queries.office_texts(current_person().site), **typed}
    form = OfficeForm(formdata=None)
    return show("pages/office_updates.html", texts=texts, form=form, wrong=wrong or {}, saved=saved, status=status)
