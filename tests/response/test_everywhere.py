"""Tasks for a whole hospital: the same as those made one by one, and others go on while they are made."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.base import unit_of_work
from app.base.attestation import by_system
from app.base.db import db
from app.base.ids import uuid7
from app.base.models import Event
from app.base.reading import all_records
from app.base.unit_of_work import write
from app.live.models import Row
from app.live.rows import body_text
from app.live.scopes import unit_scope
from app.people.commands.reference import store_reference
from app.plans.commands import import_plan
from app.plans.materialise import materialise
from app.plans.pack import UnitRef
from app.plans.queries import plan_in_force
from app.plans.vocabularies import role_rows
from app.response.bodies import task_body
from app.response.commands import incidents
from app.response.commands.fresh_tasks import clocks_of, task_values
from app.response.models import Incident, Task
from app.response.progress import put_progress
from app.response.queries import incident_of
from tests.cast import SITE, Hospital
from tests.rows import heads

WARDS = [UnitRef(f"ward-{number}", "ward") for number in range(4)]
# 5-west and icu are there already; the plan has no card for the laboratory.
PLACES = [*WARDS, UnitRef("5-west", "ward"), UnitRef("icu", "intensive-care"), UnitRef("lab", "laboratory")]
TASKS = 5 * 5 + 4
PLAN = """\
id: house
title: Everything is down
kind: unplanned
services: [ehr]
summary: Nothing works.
icon: ehr
do_now: Work on “paper”.
works: [Phones]
level: 2
unit_types: [ward, intensive-care, laboratory]
cards:
  - role: bedside-nurse
    title: Bedside nurse
    mission: Keep every patient safe on paper.
    unit_types: [ward, intensive-care]
    steps:
      - code: A1
        do: Count “everybody” in unit ward-1.
        due: 10 min
        safety: true
        capture: [{key: unit, label: unit, type: text}]
        local: {ward-0: The kit is in the “small” store., ward-3: Ask Ö.}
      - {code: A2, do: Collect the charts., due: 15 min, depends_on: [A1]}
      - {code: B1, do: Compare the list., due: 30 min, two_person: true, confirm_roles: [charge-nurse]}
      - {code: B2, do: Look for new orders., due: 60 min, repeat: 60 min, until: TA, local: {ward-3: In the drawer.}}
  - role: charge-nurse
    title: Charge nurse
    mission: Lead the unit.
    unit_types: [ward]
    steps:
      - {code: A1, do: Brief the team., due: 10 min, role_only: true}
"""


@pytest.fixture
def house(hospital: Hospital) -> Hospital:
    """Northgate with more wards, and a plan for all of them."""
    units = [
        {"id": one.id, "name": one.id, "short": one.id, "type": one.type, "floor": "", "phone": "", "order": order}
        for order, one in enumerate(PLACES)
    ]
    with write() as work:
        store_reference(work, site=SITE, units=units, roles=role_rows())
        import_plan(PLAN, site=str(SITE["id"]), units=PLACES, attestation=by_system())
    return hospital


def declare(house: Hospital) -> str:
    return house.declare(plan="house", title="All down", units=None)


def kept_tasks() -> dict[str, dict[str, Any]]:
    return {task["id"]: task for task in all_records(select(Task.__table__))}


def kept_rows() -> dict[tuple[str, str], str]:
    query = select(Row.scope, Row.id, Row.body).where(Row.type == "task")
    return {(scope, row_id): body for scope, row_id, body in db.session.execute(query)}


def test_every_task_and_row_is_the_one_that_would_be_made_alone(house: Hospital) -> None:
    incident = incident_of(declare(house)) or {}

    alone = [
        task_values(seed, incident["id"], "house")
        for place in PLACES
        for seed in materialise(
            plan_in_force("house"), [place], incident=incident["id"], clocks=clocks_of(incident), kind="real"
        )
    ]
    assert len(alone) == TASKS
    assert kept_tasks() == {task["id"]: task for task in alone}
    assert kept_rows() == {(unit_scope(task["unit"]), task["id"]): body_text(task_body(task)) for task in alone}


def test_rows_stand_in_the_order_of_the_card(house: Hospital) -> None:
    declare(house)

    query = select(Row.scope, Row.id, Row.seq).where(Row.type == "task").order_by(Row.scope, Row.seq)
    positions = {task["id"]: (task["role"], task["position"]) for task in kept_tasks().values()}
    orders: dict[str, list[Any]] = {}
    for scope, row_id, _seq in db.session.execute(query):
        orders.setdefault(scope, []).append(positions[row_id])
    assert orders["unit:ward-0"] == orders["unit:5-west"]
    assert [role for role, _position in orders["unit:5-west"]] == ["bedside-nurse"] * 4 + ["charge-nurse"]


def test_counting_every_unit_anew_finds_what_was_counted_once_for_its_type(house: Hospital) -> None:
    found = incident_of(declare(house)) or {}
    before = heads()

    with write() as work:
        put_progress(work, found)

    assert heads() == before
    rows = select(func.count()).where(Row.type == "progress")
    assert db.session.execute(rows).scalar_one() == 5 * 2 + 1


def test_a_failure_in_the_middle_leaves_nothing(house: Hospital, monkeypatch: pytest.MonkeyPatch) -> None:
    omar = house.phone("omar")
    before = heads()
    events = select(func.count()).select_from(Event)
    told = db.session.execute(events).scalar_one()

    def fail(*_args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(incidents, "put_first_progress", fail)
    with pytest.raises(ZeroDivisionError):
        omar.do("incident.declare", incident=uuid7(), plan="house", title="", kind="real", level=2, services=None,
                units=None)  # fmt: skip

    assert (kept_tasks(), kept_rows(), heads()) == ({}, {}, before)
    assert db.session.execute(select(Incident.id)).first() is None
    assert db.session.execute(events).scalar_one() == told


def test_others_read_what_was_before_while_tasks_are_made(house: Hospital, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    counts = [select(func.count()).select_from(table) for table in (Task, Incident)]

    def look() -> None:
        with Session(db.engine) as somebody:
            tasks, found = (somebody.execute(count).scalar_one() for count in counts)
            seen.append((tasks, found))

    monkeypatch.setattr(unit_of_work, "HOLD_AT_MOST_SECONDS", -1)
    monkeypatch.setattr(unit_of_work, "let_others_go_on", look)
    declare(house)

    assert len(seen) > 2 * len(PLACES), "at least once for each unit's tasks and once for its rows"
    assert set(seen) == {(0, 0)}
    look()
    assert seen[-1] == (TASKS, 1)
