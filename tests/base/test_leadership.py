"""Of several processes one leads, and another takes over when it is gone."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from app.base import leadership
from app.base.db import db, engine_options
from app.base.leadership import Leadership

# Of this database only: the server belongs to other workers too, whose writers hold such locks. It waits for the end.
END_OF_THE_LEADER = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND granted AND datname = current_database()
"""


@pytest.fixture(autouse=True)
def looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leadership, "LOOK_EVERY_SECONDS", 0.0)


def test_one_leads_and_another_takes_over_when_its_line_is_cut(app: Flask) -> None:
    url = db.engine.url.render_as_string(hide_password=False)
    engines = [create_engine(url, **engine_options(url)) for _ in range(2)]
    first, second = (Leadership(engine) for engine in engines)

    if db.engine.dialect.name == "sqlite":
        assert first.leads() and second.leads()  # a file has one process, which leads
        return
    assert [first.leads(), second.leads(), first.leads()] == [True, False, True]
    with db.engine.connect() as admin:  # as when its process is killed
        assert admin.execute(text(END_OF_THE_LEADER)).scalars().all() == [True]

    assert [second.leads(), first.leads(), second.leads()] == [True, False, True]
    for engine, one in zip(engines, (first, second), strict=True):
        one.let_go()
        engine.dispose()


def test_while_the_database_is_away_nobody_leads() -> None:
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/none"

    assert not Leadership(create_engine(nowhere)).leads()
