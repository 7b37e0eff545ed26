"""The office's page of workarounds: list, edit, take in, give out, print."""

from __future__ import annotations

import io
import zipfile

from flask import Response, redirect, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import FileField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.base.attestation import attest_now
from app.base.errors import NotFound
from app.pages.routes.language import language
from app.pages.routes.page import pages, show
from app.pages.workarounds import queries
from app.people.guard import action, current_person
from app.plans.errors import PlanErrors
from app.response.commands.in_use import keep_workarounds, remove_workarounds

MOST_LETTERS = 100_000
# A zip has no time of its own, so that the same texts give the same bytes.
ZIP_TIME = (2026, 1, 1, 0, 0, 0)


class EditForm(FlaskForm):  # type: ignore[misc]
    """The text of one file."""

    text = TextAreaField(validators=[InputRequired(), Length(max=MOST_LETTERS)])


class FileForm(FlaskForm):  # type: ignore[misc]
    """A file from the reader's computer."""

    file = FileField()


class PlainForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the proof that it came from our own page."""


@pages.get("/office/workarounds")
@action("plans.manage")
def office_workarounds() -> Response:
    """Every service with what is written for it, what is due for review, and what has nothing."""
    return _list()


@pages.post("/office/workarounds")
@action("plans.manage")
def take_in_workarounds() -> BaseResponse:
    """Take in a file, or say what is wrong with which line."""
    form = FileForm()
    if not form.validate_on_submit() or not form.file.data:
        return _list([str(gettext("Choose a file first."))], status=400)
    try:
        text = form.file.data.read(MOST_LETTERS + 1).decode("utf-8")
        service = _keep(text)
    except UnicodeDecodeError:
        return _list([str(gettext("The file is not UTF-8 text."))], status=400)
    except PlanErrors as errors:
        return _list(_said(errors), status=400)
    return redirect(url_for("pages.office_workaround", service=service, saved="1"))


@pages.get("/office/workarounds.zip")
@action("plans.manage")
def all_workarounds() -> Response:
    """Every file as it was written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for service, text in queries.texts(current_person().site).items():
            archive.writestr(zipfile.ZipInfo(f"workarounds/{service}.yaml", ZIP_TIME), text)
    return _file(packed.getvalue(), "workarounds.zip", "application/zip")


@pages.get("/office/workarounds/<service>")
@action("plans.manage")
def office_workaround(service: str) -> Response:
    """One file, to be read and edited; an empty form for a service that has none."""
    return _edit(service, queries.text_or_form(current_person().site, service), saved="saved" in request.args)


@pages.post("/office/workarounds/<service>")
@action("plans.manage")
def save_workaround(service: str) -> BaseResponse:
    """Keep what was typed, or show what is wrong with its line; or take the file away."""
    form = EditForm()
    if request.form.get("do") == "remove" and PlainForm().validate_on_submit():
        person = current_person()
        remove_workarounds(service[:60], site=person.site, attestation=attest_now(person.id, person.name))
        return redirect(url_for("pages.office_workarounds"))
    if not form.validate_on_submit():
        stale = gettext("This page was open for too long. Try once more.")
        return _edit(service, form.text.data or "", wrong=[str(stale)], status=400)
    try:
        kept = _keep(form.text.data.replace("\r\n", "\n"))
    except PlanErrors as errors:
        return _edit(service, form.text.data, wrong=_said(errors), status=400)
    return redirect(url_for("pages.office_workaround", service=kept, saved="1"))


@pages.get("/office/workarounds/<service>.yaml")
@action("plans.manage")
def one_workaround(service: str) -> Response:
    """The file as it was written."""
    text = queries.texts(current_person().site).get(service)
    if text is None:
        raise NotFound("There are no workarounds for this service.")
    return _file(text.encode(), f"{service}.yaml", "application/yaml")


@pages.get("/print/workarounds")
@action("print")
def print_workarounds() -> Response:
    """On paper, service by service; with `?unit=icu` what counts there, with `?service=ehr` that one."""
    view = queries.paper(
        current_person().site, unit=request.args.get("unit", "")[:60], service=request.args.get("service", "")[:60],
        language=language(),
    )  # fmt: skip
    return show("pages/print_workarounds.html", site=view.site, paper=view)


def _keep(text: str) -> str:
    person = current_person()
    queries.refuse_unknown_service(person.site, text)
    return keep_workarounds(text, site=person.site, attestation=attest_now(person.id, person.name))


def _list(wrong: list[str] | None = None, *, status: int = 200) -> Response:
    lines = queries.lines(current_person().site)
    form = FileForm(formdata=None)
    return show("pages/office_workarounds.html", lines=lines, form=form, wrong=wrong or [], status=status)


def _edit(
    service: str, text: str, *, wrong: list[str] | None = None, saved: bool = False, status: int = 200
) -> Response:
    view = queries.edited(current_person().site, service[:60], text, language=language())
    form = EditForm(formdata=None)
    return show("pages/office_workaround.html", one=view, form=form, wrong=wrong or [], saved=saved, status=status)


def _said(errors: PlanErrors) -> list[str]:
    return [str(gettext("Line %(line)s: %(what)s", line=one.line, what=one.sentence)) for one in errors.problems]


def _file(content: bytes, name: str, mimetype: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
