"""A hospital to measure in: units, one person with one phone each, and an incident with every card in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import insert, select

from app.base.attestation import attest_now, by_system
from app.base.db import db
from app.base.ids import named_id, uuid7
from app.base.meta import epoch, put_meta
from app.base.outcome import Outcome
from app.base.settings import Settings
from app.base.unit_of_work import UnitOfWork, write
from app.factory import create_app
from app.people.commands.accounts import add_user
from app.people.commands.reference import store_reference
from app.people.models import Device, PushToken, SignIn
from app.people.person import Person
from app.people.queries import person_of
from app.plans.commands import import_plan
from app.plans.pack import UnitRef
from app.plans.vocabularies import role_rows
from app.response.commands.incidents import declare_incident
from app.response.models import Task
from app.schema import upgrade_schema

SITE = "bench"
PLAN = "bench-plan"
STEPS = 14
SECOND_PHASE_STEPS = 5
ROLES_WITH_CARDS = 12


@dataclass(frozen=True)
class Phone:
    """A person's phone: what it needs to push and to pull."""

    user: str
    device: str
    token: str
    cookie: str
    unit: str


@dataclass(frozen=True)
class Town:
    """A seeded data folder. `tasks` are the open tasks of each unit, in card order."""

    data_dir: Path
    epoch: str
    lead: Phone
    phones: list[Phone]
    tasks: dict[str, list[str]]
    incident: str


def plan_text(roles: Sequence[str], steps: int) -> str:
    """A plan with a card of that many steps for every role."""
    codes = [f"A{n}" for n in range(1, steps - SECOND_PHASE_STEPS + 1)]
    codes += [f"B{n}" for n in range(1, SECOND_PHASE_STEPS + 1)]
    head = (
        f"id: {PLAN}\ntitle: EHR down\nkind: unplanned\nservices: [ehr]\nsummary: Charting and orders are not there.\n"
        "icon: ehr\ndo_now: Chart and order on paper.\nworks: [Viewer]\nlevel: 2\nunit_types: [ward]\ncards:\n"
    )
    cards = (
        f"  - role: {role}\n    title: {role}\n    mission: Keep every patient safe on paper.\n"
        "    unit_types: [ward]\n    steps:\n"
        + "".join(f"      - {{code: {code}, do: Do what card {code} says., due: {10 + 5 * i} min}}\n"
                  for i, code in enumerate(codes))
        for role in roles
    )  # fmt: skip
    return head + "".join(cards)


def found_town(
    data_dir: Path, *, units: int, phones: int, declare: bool = True, database_url: str = "", steps: int = STEPS
) -> Town:
    """Make the hospital, its people and their phones; with `declare` an incident runs and all tasks are open."""
    data_dir.mkdir(parents=True, exist_ok=True)
    app = create_app(Settings(data_dir=data_dir, database_url=database_url), with_hints=False)
    upgrade_schema(app)
    with app.app_context():
        history = epoch()
        names = [f"ward-{number:03d}" for number in range(units)]
        roles = [str(role["code"]) for role in role_rows()][:ROLES_WITH_CARDS]
        _store_hospital(names, roles, steps)
        with write() as work:
            lead = _add_phone(app, work, "lead", names[0], "it-lead")
            people = [_add_phone(app, work, f"p{n}", names[n % units], "bedside-nurse") for n in range(phones)]
        incident = uuid7()
        if declare:
            declare_in_town(lead.user, incident)
        tasks = _tasks_by_unit(names)
        db.session.remove()
        db.engine.dispose()
    return Town(data_dir, history, lead, people, tasks, incident)


def _store_hospital(names: Sequence[str], roles: Sequence[str], steps: int) -> None:
    units = [
        {"id": name, "name": name, "short": name[:12], "type": "ward", "floor": "1", "phone": "", "order": order}
        for order, name in enumerate(names)
    ]
    with write() as work:
        put_meta(work, "site", SITE)
        store_reference(work, site={"id": SITE, "name": "Bench", "tz": "UTC"}, units=units, roles=role_rows())
        refs = [UnitRef(name, "ward") for name in names]
        import_plan(plan_text(roles, steps), site=SITE, units=refs, attestation=by_system())


def _add_phone(app: Flask, work: UnitOfWork, name: str, unit: str, role: str) -> Phone:
    user = add_user(
        by_system(), username=name, name=name, password_hash="-", memberships=[(unit, role)], user_id=named_id(name)
    )
    device, token, sign_in, life = f"device-{name}", f"token-{name}", uuid7(), work.now + timedelta(days=1)
    session, now = work.session, work.now
    session.execute(
        insert(Device),
        [{"id": device, "label": "", "platform": "", "first_seen_at": now, "last_seen_at": now, "last_n": 0,
          "queue_len": 0, "app_version": ""}],
    )  # fmt: skip
    hashed = sha256(token.encode()).hexdigest()
    session.execute(
        insert(PushToken),
        [{"token_hash": hashed, "user": user, "device": device, "created_at": now, "expires_at": life}],
    )
    session.execute(
        insert(SignIn), [{"id": sign_in, "user": user, "device": device, "created_at": now, "expires_at": life}]
    )
    return Phone(user, device, token, _cookie(app, sign_in), unit)


def _cookie(app: Flask, sign_in: str) -> str:
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("the app has no secret")
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({'_user_id': sign_in, '_fresh': True})}"


def declare_in_town(user: str, incident: str) -> None:
    """The lead declares for all units."""
    accepted(
        declare_incident(
            known_person(user), attest_now(user, "lead"), incident=incident, plan=PLAN, title="EHR down", kind="real",
            level=2, services=["ehr"], units=None,
        )
    )  # fmt: skip


def known_person(user: str) -> Person:
    """The person of an id. RuntimeError when there is none."""
    person = person_of(user)
    if person is None:
        raise RuntimeError(f"there is no {user}")
    return person


def accepted(outcome: Outcome) -> None:
    """RuntimeError with the refusal's sentence unless a command has done what it was asked."""
    if outcome.st != "ok":
        raise RuntimeError(outcome.msg)


def _tasks_by_unit(names: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in names}
    for task, unit in db.session.execute(select(Task.id, Task.unit).order_by(Task.unit, Task.role, Task.position)):
        found[unit].append(task)
    return found
