"""Keeping the command chart of a site."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import insert, select, update

from app.base.attestation import Attestation
from app.base.errors import AppError
from app.base.unit_of_work import UnitOfWork, write
from app.live.models import Row
from app.live.rows import drop_row, put_row
from app.live.scopes import ref_scope
from app.live.timeline import tell
from app.people.commands.reference import store_missing_roles
from app.people.commands.successors import put_successors
from app.people.standby.queries import people_by_username
from app.plans.command.format import CommandChart, frame_row, parse_command, position_rows
from app.plans.command.queries import command_text, command_unit
from app.plans.models import CommandFile


def put_command(text: str, *, site: str, attestation: Attestation, source: str = "command") -> None:
    """Keep a file's exact text as the site's command chart: its positions become roles, its successors may take them.

    Raises PlanErrors for a file with faults; AppError for a user name that is not known, and for a site without a
    command centre. Repeating it changes nothing.
    """
    chart = parse_command(text, source=source)
    with write() as work:
        unit = command_unit(site)
        if unit is None:
            raise AppError("no_command_centre", "There is no unit of the type command-centre here.")
        people = people_by_username({name for names in chart.successors.values() for name in names})
        _refuse_unknown(chart, people)
        if command_text(site) != text:
            _keep(work, site, text, attestation)
            tell(work, "command.changed", attestation)
        store_missing_roles(work, site, [one.model_dump() for one in chart.positions])
        ranked = {code: [people[name]["id"] for name in names] for code, names in chart.successors.items()}
        put_successors(work, unit, ranked)
        _put_rows(work, site, unit, chart, people)


def _refuse_unknown(chart: CommandChart, people: Mapping[str, Mapping[str, str]]) -> None:
    unknown = sorted({name for names in chart.successors.values() for name in names} - people.keys())
    if unknown:
        raise AppError("no_such_person", f"There is no account “{unknown[0]}”.", names=unknown)


def _keep(work: UnitOfWork, site: str, text: str, attestation: Attestation) -> None:
    said = {"text": text, "changed_at": work.now, "by_name": attestation.actor_name}
    changed = update(CommandFile).where(CommandFile.site == site).values(**said).returning(CommandFile.site)
    if work.session.execute(changed).scalar() is None:
        work.session.execute(insert(CommandFile), [{"site": site, **said}])


def _put_rows(work: UnitOfWork, site: str, unit: str, chart: CommandChart, people: dict[str, dict[str, str]]) -> None:
    scope, bodies = ref_scope(site), position_rows(chart, people)
    put_row(work, scope, "command", "command", frame_row(chart, unit))
    for row_id, body in bodies.items():
        put_row(work, scope, row_id, "position", body)
    stored = select(Row.id).where(Row.scope == scope, Row.deleted.is_(False), Row.type == "position")
    for row_id in work.session.execute(stored).scalars().all():
        if row_id not in bodies:
            drop_row(work, scope, row_id, "position")
