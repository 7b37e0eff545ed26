"""The phone's door: ops come up, rows go down."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Attach the door's routes."""
    from app.base.db import db
    from app.sync.door import Door
    from app.sync.group import Group
    from app.sync.routes import bp

    with app.app_context():
        engine = db.engine
    app.extensions["push_group"] = Group(holds_loop=engine.name == "sqlite")
    app.register_blueprint(bp)
    app.extensions["door"] = None
    if app.extensions["settings"].remembers_sign_ins:
        app.extensions["door"] = Door(
            app.wsgi_app, engine, page_rows=lambda: app.extensions["settings"].snapshot_page_rows
        )
        app.wsgi_app = app.extensions["door"]  # type: ignore[method-assign]
