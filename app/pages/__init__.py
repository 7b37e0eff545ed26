"""The pages that the server renders: public status, sign-in, paper, timeline, refusals, and the styleguide."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

SUBJECTS = (
    *("public", "calendar", "sign_in", "paper", "record", "updates", "guide", "embed", "health"),
    *("ward", "wall", "screens", "office_delivery", "office_workarounds", "command", "packets"),
    *("office_plans", "office_plan_files", "office_forms"),
)


def register(app: Flask) -> None:
    """Attach the pages. Their templates use `static_url`, which the shell gives."""
    from app.pages.public.framing import framing_origins
    from app.pages.public.kept import Kept
    from app.pages.routes import language, refusals
    from app.pages.routes.feeds import feeds
    from app.pages.routes.page import pages

    for subject in SUBJECTS:
        import_module(f"app.pages.routes.{subject}")
    framing_origins(app.extensions["settings"].embed_origins)  # a mistyped one stops the start with its name
    app.extensions["public_kept"] = Kept()
    app.extensions["ward_kept"] = {}
    app.extensions["wall_kept"] = {}
    language.init_app(app)
    refusals.init_app(app)
    app.register_blueprint(pages)
    app.register_blueprint(feeds)
