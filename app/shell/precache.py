"""Which files a phone must hold before the network goes, and the names that change when they change. Pure rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

SHELL_URL = "/app/"
BUILD_URL_PREFIX = "/static/b"
# What is joined from js/ and css/ when the server starts.
JOINED = "joined/"
KEPT_FOLDERS = ("icons/", JOINED, "vendor/")
# Scripts that must run when the joined ones do not.
KEPT_FILES = ("js/sw/watchdog.js",)
KEPT_SUFFIXES = (".css", ".js", ".mjs", ".mp3", ".png", ".svg", ".wav", ".webp", ".woff2")
# One script in three files, in this order.
WORKER_PARTS = ("js/sw/worker.js", "js/sw/entries.js", "js/sw/alerts.js")

Entry = tuple[str, str]


def content_hash(content: bytes) -> str:
    """What the worker compares: sha256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_of(pairs: Iterable[tuple[str, str]]) -> str:
    """A short name for a set of (name, hash) pairs, independent of their order."""
    return content_hash(json.dumps(sorted(pairs)).encode())[:16]


def build_id(hashes: Mapping[str, str]) -> str:
    """The name of one state of all static files; any changed, added or removed file changes it."""
    return digest_of(hashes.items())


def build_url(build: str, path: str) -> str:
    """Where a static file of one build lives for ever. Relative imports stay inside the build."""
    return f"{BUILD_URL_PREFIX}/{build}/{path}"


def is_precached(path: str) -> bool:
    """Whether the app on the phone may need this static file without a network."""
    return path in KEPT_FILES or (path.startswith(KEPT_FOLDERS) and path.endswith(KEPT_SUFFIXES))


def precache_entries(hashes: Mapping[str, str], *, build: str, shell_hash: str) -> list[Entry]:
    """(URL, hash) of everything the worker installs; the shell stands first."""
    kept = sorted(path for path in hashes if is_precached(path))
    return [(SHELL_URL, shell_hash)] + [(build_url(build, path), hashes[path]) for path in kept]


def precache_version(entries: Iterable[Entry], *, worker_hash: str) -> str:
    """The name of one worker with its list: a new name is exactly what a browser sees as an update."""
    return digest_of([*entries, ("/sw.js", worker_hash)])


def worker_script(entries: list[Entry], *, build: str, worker_source: str) -> str:
    """The text of /sw.js: the list in front, then the worker that reads it."""
    version = precache_version(entries, worker_hash=content_hash(worker_source.encode()))
    precache = {"version": version, "build": build, "shell": SHELL_URL, "entries": entries}
    return f"const PRECACHE = {json.dumps(precache, indent=1)};\n\n{worker_source}"
