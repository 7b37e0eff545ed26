"""Builds the application from its settings."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

from app import schema
from app.base import errors, settings as settings_module
from app.base.db import db, engine_options, prepare_engine
from app.base.keys import load_keys
from app.base.settings import CHECKOUT, Settings
from app.base.signing import TicketSigner, load_secret
from app.live import hints, sockets
from app.response.queries import any_real_incident_runs
from app.response.shifts import shift_times


def create_app(settings: Settings | None = None, *, async_mode: str = "threading", with_hints: bool = True) -> Flask:
    """An application on its database. `async_mode` is "gevent" in the server, "threading" elsewhere.

    A command that only changes data and ends needs no hints: nobody is connected to it.
    """
    settings = settings or settings_module.from_environment()
    app = Flask(
        "wardlight",
        root_path=str(CHECKOUT / "app"),
        instance_path=str(settings.data_dir.resolve()),
        template_folder=str(CHECKOUT / "templates"),
        static_folder=str(CHECKOUT / "static"),
    )
    shift_times(settings.shift_starts)  # a mistyped time stops the start, not the night
    secret = load_secret(settings.data_dir)
    app.config.update(_flask_config(settings, secret))
    app.extensions["settings"] = settings
    app.extensions["tickets"] = TicketSigner(secret, life_seconds=settings.ticket_seconds)
    app.extensions["keys"] = load_keys(settings.data_dir)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    sockets.init_app(
        app,
        async_mode=async_mode,
        redis_url=settings.redis_url,
        coalesce_ms=settings.hint_coalesce_ms,
        fast_fanout=settings.fans_out_fast,
    )
    if not with_hints:
        hints.connect(schedule=None, send=None)
    schema.init_app(app)
    _register(app)
    return app


def _flask_config(settings: Settings, secret: str) -> dict[str, object]:
    return {
        "SECRET_KEY": secret,
        "SQLALCHEMY_DATABASE_URI": settings.dsn,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.dsn),
        "SESSION_COOKIE_NAME": "wardlight",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "PERMANENT_SESSION_LIFETIME": settings.session_life,
        "MAX_CONTENT_LENGTH": 1_048_576,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _register(app: Flask) -> None:
    """Attach the packages' routes, lowest rung first."""
    import_module("app.models")
    for package in ("people", "delivery", "plans", "broadcasts", "sync", "pages", "shell"):
        import_module(f"app.{package}").register(app)
    app.register_error_handler(errors.AppError, _answer_app_error)
    app.extensions["hold"] = any_real_incident_runs


def _answer_app_error(error: errors.AppError) -> tuple[dict[str, object], int, dict[str, str]]:
    wait = error.facts.get("retry_after")
    return error.to_wire(), error.status, {} if wait is None else {"Retry-After": str(wait)}
