"""Checks of an installation, each with a sentence that says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from app.base.db import db
from app.base.meta import meta
from app.base.settings import Settings
from app.factory import create_app
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
    app = create_app(settings, with_hints=False)
    with app.app_context():
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


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.data_dir).free
    return Finding("disk", free > FREE_BYTES_WANTED, f"{free // 1_000_000:,} MB free.")


CHECKS: tuple[Callable[[Settings], Finding], ...] = (_database, _durability, _site, _plans, _disk)
