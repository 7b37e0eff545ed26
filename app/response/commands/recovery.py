"""Coming back: checks of the units, what is still on paper, the all-clear that two people sign."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import current_app
from sqlalchemy import insert, update

from app.base.attestation import Attestation
from app.base.errors import AppError, Conflict, NotAllowed, NotFound
from app.base.outcome import Outcome
from app.base.unit_of_work import UnitOfWork, write
from app.live.rows import put_row
from app.live.scopes import command_scope, ref_scope, site_scope, unit_scope
from app.live.timeline import tell
from app.people.permissions import may
from app.people.queries import unit_name
from app.plans.library import LIBRARY, read_text
from app.plans.recovery_rules import RecoveryRules, parse_recovery
from app.response.authority import Actor, roles_in, roles_lately_in
from app.response.bodies import backlog_body, checks_body, incident_body
from app.response.commands.steps import move_on
from app.response.commands.voices import said_by, voice_of
from app.response.models import Backlog, Incident, UnitCheck
from app.response.queries import backlog_of, checks_of, confirmed_units, incident_of
from app.response.recovery import RECOVERING_STATES, all_signed, firsts, unconfirmed
from app.response.voices import no_voices


@lru_cache(maxsize=1)
def recovery_rules() -> RecoveryRules:
    """The site's rules for coming back."""
    path = LIBRARY / "recovery.yaml"
    return parse_recovery(read_text(path), source=path.name)


def put_recovery_rules(work: UnitOfWork, site: str) -> None:
    """Put the row that every phone holds before it is needed. Repeating it changes nothing."""
    put_row(work, ref_scope(site), "recovery", "recovery", recovery_rules().to_row())


def make_check(
    actor: Actor, attestation: Attestation, *, incident: str, unit: str, check: str, works: bool, note: str = ""
) -> Outcome:
    """Say whether one thing works again in a unit. The newest word of a unit about a check stands.

    Raises NotFound, NotAllowed; Conflict `not_restored` while IT has not brought it back.
    """
    if check not in {one.key for one in recovery_rules().checks}:
        raise NotFound("This check is not asked here any more. Your entry is kept.")
    with write() as work:
        found = _recovering(actor, incident, unit)
        said = {"works": works, "note": note, "by": actor.id, "by_name": actor.name, "at": attestation.occurred_at}
        before = checks_of(incident, unit)
        mine = (UnitCheck.incident == incident, UnitCheck.unit == unit, UnitCheck.check == check)
        if check not in before:
            values = {"incident": incident, "unit": unit, "check": check, **said}
            work.session.execute(insert(UnitCheck), [values])
        elif before[check]["at"] <= attestation.occurred_at:  # an older word that was on its way changes nothing
            work.session.execute(update(UnitCheck).where(*mine).values(**said))
        _put_checks(work, found, unit)
        event = "unit.checked" if works else "unit.check_failed"
        tell(work, event, attestation, incident=incident, unit=unit, unit_name=unit_name(unit), check=check, note=note)
    return Outcome(scope=unit_scope(unit))


def report_backlog(
    actor: Actor,
    attestation: Attestation,
    *,
    incident: str,
    unit: str,
    counts: dict[str, int],
    sampled: int,
    wrong: int,
) -> Outcome:
    """Count what a unit still has on paper, what it compared with the system, and what differed. Numbers only.

    The newest report of a unit stands. AppError `unknown_kind` for a kind that the site does not count.
    """
    unknown = sorted(set(counts) - {one.key for one in recovery_rules().kinds})
    if unknown:
        raise AppError("unknown_count", f"“{unknown[0]}” is not counted here. Your entry is kept.")
    with write() as work:
        found = _recovering(actor, incident, unit)
        before = backlog_of(incident, unit)
        said = {
            "counts": counts,
            "first": firsts(before["first"] if before else {}, counts),
            "sampled": sampled,
            "wrong": wrong,
            "by": actor.id,
            "by_name": actor.name,
            "at": attestation.occurred_at,
        }
        if before is None:
            work.session.execute(insert(Backlog), [{"incident": incident, "unit": unit, **said}])
        elif before["at"] <= attestation.occurred_at:
            work.session.execute(
                update(Backlog).where(Backlog.incident == incident, Backlog.unit == unit).values(**said)
            )
        _put_backlog(work, found, unit)
        left = sum(counts.values())
        tell(work, "unit.counted", attestation, incident=incident, unit=unit, unit_name=unit_name(unit), left=left)
    return Outcome(scope=unit_scope(unit))


