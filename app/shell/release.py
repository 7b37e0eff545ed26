"""One state of everything the phone downloads, read from disk once when the server starts."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import Environment

from app.shell import libraries, precache
from app.shell.import_map import import_map_json, vendored_modules
from app.shell.joined import FIRST, SHARED, joined_parts
from app.shell.kept import KeptCompressed
from app.shell.squeeze import ENCODINGS, smaller
from app.shell.styles import joined_styles

SIGN_IN = "people"  # the part of the page to sign in: who opens the app for the first time sees it first


@lru_cache(maxsize=1)
def read_hashes(static_folder: Path) -> dict[str, str]:
    """Path under static/ -> content hash, for every file in it: as they were when this process first looked."""
    files = (path for path in sorted(static_folder.rglob("*")) if path.is_file())
    return {path.relative_to(static_folder).as_posix(): precache.content_hash(path.read_bytes()) for path in files}


def read_sources(folder: Path, pattern: str) -> dict[str, str]:
    """Path under the folder -> text, for the files that the pattern names."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob(pattern))}


def read_libraries(static_folder: Path) -> dict[str, str]:
    """Bare name -> text, for the libraries that are joined."""
    paths = vendored_modules(json.loads((static_folder / "vendor" / "vendor.lock.json").read_text()))
    return {name: libraries.opened((static_folder / paths[name]).read_text()) for name in libraries.JOINED}


@lru_cache(maxsize=2)
def joined_files(static_folder: Path, build: str) -> dict[str, bytes]:
    """What is joined from one build of the static folder; done once for each build, as it takes a second."""
    parts = joined_parts(read_sources(static_folder / "js", "*.js") | read_libraries(static_folder))
    files = {f"{precache.JOINED}{name}.js": smaller("js", text) for name, text in parts.items()}
    styles = joined_styles(read_sources(static_folder / "css", "*.css"))
    return files | {f"{precache.JOINED}index.css": smaller("css", styles)}


class Release:
    """The static files of this server process, the shell that starts them and the worker that keeps them."""

    def __init__(
        self, *, static_folder: Path, kept: Path, templates: Environment, app_version: str, demo: bool = False
    ) -> None:
        self.static_folder = static_folder
        self.kept = KeptCompressed(kept)
        self.hashes = read_hashes(static_folder)
        self.build = precache.build_id(self.hashes)
        # The number orders versions (`app.min`), the build tells two states of the same number apart.
        self.app_version = f"{app_version}+{self.build}"
        lock = json.loads((static_folder / "vendor" / "vendor.lock.json").read_text())
        self.import_map = import_map_json(lock, build=self.build)
        self._libraries = vendored_modules(lock)
        self.demo = demo
        self._templates = templates

    def static_url(self, path: str) -> str:
        """The immutable address of a static or joined file. Raises KeyError for a file that does not exist."""
        if path not in self.hashes and path not in self.joined:
            raise KeyError(f"no static file {path}")
        return precache.build_url(self.build, path)

    @cached_property
    def joined(self) -> dict[str, bytes]:
        """Path under static/ -> content of the files that are made when the server starts: modules and style sheets
        joined and made smaller. Raises UnreadableModule or ValueError if a source cannot be joined."""
        return joined_files(self.static_folder, self.build)

    @property
    def first_files(self) -> list[str]:
        """What the first screen waits for beside the entry, and the page to sign in: named in the shell, so that a slow
        line fetches it at once and not one import after the other."""
        named = [f"{precache.JOINED}{name}.js" for name in (FIRST, SHARED, SIGN_IN)]
        return [path for path in named if path in self.joined]

    def content(self, path: str) -> bytes:
        """A static or joined file. Raises KeyError for a file that does not exist."""
        if path in self.joined:
            return self.joined[path]
        if path not in self.hashes:
            raise KeyError(f"no static file {path}")
        return (self.static_folder / path).read_bytes()

    @cached_property
    def shell(self) -> bytes:
        """The one public page of the app. Rendered without request, session or user, so anybody may keep it."""
        return self._templates.get_template("shell/index.html").render(release=self).encode()

    def warm(self) -> None:
        """Make and compress what phones ask for, so that the first one of a downtime does not wait for it."""
        for path in (*self.joined, *self.hashes):
            if path.endswith((".js", ".mjs", ".css")) and (path in self.joined or path.startswith("vendor/")):
                for encoding in ENCODINGS:
                    self.kept.get(encoding, self.content(path))
        self.kept.get("br", self.shell)
        self.kept.get("br", self.worker.encode())
        self.kept.forget_others()

    @cached_property
    def worker(self) -> str:
        """The text of /sw.js."""
        made = {path: precache.content_hash(content) for path, content in self.joined.items()}
        twice = {self._libraries[name] for name in libraries.JOINED}
        files = {path: known for path, known in (self.hashes | made).items() if path not in twice}
        shell_hash = precache.content_hash(self.shell)
        entries = precache.precache_entries(files, build=self.build, shell_hash=shell_hash)
        source = "\n".join((self.static_folder / part).read_text() for part in precache.WORKER_PARTS)
        return precache.worker_script(entries, build=self.build, worker_source=source)
