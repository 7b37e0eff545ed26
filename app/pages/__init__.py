"""The pages that the server renders: public status, sign-in, paper, timeline, refusals, and the styleguide."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

SUBJECTS = ("public", "sign_in", "paper", "record", "updates", "guide")


def register(app: Flask) -> None:
    """Attach the pages. Their templates use `static_url`, which the shell gives."""
    from app.pages.routes import language, refusals
    from app.pages.routes.page import pages

    for subject in SUBJECTS:
        import_module(f"app.pages.routes.{subject}")
    language.init_app(app)
    refusals.init_app(app)
    app.register_blueprint(pages)
