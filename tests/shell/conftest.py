"""The shell alone in a bare Flask application: its rules must hold without the rest of the product."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.shell import register

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def shell_app() -> Flask:
    flask_app = Flask("app", static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    register(flask_app)
    return flask_app


@pytest.fixture
def visitor(shell_app: Flask) -> FlaskClient:
    """Somebody without an account or a cookie."""
    return shell_app.test_client()
