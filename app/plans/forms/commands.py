"""Taking in the file of a form, and telling phones which files there are."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from app.base.attestation import Attestation
from app.base.errors import AppError, NotFound
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import drop_row, put_row
from app.live.scopes import ref_scope
from app.live.timeline import tell
from app.people.person import Person
from app.plans.format import Plan
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
    digest = digest_of(data)
    with write() as work:
        found = plan_in_force(plan)
        form = next((one for one in found.attachments if one.code == code), None)
        if form is None:
            raise NotFound("This plan names no such form.")
        if work.session.execute(select(FormFile.digest).where(FormFile.digest == digest)).first() is None:
            work.session.execute(insert(FormFile), [{"digest": digest, "data": data}])
        mine = (PlanForm.plan == plan, PlanForm.code == code, PlanForm.version == form.version)
        if work.session.execute(select(PlanForm.digest).where(*mine)).scalar() == digest:
            return digest
        work.session.execute(delete(PlanForm).where(*mine))
        values = {
            "plan": plan, "code": code, "version": form.version, "digest": digest, "size": len(data),
            "by": actor.id, "by_name": actor.name, "at": work.now,
        }  # fmt: skip
        work.session.execute(insert(PlanForm), [values])
        put_form_rows(work, found, actor.site)
        tell(work, "plan.form_kept", attestation, title=form.title, version=form.version, plan=plan)
    return digest


def put_form_rows(work: UnitOfWork, plan: Plan, site: str) -> None:
    """Put the rows of a plan's forms; one whose version has no file is taken off the phones."""
    for row_id, body in form_rows(plan).items():
        if body is None:
            drop_row(work, ref_scope(site), row_id, "document")
        else:
            put_row(work, ref_scope(site), row_id, "document", body)
