"""The PWA shell: the page that starts without a network, its worker, its manifest and the security headers."""

from __future__ import annotations

import tomllib
from pathlib import Path

from flask import Flask
from markupsafe import Markup

from app.shell.csp import content_security_policy
from app.shell.headers import register_headers
from app.shell.kept import FOLDER
from app.shell.release import Release
from app.shell.routes import shell

PROJECT_FILE = Path(__file__).resolve().parents[2] / "pyproject.toml"


def project_version() -> str:
    return str(tomllib.loads(PROJECT_FILE.read_text())["project"]["version"])


def register(app: Flask) -> None:
    """Read the static files once and serve them. Expects the app's static and template folders to be set.

    Templates get `static_url(path)` and `import_map`. `app.extensions["build"]` is what a phone hears as `app.ver`:
    the project's version, a plus sign, and the build.
    """
    if app.static_folder is None:
        raise ValueError("the shell needs the app's static folder")
    release = Release(
        static_folder=Path(app.static_folder),
        kept=Path(app.instance_path) / FOLDER,
        templates=app.jinja_env,
        app_version=project_version(),
        demo=bool(getattr(app.extensions.get("settings"), "demo", False)),
    )
    app.extensions["shell"] = release
    app.extensions["build"] = release.app_version
    # Our own JSON of our own paths, and it must reach the page byte for byte: the policy allows exactly its hash.
    import_map = Markup(release.import_map)  # noqa: S704
    app.jinja_env.globals.update(static_url=release.static_url, import_map=import_map)
    app.register_blueprint(shell)
    register_headers(app, policy=content_security_policy([release.import_map]))
