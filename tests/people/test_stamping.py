"""Where the database has lost what renews the stamps, nothing is remembered under them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from app.base.db import db
from app.base.unit_of_work import write
from app.doctor import examine
from app.people.stamping import missing_triggers, remember_only_what_is_stamped
from tests.databases import Databases
from tests.shared_app import app_for_many


@pytest.fixture(scope="module")
def shared_app(run_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """With the memory, also where the run goes without it; and a schema that a test may spoil."""
    with app_for_many(run_databases, tmp_path_factory.mktemp("stamping"), fast_path=True) as made:
        yield made


def test_a_server_remembers_only_where_every_change_is_stamped(app: Flask) -> None:
    remember_only_what_is_stamped(app)
    assert missing_triggers() == []
    assert app.extensions["remembered"] is not None
    assert finding(app) == (True, "The database notes every change of them.")

    on_table = " ON sign_in" if db.engine.dialect.name == "postgresql" else ""
    with write() as work:
        work.session.execute(text(f"DROP TRIGGER rights_sign_in_update{on_table}"))

    remember_only_what_is_stamped(app)
    assert missing_triggers() == ["rights_sign_in_update"]
    assert app.extensions["remembered"] is None
    is_well, sentence = finding(app)
    assert not is_well
    assert "rights_sign_in_update" in sentence


@pytest.mark.postgres
def test_a_trigger_that_is_switched_off_counts_as_missing(app: Flask) -> None:
    with write() as work:
        work.session.execute(text("ALTER TABLE duty DISABLE TRIGGER ALL"))

    assert set(missing_triggers()) >= {"rights_duty_insert", "rights_duty_update", "rights_duty_delete"}


def finding(app: Flask) -> tuple[bool, str]:
    found = next(one for one in examine(app.extensions["settings"]) if one.what == "rights")
    return found.ok, found.sentence
