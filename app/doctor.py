"""Checks of an installation, each with a sentence that says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from app.base import clock
from app.base.db import db
from app.base.meta import meta
from app.base.settings import Settings
from app.command_app import command_app
from app.people.stamping import missing_triggers
from app.plans.queries import plan_list

FREE_BYTES_WANTED = 1_000_000_000


@dataclass(frozen=True)
class Finding:
    """One check: what, whether it is well, and a sentence."""

    what: str
    ok: bool
    sentence: str


def examine(settings: Settings) -> list[Finding]:
    """Every check; a check that can't run is a finding, not an error."""
    with command_app(settings):
        return [check(settings) for check in CHECKS]


def _database(settings: Settings) -> Finding:
    try:
        db.session.execute(text("SELECT 1"))
        ready = inspect(db.engine).has_table("alembic_version") and inspect(db.engine).has_table("incident")
    except SQLAlchemyError as error:
        return Finding("database", False, f"It does not answer: {type(error).__name__}.")
    return Finding("database", ready, "It answers." if ready else "It is empty. Run: wardlight init")


def _durability(settings: Settings) -> Finding:
    if db.engine.dialect.name != "sqlite":
        return Finding("durability", True, "PostgreSQL keeps what it has committed.")
    journal = db.session.execute(text("PRAGMA journal_mode")).scalar()
    level = db.session.execute(text("PRAGMA synchronous")).scalar()
    well = journal == "wal" and level == 2
    return Finding("durability", well, f"journal {journal}, synchronous {level}; wanted are wal and 2.")


def _site(settings: Settings) -> Finding:
    try:
        site = meta("site")
    except SQLAlchemyError:
        site = ""
    return Finding("site", bool(site), f"It is {site}." if site else "There is none. Run: wardlight init")


def _plans(settings: Settings) -> Finding:
    try:
        count = len(plan_list())
    except SQLAlchemyError:
        count = 0
    return Finding("plans", count > 0, f"{count} in force.")


def _rights(settings: Settings) -> Finding:
    try:
        missing = missing_triggers()
    except SQLAlchemyError:
        missing = ["all"]
    if not missing:
        return Finding("rights", True, "The database notes every change of them.")
    sentence = f"Triggers are missing: {', '.join(missing)}. Until they are back, every sign-in is looked up anew."
    return Finding("rights", False, sentence)


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.data_dir).free
    return Finding("disk", free > FREE_BYTES_WANTED, f"{free // 1_000_000:,} MB free.")


def _backup(settings: Settings) -> Finding:
    try:
        made, path, demo = meta("backed_up_at"), meta("backed_up_to"), meta("demo")
    except SQLAlchemyError:
        made = path = demo = ""
    if demo:
        return Finding("backup", True, "A demo needs none.")
    if not made:
        return Finding("backup", False, "None was made yet. Run: wardlight backup")
    age = clock.since(clock.from_wire(made))
    well = age <= timedelta(hours=settings.backup_wanted_hours)
    wanted = "" if well else f" At most {settings.backup_wanted_hours} h are wanted. Run: wardlight backup"
    return Finding("backup", well, f"The newest is {age / timedelta(hours=1):.1f} h old: {path}.{wanted}")


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    _database, _durability, _rights, _site, _plans, _disk, _backup,
)  # fmt: skip
