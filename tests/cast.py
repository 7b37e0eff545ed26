"""The people and the small hospital that tests play with: the demo's cast, one plan of a few steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app.base import meta
from app.base.attestation import by_system
from app.base.db import db
from app.base.ids import named_id
from app.base.settings import Settings
from app.base.unit_of_work import write
from app.factory import create_app
from app.live import hints
from app.people import passwords
from app.people.commands.accounts import add_user
from app.people.commands.cover import put_required_roles
from app.people.commands.reference import store_reference
from app.plans.commands import import_plan
from app.plans.pack import UnitRef
from app.plans.vocabularies import role_rows
from app.services.commands import put_services
from app.services.entry import ServiceEntry
from tests.databases import Content, Databases
from tests.phone import PhonePort

SITE = {"id": "northgate", "name": "Northgate Hospital", "tz": "Europe/London"}
UNITS = (
    ("icu", "Intensive care", "intensive-care"),
    ("5-west", "5 West", "ward"),
    ("pharmacy", "Pharmacy", "pharmacy"),
    ("service-desk", "Service desk", "service-desk"),
    ("command-centre", "Command centre", "command-centre"),
)
CAST = {
    "omar": ("Omar", [("service-desk", "it-lead")]),
    "priya": ("Priya", [("command-centre", "incident-commander")]),
    "ines": ("Ines", [("command-centre", "administrator")]),
    "dana": ("Dana", [("icu", "charge-nurse")]),
    "nia": ("Nia", [("icu", "bedside-nurse")]),
    "bo": ("Bo", [("icu", "bedside-nurse")]),
    "sol": ("Sol", [("5-west", "bedside-nurse")]),
    "max": ("Max", [("5-west", "bedside-nurse")]),
    "kim": ("Kim", [("pharmacy", "pharmacist")]),
    "uri": ("Uri", []),
}
PASSWORD = "a word for tests"
# Hashing is slow on purpose; what it costs is proved in tests/people, and would be half the time of all others.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

PLAN = """\
id: ehr-unplanned
title: EHR down
kind: unplanned
services: [ehr]
summary: Charting and orders are not there.
icon: ehr
do_now: Chart and order on paper.
works: [Viewer, Phones]
level: 2
unit_types: [intensive-care, ward, pharmacy, service-desk, command-centre]
cards:
  - role: bedside-nurse
    title: Bedside nurse
    mission: Keep every patient safe on paper.
    unit_types: [intensive-care, ward]
    steps:
      - code: A1
        do: See every patient.
        due: 10 min
        safety: true
        capture: [{key: patients, label: Patients seen, type: count}]
      - {code: A2, do: Collect the paper charts., due: 15 min}
      - {code: A3, do: Check the pumps., due: 15 min, safety: true}
      - {code: B1, do: Check high-alert doses., due: 30 min, safety: true, two_person: true}
      - {code: B2, do: Look for new orders., due: 60 min, repeat: 60 min, until: TA}
      - {code: F1, do: Stay on paper., due: 5 min}
      - {code: G1, do: Enter doses given., due: 2 h, safety: true}
  - role: charge-nurse
    title: Charge nurse
    mission: Lead the unit on paper.
    unit_types: [intensive-care, ward]
    steps:
      - {code: A1, do: Open the downtime kit., due: 5 min}
      - {code: A2, do: Brief the team., due: 10 min, role_only: true}
      - {code: B1, do: Compare the printed list., due: 30 min, two_person: true, confirm_roles: [bedside-nurse]}
  - role: it-lead
    title: IT lead
    mission: Lead the restoration.
    unit_types: [service-desk]
    steps:
      - {code: A1, do: Open the bridge., due: 5 min}
"""


@dataclass
class Hospital:
    """The small hospital of a test: its app, its people's ids, and phones for them."""

    app: Flask
    ids: dict[str, str]

    def phone(self, username: str, *, device: str | None = None) -> PhonePort:
        """A phone on which the person has just signed in and pulled once."""
        port = PhonePort(self.app.test_client(), username=username, device=device or f"device-{username}")
        port.sign_in(PASSWORD)
        port.pull()
        return port

    def declare(self, **args: Any) -> str:
        """Omar declares; the incident's id."""
        return self.phone("omar", device="desk").declare(**args)


@pytest.fixture(scope="session")
def northgate(run_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What a database with Northgate in it holds; made once, every test starts from it."""
    return founded(run_databases, tmp_path_factory.mktemp("northgate"), lambda: _found(QUICK.hash(PASSWORD)))


def founded(databases: Databases, folder: Path, found: Callable[[], None]) -> Content:
    """What an empty database holds after `found`."""
    url = databases.make(folder)
    app = create_app(Settings(data_dir=folder, database_url=url))
    hints.connect(schedule=None, send=None)  # a hint that goes out later would touch the database that is copied
    with app.app_context():
        found()
        content = databases.keep(app)
        db.engine.dispose()
    meta.forget()
    databases.drop(url)
    return content


@pytest.fixture
def hospital(app: Flask, northgate: Content, run_databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Hospital:
    """Northgate with the cast, the test plan in force."""
    monkeypatch.setattr(passwords, "_hasher", QUICK)
    run_databases.refill(app, northgate)
    meta.forget()
    return Hospital(app, {name: _id(name) for name in CAST})


def _found(password_hash: str) -> None:
    refs = [UnitRef(unit_id, unit_type) for unit_id, _name, unit_type in UNITS]
    with write() as work:
        meta.put_meta(work, "site", SITE["id"])
        units = [
            {"id": i, "name": n, "short": n[:12], "type": t, "floor": "1", "phone": "4400", "order": order}
            for order, (i, n, t) in enumerate(UNITS)
        ]
        store_reference(work, site=SITE, units=units, roles=role_rows())
        put_required_roles(work, SITE["id"], [("intensive-care", "charge-nurse"), ("pharmacy", "pharmacist")])
        for username, (name, memberships) in CAST.items():
            add_user(
                by_system(), user_id=_id(username), username=username, name=name, password_hash=password_hash,
                memberships=memberships,
            )  # fmt: skip
        put_services(SITE["id"], [ServiceEntry("ehr", "Electronic health record", "Charting and orders", 0)])
        import_plan(PLAN, site=SITE["id"], units=refs, attestation=by_system())


def _id(username: str) -> str:
    return named_id(f"test|{username}")
