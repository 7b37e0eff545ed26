"""One state of everything the phone downloads, read from disk once when the server starts."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path

from jinja2 import Environment

from app.shell import precache
from app.shell.import_map import import_map_json


def read_hashes(static_folder: Path) -> dict[str, str]:
    """Path under static/ -> content hash, for every file in it."""
    files = (path for path in sorted(static_folder.rglob("*")) if path.is_file())
    return {path.relative_to(static_folder).as_posix(): precache.content_hash(path.read_bytes()) for path in files}


class Release:
    """The static files of this server process, the shell that starts them and the worker that keeps them."""

    def __init__(self, *, static_folder: Path, templates: Environment, app_version: str, demo: bool = False) -> None:
        self.static_folder = static_folder
        self.hashes = read_hashes(static_folder)
        self.build = precache.build_id(self.hashes)
        # The number orders versions (`app.min`), the build tells two states of the same number apart.
        self.app_version = f"{app_version}+{self.build}"
        lock = json.loads((static_folder / "vendor" / "vendor.lock.json").read_text())
        self.import_map = import_map_json(lock, build=self.build)
        self.demo = demo
        self._templates = templates

    def static_url(self, path: str) -> str:
        """The immutable address of a static file. Raises KeyError for a file that does not exist."""
        if path not in self.hashes:
            raise KeyError(f"no static file {path}")
        return precache.build_url(self.build, path)

    @cached_property
    def shell(self) -> bytes:
        """The one public page of the app. Rendered without request, session or user, so anybody may keep it."""
        return self._templates.get_template("shell/index.html").render(release=self).encode()

    @cached_property
    def worker(self) -> str:
        """The text of /sw.js."""
        entries = precache.precache_entries(self.hashes, build=self.build, shell_hash=precache.content_hash(self.shell))
        parts = (self.static_folder / part for part in precache.WORKER_PARTS)
        source = "\n".join(part.read_text() for part in parts)
        return precache.worker_script(entries, build=self.build, worker_source=source)
