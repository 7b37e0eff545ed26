"""The demo hospital: seeded, deterministic, marked as DEMO, never beside real incidents."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect

from app.base.attestation import by_system
from app.base.db import db
from app.base.ids import named_id
from app.base.meta import epoch, meta, put_meta
from app.base.settings import Settings
from app.base.unit_of_work import write
from app.broadcasts.commands.site_rules import take_starter_texts
from app.factory import create_app
from app.hospital import command_with, import_library, required_roles, starter_services
from app.live.timeline import tell
from app.people.commands.accounts import add_user
from app.people.commands.cover import put_required_roles
from app.people.commands.reference import store_reference
from app.people.passwords import hash_secret
from app.plans.command.commands import put_command
from app.plans.demo_file import DemoHospital, parse_demo
from app.plans.library import LIBRARY, read_text
from app.plans.vocabularies import role_rows
from app.schema import upgrade_schema
from app.services.commands import put_services

PASSWORD = "demo"
HOSPITAL_FILE = LIBRARY / "demo" / "northgate.yaml"
OWN_FILES = ("wardlight.db", "wardlight.db-wal", "wardlight.db-shm", "secret.key", "vapid.pem")

ACCOUNTS = (
    ("omar", "IT lead: declares, sends updates"),
    ("priya", "incident commander: the board"),
    ("ines", "administrator and preparedness officer"),
    ("dana", "charge nurse, intensive care"),
    ("nia", "bedside nurse, intensive care"),
    ("sol, max", "bedside nurses, 5 West"),
    ("kim", "pharmacist"),
    ("ade", "laboratory"),
    ("rhea", "registration"),
    ("uri", "no role, no unit: sees the public status only"),
)


class RefusedError(Exception):
    """The demo will not start here."""


def prepare(settings: Settings, *, seed: int, reset: bool, async_mode: str = "gevent") -> Flask:
    """The demo's application: seeded when the folder is empty, else as it was left. RefusedError beside real data."""
    if reset:
        _clear(settings.data_dir)
    app = create_app(settings, async_mode=async_mode, with_hints=async_mode == "gevent")
    with app.app_context():
        _refuse_real_data()
    upgrade_schema(app)
    with app.app_context():
        if not meta("demo"):
            _seed(seed)
        db.session.remove()
    return app


def _refuse_real_data() -> None:
    if inspect(db.engine).has_table("server_meta") and meta("site") and not meta("demo"):
        raise RefusedError("This folder holds a real hospital. The demo never runs beside real incidents.")
    db.session.remove()


def _clear(folder: Path) -> None:
    if not folder.exists():
        return
    database = folder / "wardlight.db"
    if database.exists() and not (folder / "DEMO").exists():
        raise RefusedError(f"{folder} is not a demo hospital; --reset leaves it alone.")
    for name in OWN_FILES:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "files", ignore_errors=True)


def _seed(seed: int) -> None:
    hospital = parse_demo(read_text(HOSPITAL_FILE), source=HOSPITAL_FILE.name)
    epoch()
    with write() as work:
        put_meta(work, "site", hospital.site.id)
        store_reference(
            work,
            site=hospital.site.model_dump(),
            units=[{**unit.model_dump(), "order": order} for order, unit in enumerate(hospital.units)],
            roles=role_rows(),
            contacts=[{**contact.model_dump(), "order": order} for order, contact in enumerate(hospital.contacts)],
        )
        put_required_roles(work, hospital.site.id, required_roles())
    put_services(hospital.site.id, starter_services())
    import_library(hospital.site.id, LIBRARY)
    take_starter_texts(by_system(), hospital.site.id)
    _add_people(hospital, seed)
    put_command(command_with(hospital.successors), site=hospital.site.id, attestation=by_system())
    with write() as work:
        put_meta(work, "demo", str(seed))
        tell(work, "site.seeded", by_system())
    _mark_folder()


def _mark_folder() -> None:
    database = db.engine.url.database
    if db.engine.dialect.name == "sqlite" and database:
        (Path(database).parent / "DEMO").write_text("A demo hospital: invented people, no real incidents.\n")


def _add_people(hospital: DemoHospital, seed: int) -> None:
    shared_hash = hash_secret(PASSWORD)  # one hash for all: sixty of them would take the whole start
    with write():
        for person in hospital.people:
            add_user(
                by_system(),
                user_id=named_id(f"demo|{seed}|{person.username}"),
                username=person.username,
                name=person.name,
                password_hash=shared_hash,
                memberships=[(held.unit, held.role) for held in person.memberships],
            )


def welcome(app: Flask, settings: Settings) -> list[str]:
    """What the start prints: where it is, the accounts, what to try."""
    address = f"http://127.0.0.1:{settings.port}"
    return [
        "",
        "  Wardlight demo hospital (DEMO: invented people, nothing real)",
        f"  {address}        public status",
        f"  {address}/app/   the app (sign in; password for all: {PASSWORD})",
        "",
        *(f"    {name:<10} {what}" for name, what in ACCOUNTS),
        "",
        "  Try: sign in as omar on a narrow window, declare “EHR down”; sign in as nia in another browser,",
        "  tick her card; stop this server, go on ticking, start it again. The board: sign in as priya.",
        "",
        "  Stop with Ctrl-C.",
    ]
