"""Keeping the workarounds of a site."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, update

from app.base.attestation import Attestation
from app.base.errors import NotFound
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import drop_row, put_row
from app.live.scopes import ref_scope
from app.live.timeline import tell
from app.plans.pack import version_of
from app.plans.queries import site_rewording
from app.plans.workarounds.format import WorkaroundPack, pack_row, parse_workarounds
from app.plans.workarounds.models import WorkaroundFile
from app.plans.workarounds.queries import workaround_files, workaround_id, workaround_text


def put_workaround_file(text: str, *, site: str, attestation: Attestation, source: str = "workarounds") -> str:
    """Keep a file's exact text as what the site does while its service is down; the service's code.

    Raises PlanErrors for a file with faults. Repeating it changes nothing.
    """
    pack = parse_workarounds(text, source=source)
    with write() as work:
        before = workaround_text(site, pack.service)
        if before != text:
            _keep(work, site, pack, text, attestation, fresh=before is None)
            tell(work, "workaround.changed", attestation, title=pack.title.en, service=pack.service)
    return pack.service


def drop_workaround_file(service: str, *, site: str, attestation: Attestation) -> None:
    """Take the workarounds for a service away. NotFound when there are none."""
    mine = (WorkaroundFile.site == site, WorkaroundFile.service == service)
    with write() as work:
        title = work.session.execute(delete(WorkaroundFile).where(*mine).returning(WorkaroundFile.body)).scalar()
        if title is None:
            raise NotFound("There are no workarounds for this service.")
        drop_row(work, ref_scope(site), workaround_id(service), "workaround")
        tell(work, "workaround.removed", attestation, title=title["title"]["en"], service=service)


def refresh_workaround_rows(site: str) -> None:
    """Put the rows again in the words that the site has chosen now."""
    with write() as work:
        for kept in workaround_files(site):
            pack = parse_workarounds(kept["text"], source=kept["service"])
            _put(work, site, pack, kept["version"], {})


def _keep(
    work: UnitOfWork, site: str, pack: WorkaroundPack, text: str, attestation: Attestation, *, fresh: bool
) -> None:
    version = version_of(text)
    said = {"text": text, "version": version, "changed_at": work.now, "by_name": attestation.actor_name}
    if fresh:
        values = {"site": site, "service": pack.service, "body": {}, **said}
        work.session.execute(insert(WorkaroundFile), [values])
    _put(work, site, pack, version, said)


def _put(work: UnitOfWork, site: str, pack: WorkaroundPack, version: str, said: dict[str, Any]) -> None:
    body = pack_row(pack, version, site_rewording())
    mine = (WorkaroundFile.site == site, WorkaroundFile.service == pack.service)
    work.session.execute(update(WorkaroundFile).where(*mine).values(**said, body=body))
    put_row(work, ref_scope(site), workaround_id(pack.service), "workaround", body)
