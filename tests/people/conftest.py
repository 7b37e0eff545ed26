"""Every test of people stands in the small hospital, at an instant that the test moves, in an app that they share."""

from __future__ import annotations

import pytest
from flask import Flask

from app.base import clock as base_clock, meta
from tests.cast import founded
from tests.conftest import FakeClock
from tests.databases import Content, Databases
from tests.people.cast import found_hospital
from tests.shared_app import app

__all__ = ["app"]


@pytest.fixture(scope="session")
def small_hospital(run_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What a database with the small hospital in it holds; made once, at the instant in which tests begin."""
    base_clock.set_source(FakeClock().now)
    content = founded(run_databases, tmp_path_factory.mktemp("small"), found_hospital)
    base_clock.set_source(None)
    return content


@pytest.fixture(autouse=True)
def hospital(app: Flask, small_hospital: Content, clock: FakeClock, run_databases: Databases) -> None:
    run_databases.refill(app, small_hospital)
    meta.forget()
