"""Taking in the file of a form, and telling phones which files there are."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, delete, insert, select

from app.base.attestation import Attestation
from app.base.errors import AppError, NotFound
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import drop_row, put_row
from app.live.scopes import ref_scope
from app.live.timeline import tell
from app.people.person import Person
from app.plans.format import Attachment, Plan
from app.plans.forms.pdf import digest_of, fault_of_pdf
from app.plans.forms.queries import form_rows
from app.plans.models import FormFile, PlanForm
from app.plans.queries import plan_in_force


def keep_form(actor: Person, attestation: Attestation, *, plan: str, code: str, data: bytes) -> str:
    """Keep a PDF as the file of a form in the version that its plan in force names; its digest.

    The same bytes again change nothing. Another file takes the place of the one before for this version; both are kept.
    Raises AppError with a sentence for what is no plain PDF, NotFound for a form that the plan does not name.
    """
    fault = fault_of_pdf(data)
    if fault is not None:
        raise AppError(*fault)
    with write() as work:
        found = plan_in_force(plan)
        form = _form_of(found, code)
        if _digest_kept(work, plan, form) == digest_of(data):
            return digest_of(data)
        digest = _store(work, plan, form, data, by=actor.id, by_name=actor.name)
        put_form_rows(work, found, actor.site)
        tell(work, "plan.form_kept", attestation, title=form.title, version=form.version, plan=plan)
    return digest


def keep_starter_forms(files: Mapping[str, bytes], *, site: str, plan: str) -> None:
    """Keep the files that come with a library, by the codes of the plan's forms.

    A version that has a file already, a hospital's own or this one, keeps it. Raises AppError for what is no plain PDF.
    """
    with write() as work:
        found = plan_in_force(plan)
        for code, data in files.items():
            form = _form_of(found, code)
            if _digest_kept(work, plan, form) is not None:
                continue
            fault = fault_of_pdf(data)
            if fault is not None:
                raise AppError(*fault)
            _store(work, plan, form, data, by="", by_name="Wardlight")
        put_form_rows(work, found, site)


def put_form_rows(work: UnitOfWork, plan: Plan, site: str) -> None:
    """Put the rows of a plan's forms; one whose version has no file is taken off the phones."""
    for row_id, body in form_rows(plan).items():
        if body is None:
            drop_row(work, ref_scope(site), row_id, "document")
        else:
            put_row(work, ref_scope(site), row_id, "document", body)


def _form_of(plan: Plan, code: str) -> Attachment:
    form = next((one for one in plan.attachments if one.code == code), None)
    if form is None:
        raise NotFound("This plan names no such form.")
    return form


def _digest_kept(work: UnitOfWork, plan: str, form: Attachment) -> str | None:
    kept = select(PlanForm.digest).where(*_version_of(plan, form))
    return work.session.execute(kept).scalar()


def _version_of(plan: str, form: Attachment) -> tuple[ColumnElement[bool], ...]:
    return PlanForm.plan == plan, PlanForm.code == form.code, PlanForm.version == form.version


def _store(work: UnitOfWork, plan: str, form: Attachment, data: bytes, *, by: str, by_name: str) -> str:
    digest = digest_of(data)
    if work.session.execute(select(FormFile.digest).where(FormFile.digest == digest)).first() is None:
        work.session.execute(insert(FormFile), [{"digest": digest, "data": data}])
    work.session.execute(delete(PlanForm).where(*_version_of(plan, form)))
    values = {
        "plan": plan, "code": form.code, "version": form.version, "digest": digest, "size": len(data),
        "by": by, "by_name": by_name, "at": work.now,
    }  # fmt: skip
    work.session.execute(insert(PlanForm), [values])
    return digest
