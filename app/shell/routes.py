"""The public addresses of the app on the phone: shell, worker, manifest, static files of one build."""

from __future__ import annotations

import json

from flask import Blueprint, Response, abort, current_app, request, send_from_directory

from app.people.guard import action
from app.shell.manifest import manifest
from app.shell.precache import BUILD_URL_PREFIX
from app.shell.release import Release

shell = Blueprint("shell", __name__)

IMMUTABLE = "public, max-age=31536000, immutable"


def current_release() -> Release:
    release: Release = current_app.extensions["shell"]
    return release


def revalidated(body: bytes | str, mimetype: str) -> Response:
    """A response that the browser may keep but must ask about every time."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@shell.get("/app/")
@shell.get("/app/<path:screen>")
@action("public")
def show_app(screen: str = "") -> Response:
    """Every address of the app is the same page; the phone decides what it shows."""
    return revalidated(current_release().shell, "text/html")


@shell.get("/sw.js")
@action("public")
def service_worker() -> Response:
    return revalidated(current_release().worker, "text/javascript")


@shell.get("/manifest.webmanifest")
@action("public")
def web_manifest() -> Response:
    return revalidated(json.dumps(manifest()), "application/manifest+json")


@shell.get(f"{BUILD_URL_PREFIX}/<build>/<path:path>")
@action("public")
def build_file(build: str, path: str) -> Response:
    """A static file of this build. Another build's address is unknown here: serving today's content under it
    would mix two builds, for ever."""
    release = current_release()
    if build != release.build:
        abort(404)
    response = send_from_directory(release.static_folder, path)
    response.headers["Cache-Control"] = IMMUTABLE
    return response
