"""Every test of people stands in the small hospital, at an instant that the test moves."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.conftest import FakeClock
from tests.people.cast import found_hospital


@pytest.fixture(autouse=True)
def hospital(app: Flask, clock: FakeClock) -> None:
    found_hospital()
