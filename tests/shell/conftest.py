"""The shell alone in a bare Flask application: its rules must hold without the rest of the product."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.shell import register

ROOT = Path(__file__).resolve().parents[2]


class ReadingClient(FlaskClient):
    """Reads every answer to its end, so that the files behind static answers are closed."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture(scope="session")
def shell_app() -> Flask:
    flask_app = Flask("app", static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    flask_app.test_client_class = ReadingClient
    register(flask_app)
    return flask_app


@pytest.fixture
def visitor(shell_app: Flask) -> FlaskClient:
    """Somebody without an account or a cookie."""
    return shell_app.test_client()