def sign_all_clear(actor: Actor, attestation: Attestation, *, incident: str, note: str = "") -> Outcome:
    """Sign the all-clear for IT or for the wards. The first signature proposes it, the second gives it.

    `same_person` when the actor has given the other voice; `reason_needed` without a note while units have not
    confirmed. Once it is given, a further signature is `superseded`.
    """
    with write() as work:
        found = incident_of(incident)
        if found is None or found["site"] != actor.site:
            raise NotFound("This incident is not known here. Your entry is kept.")
        scope = site_scope(found["site"])
        said = found["all_clear"] or no_voices()
        if found["state"] in ("all_clear", "closed"):
            return Outcome(st="superseded", scope=scope, code="somebody_first", msg="The all-clear is given already.")
        if found["state"] != "restored":
            raise Conflict("not_next", "IT has not brought it back yet, so there is no all-clear to sign.")
        voice = voice_of(actor, said)
        left = unconfirmed(found["units"], confirmed_units(incident, _wanted()))
        if left and not note:
            raise AppError("reason_needed", f"{len(left)} units have not confirmed. Say why it is safe all the same.")
        said = {**said, voice: {**said_by(actor, attestation, voice), "note": note}}
        work.session.execute(update(Incident).where(Incident.id == incident).values(all_clear=said))
        signed = {**found, "all_clear": said}
        put_row(work, scope, incident, "incident", incident_body(signed))
        tell(work, "incident.all_clear_signed", attestation, incident=incident, note=note)
        if all_signed(said):
            move_on(work, attestation, signed, to="all_clear", note=note)
    return Outcome(scope=scope)


def needs_two_voices() -> bool:
    """Whether this hospital's all-clear and stand-down are guarded."""
    return bool(current_app.extensions["settings"].recovery_guards)


def _recovering(actor: Actor, incident: str, unit: str) -> Mapping[str, Any]:
    found = incident_of(incident)
    if found is None or unit not in found["units"]:
        raise NotFound("This unit is not part of the incident. Your entry is kept.")
    if not (roles_in(actor, unit) or roles_lately_in(actor, unit) or may(actor.roles, "help.handle")):
        raise NotAllowed("You do not belong to this unit. Your entry is kept.")
    if found["state"] not in (*RECOVERING_STATES, "closed"):
        raise Conflict("not_restored", "IT has not brought it back yet. Stay on paper; check again then.")
    return found


def _wanted() -> list[str]:
    return [one.key for one in recovery_rules().checks]


def _put_checks(work: UnitOfWork, incident: Mapping[str, Any], unit: str) -> None:
    if not incident["retired"]:
        body = checks_body(incident["id"], unit, checks_of(incident["id"], unit), wanted=_wanted())
        for scope in (unit_scope(unit), command_scope(incident["id"])):
            put_row(work, scope, f"check:{incident['id']}:{unit}", "unit_check", body)


def _put_backlog(work: UnitOfWork, incident: Mapping[str, Any], unit: str) -> None:
    stored = backlog_of(incident["id"], unit)
    if stored is not None and not incident["retired"]:
        body = backlog_body(stored, recovery_rules().sample.model_dump())
        for scope in (unit_scope(unit), command_scope(incident["id"])):
            put_row(work, scope, f"backlog:{incident['id']}:{unit}", "backlog", body)
