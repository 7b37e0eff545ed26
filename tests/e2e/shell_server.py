"""Serves the shell from a copy of the static files, so that a test may change them, stop it and start it again.

python shell_server.py SITE_FOLDER PORT [PATH_THAT_REDIRECTS]
"""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Flask, redirect, request
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.shell import register  # noqa: E402


def build_app(site: Path, redirecting: str | None) -> Flask:
    app = Flask(
        "app", instance_path=str(site), static_folder=str(site / "static"), template_folder=str(site / "templates")
    )
    register(app)

    @app.get("/sign-in")
    def sign_in() -> str:
        return "<form>Who are you?</form>"

    @app.before_request
    def redirect_one_file() -> Response | None:
        return redirect("/sign-in") if redirecting and request.path.endswith(redirecting) else None

    return app


if __name__ == "__main__":
    redirecting_path = sys.argv[3] if len(sys.argv) > 3 else None
    make_server(
        "127.0.0.1", int(sys.argv[2]), build_app(Path(sys.argv[1]), redirecting_path), threaded=True
    ).serve_forever()
