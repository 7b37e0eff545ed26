"""The public addresses of the app on the phone: shell, worker, manifest, static files of one build."""

from __future__ import annotations

import json
import mimetypes

from flask import Blueprint, Response, abort, current_app, request

from app.people.guard import action
from app.shell.manifest import manifest
from app.shell.precache import BUILD_URL_PREFIX
from app.shell.release import Release
from app.shell.squeeze import ENCODINGS

shell = Blueprint("shell", __name__)

# Not from the machine's own list: a module with another type does not run.
TYPES = {"js": "text/javascript", "mjs": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
COMPRESSIBLE = ("text/", "image/svg", "application/json")
COMPRESS_FROM_BYTES = 512
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
    try:
        content = release.content(path) if build == release.build else None
    except KeyError:
        content = None
    if content is None:
        abort(404)
    mimetype = TYPES.get(path.rpartition(".")[2]) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = as_small_as_understood(content, mimetype)
    response.headers["Cache-Control"] = IMMUTABLE
    return response


def as_small_as_understood(content: bytes, mimetype: str) -> Response:
    """A file, compressed if that pays and the browser can read it."""
    if not mimetype.startswith(COMPRESSIBLE) or len(content) < COMPRESS_FROM_BYTES:
        return Response(content, mimetype=mimetype)
    encoding = next((name for name in ENCODINGS if request.accept_encodings.quality(name) > 0), None)
    body = current_release().kept.get(encoding, content) if encoding else content
    response = Response(body, mimetype=mimetype)
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response
