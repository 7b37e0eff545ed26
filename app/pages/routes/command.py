"""Incident command: the chart and the action plan on paper, and the chart's file in the office."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.base.attestation import attest_now
from app.base.errors import AppError, NotAllowed
from app.pages.command.queries import command_sheet, office_chart
from app.pages.routes.language import language
from app.pages.routes.page import pages, show
from app.people.guard import action, current_person
from app.plans.command.commands import put_command
from app.plans.command.queries import command_unit
from app.plans.errors import PlanErrors

MOST_LETTERS = 100_000


class ChartForm(FlaskForm):  # type: ignore[misc]
    """The text of the chart."""

    text = TextAreaField(validators=[InputRequired(), Length(max=MOST_LETTERS)])


@pages.get("/print/command/<incident>")
@action("command.print")
def print_command(incident: str) -> Response:
    """Who holds which position now, and who succeeds."""
    return _sheet("pages/print_command.html", incident)


@pages.get("/print/action-plan/<incident>")
@action("command.print")
def print_action_plan(incident: str) -> Response:
    """The period on one page: situation, objectives, who does what, what is safe until when."""
    return _sheet("pages/print_action_plan.html", incident)


@pages.get("/office/command")
@action("plans.manage")
def office_command() -> Response:
    """The positions and their successors, to be read and edited."""
    text, thin = office_chart(current_person().site)
    return _office(text, thin=thin, saved="saved" in request.args)


@pages.post("/office/command")
@action("plans.manage")
def save_command() -> BaseResponse:
    """Keep what was typed, or show what is wrong with its line."""
    form = ChartForm()
    text = (form.text.data or "").replace("\r\n", "\n")
    if not form.validate_on_submit():
        return _office(text, wrong=[str(gettext("This page was open for too long. Try once more."))], status=400)
    person = current_person()
    try:
        put_command(text, site=person.site, attestation=attest_now(person.id, person.name))
    except PlanErrors as errors:
        said = [gettext("Line %(line)s: %(what)s", line=one.line, what=one.sentence) for one in errors.problems]
        return _office(text, wrong=[str(one) for one in said], status=400)
    except AppError as error:
        return _office(text, wrong=[error.sentence], status=400)
    return redirect(url_for("pages.office_command", saved="1"))


def _sheet(template: str, incident: str) -> Response:
    person = current_person()
    if not person.is_leader and not person.belongs_to(command_unit(person.site) or ""):
        raise NotAllowed("Only leaders and who holds a position in command print this.")
    view = command_sheet(incident, printed_by=person.name, language=language())
    return show(template, site=view.site, command=view)


def _office(
    text: str, *, thin: list[str] | None = None, wrong: list[str] | None = None, saved: bool = False, status: int = 200
) -> Response:
    form = ChartForm(formdata=None)
    return show(
        "pages/office_command.html", form=form, status=status, text=text, thin=thin or [], wrong=wrong or [],
        saved=saved,
    )  # fmt: skip
