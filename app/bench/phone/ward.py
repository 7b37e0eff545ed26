"""A ward with 504 steps in sight (and 60 that wait for their time), 2,000 rows, and a nurse who can sign in."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from app.base.db import db
from app.base.settings import Settings
from app.base.unit_of_work import write
from app.bench.town import Town, found_town
from app.factory import create_app
from app.live.rows import put_row
from app.live.scopes import unit_scope
from app.people.models import User
from app.people.passwords import hash_secret

STEPS_A_CARD = 47
ROWS = 2_000
PASSWORD = "bench"
NURSE = "p0"


def found_ward(data_dir: Path) -> Town:
    """Make it. Twelve cards of 42 steps and five later ones; documents fill the unit's scope up to ROWS."""
    town = found_town(data_dir, units=1, phones=1, steps=STEPS_A_CARD)
    unit = town.phones[0].unit
    app = create_app(Settings(data_dir=data_dir), with_hints=False)
    with app.app_context():
        kept = hash_secret(PASSWORD)
        with write() as work:
            work.session.execute(update(User).where(User.username == NURSE).values(password_hash=kept))
            for number in range(ROWS - len(town.tasks[unit])):
                body = {"title": f"Form {number}", "file": f"form-{number}.pdf", "version": "1"}
                put_row(work, unit_scope(unit), f"form-{number}", "document", body, fresh=True)
        db.session.remove()
        db.engine.dispose()
    return town
