"""The office's page of downtime forms and review dates: upload, print list; and the files themselves."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from flask import Response, abort, redirect, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import FileField

from app.base import clock
from app.base.attestation import attest_now
from app.base.errors import AppError
from app.pages.queries import this_site
from app.pages.routes.page import pages, show
from app.people.guard import action, current_person
from app.plans.forms.commands import keep_form
from app.plans.forms.pdf import MOST_BYTES, is_digest
from app.plans.forms.queries import form_bytes, form_entries
from app.plans.reviews.queries import reviews_due

FORM_OVERHEAD_BYTES = 20_000
# A file that only shows pages: it runs nothing, loads nothing, and stands in no frame of others.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


class UploadForm(FlaskForm):  # type: ignore[misc]
    """The file of one form."""

    file = FileField()


@pages.get("/office/forms")
@action("plans.manage")
def office_forms() -> Response:
    """Plans to read again, and every form with its file or without."""
    return _page(saved=bool(request.args.get("saved")))


@pages.post("/office/forms/<plan>/<code>")
@action("plans.manage")
def take_in_form(plan: str, code: str) -> BaseResponse:
    """Keep a PDF as the file of a form."""
    request.max_content_length = MOST_BYTES + FORM_OVERHEAD_BYTES
    form = UploadForm()
    if not form.validate_on_submit() or not form.file.data:
        return _page(wrong=str(gettext("Choose a file first.")), status=400)
    try:
        person = current_person()
        data = form.file.data.read(MOST_BYTES + 1)
        keep_form(person, attest_now(person.id, person.name), plan=plan, code=code, data=data)
    except AppError as error:
        return _page(wrong=error.sentence, status=error.status)
    return redirect(url_for("pages.office_forms", saved="1"))


@pages.get("/office/forms/print")
@action("plans.manage")
def print_forms() -> Response:
    """Which forms belong into the kits, in which version."""
    return show("pages/print_forms.html", forms=form_entries(), printed_at=clock.now())


@pages.get("/forms/<digest>.pdf")
@action("plans.view")
def form_file(digest: str) -> Response:
    """The file of this name, for ever the same."""
    data = form_bytes(digest) if is_digest(digest) else None
    if data is None:
        abort(404)
    response = Response(data, mimetype="application/pdf")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Disposition"] = f'inline; filename="form-{digest[:8]}.pdf"'
    response.headers["Content-Security-Policy"] = PDF_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _page(*, wrong: str = "", saved: bool = False, status: int = 200) -> Response:
    today: date = clock.now().astimezone(ZoneInfo(this_site().tz)).date()
    reviews, forms = reviews_due(today), form_entries()
    return show(
        "pages/office_forms.html", reviews=reviews, forms=forms, form=UploadForm(), wrong=wrong, saved=saved,
        status=status,
    )  # fmt: skip
