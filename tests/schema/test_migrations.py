"""The migrations make exactly the tables of the models, and can be taken back."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.base.db import db
from app.schema import MIGRATIONS, upgrade_schema


def differences() -> list[object]:
    db.session.remove()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))


def test_upgrading_an_empty_database_makes_the_tables_of_the_models(app: Flask) -> None:
    assert differences() == []


def test_upgrading_again_changes_nothing(app: Flask) -> None:
    upgrade_schema(app)

    assert differences() == []


def test_everything_can_be_taken_back_and_made_again(app: Flask) -> None:
    db.session.remove()
    downgrade(directory=str(MIGRATIONS), revision="base")
    left = inspect(db.engine).get_table_names()
    assert left in ([], ["alembic_version"])

    upgrade(directory=str(MIGRATIONS))

    assert differences() == []
