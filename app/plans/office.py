"""What the office sees of plans: every plan with how far it is, its versions with their signatures, its readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.base.db import db
from app.base.errors import NotFound
from app.people.queries import people_by_unit, units
from app.plans.diff import card_changes
from app.plans.drafts import Draft, draft_of, title_of
from app.plans.models import PlanApproval, PlanDraft, PlanReading, PlanRecord, PlanVersion
from app.plans.queries import plan_at, version_in_force

# How near to being in force a version is: what a plan's own state is taken from.
STATES = ("in_force", "approved", "review", "draft", "retired")


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A person's yes to a version."""

    part: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class VersionEntry:
    """A version of a plan in the office. `replaces` is the one that was in force before it."""

    version: str
    state: str
    created_at: datetime
    by: str | None
    by_name: str
    replaces: str | None
    returned: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, kw_only=True)
class PlanOverview:
    """A plan in the office's list; `states` are those of its versions, the nearest to being in force first."""

    id: str
    title: str
    kind: str
    states: tuple[str, ...]
    owner: str
    review_by: date | None
    is_overdue: bool
    draft_by: str
    version: str | None


@dataclass(frozen=True)
class Reader:
    """A person whose card has changed, and when they said that they have read it, if they have. `role` is a code."""

    name: str
    role: str
    unit: str
    read_at: datetime | None


def plan_overviews(today: date) -> tuple[PlanOverview, ...]:
    """Every plan that has a version or a draft, by title."""
    states: dict[str, list[tuple[int, str]]] = {}
    for plan, version, state in db.session.execute(select(PlanVersion.plan, PlanVersion.version, PlanVersion.state)):
        states.setdefault(plan, []).append((STATES.index(state), version))
    drafts = {row.plan: row for row in db.session.execute(select(PlanDraft.plan, PlanDraft.text, PlanDraft.by_name))}
    known = {row.id: row for row in db.session.execute(select(PlanRecord.id, PlanRecord.title, PlanRecord.kind))}
    found = [
        _overview(plan, known[plan].title, known[plan].kind, sorted(held), _name(drafts.get(plan)), today)
        for plan, held in states.items()
    ]
    for plan in drafts.keys() - states.keys():
        found.append(_overview(plan, title_of(drafts[plan].text, plan), "", [], drafts[plan].by_name, today))
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.id)))


def plan_versions_of(plan: str) -> tuple[VersionEntry, ...]:
    """Every version of a plan with its signatures: what is on its way or in force first, then the newest."""
    signatures: dict[str, list[Signature]] = {}
    query = select(PlanApproval).where(PlanApproval.plan == plan).order_by(PlanApproval.at, PlanApproval.part)
    for one in db.session.execute(query).scalars():
        signed = Signature(part=one.part, by=one.by, by_name=one.by_name, at=one.at)
        signatures.setdefault(one.version, []).append(signed)
    rows = db.session.execute(select(PlanVersion).where(PlanVersion.plan == plan)).scalars()
    found = [
        VersionEntry(
            version=row.version, state=row.state, created_at=row.created_at, by=row.by, by_name=row.by_name or "",
            replaces=row.replaces, returned=row.returned or "", signatures=tuple(signatures.get(row.version, ())),
        )
        for row in rows
    ]  # fmt: skip
    newest_first = sorted(found, key=lambda one: one.created_at, reverse=True)
    return tuple(sorted(newest_first, key=lambda one: ("review", "approved", "draft", *STATES).index(one.state)))


def plan_title(plan: str) -> str:
    """What a plan is called now, or in its draft. NotFound for one that is nowhere."""
    version = version_in_force(plan)
    if version is not None:
        return plan_at(plan, version).title
    title = db.session.execute(select(PlanRecord.title).where(PlanRecord.id == plan)).scalar()
    draft: Draft | None = draft_of(plan)
    if title is None and draft is None:
        raise NotFound("There is no such plan here.", plan=plan)
    return title or title_of(draft.text if draft else "", plan)


def readers_of(plan: str) -> tuple[Reader, ...]:
    """Whose card differs in the version in force, and who of them has read it; unread first, then by unit and name."""
    version = version_in_force(plan)
    entry = next((one for one in plan_versions_of(plan) if one.version == version), None)
    if version is None or entry is None or entry.replaces is None:
        return ()
    now = plan_at(plan, version)
    roles = {change.role for change in card_changes(plan_at(plan, entry.replaces), now) if change.card != "removed"}
    types = {card.role: card.unit_types for card in now.cards if card.role in roles}
    mine = (PlanReading.plan == plan, PlanReading.version == version)
    read_at = {row.person: row.at for row in db.session.execute(select(PlanReading).where(*mine)).scalars()}
    places = {unit["id"]: unit for unit in units()}
    found = [
        Reader(person.name, role, places[unit]["name"], read_at.get(person.id))
        for unit, people in people_by_unit(roles=roles).items()
        for person in people
        for role in person.roles
        if role in types and places[unit]["type"] in types[role]
    ]
    return tuple(sorted(found, key=lambda one: (one.read_at is not None, one.unit, one.role, one.name)))


def _overview(
    plan: str, title: str, kind: str, held: list[tuple[int, str]], draft_by: str, today: date
) -> PlanOverview:
    """`held`: rank of the state and version, the nearest to being in force first."""
    shown = plan_at(plan, held[0][1]) if held else None
    review_by = date.fromisoformat(shown.review_by) if shown and shown.review_by else None
    in_force = held[0][1] if held and STATES[held[0][0]] == "in_force" else None
    return PlanOverview(
        id=plan, title=shown.title if shown else title, kind=kind, version=in_force, draft_by=draft_by,
        states=tuple(dict.fromkeys(STATES[rank] for rank, _ in held)),
        owner=(shown.owner if shown else None) or "", review_by=review_by,
        is_overdue=bool(in_force and review_by and review_by < today),
    )  # fmt: skip


def _name(draft: object) -> str:
    return str(getattr(draft, "by_name", ""))
