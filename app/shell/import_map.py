"""The inline import map: bare module names of the vendored libraries -> files of one build. Pure rules."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from app.shell.precache import build_url


def vendored_modules(lock: Mapping[str, Any]) -> dict[str, str]:
    """Bare name -> path under static/, as the vendor lock tells."""
    files = [entry for package in lock["packages"] for entry in package["files"]]
    return {entry["import"]: f"vendor/{entry['path']}" for entry in files if "import" in entry}


# Written by hand (`from "preact"`) or made small (`from"preact"`); what begins with a dot is no library.
LIBRARY = re.compile(r"""\b(?:from|import)\s*["']([^."'][^"']*)["']""")


def libraries_of(text: str, paths: Mapping[str, str], read: Callable[[str], str]) -> list[str]:
    """Paths of the libraries that a module's text imports, and of those that they import, the nearest first.

    `paths` is bare name -> path under static/, `read` gives the text of a path. Words that only look like an import
    (`"taken from": "..."`) name no library and are passed over.
    """
    found: list[str] = []
    waiting = [text]
    while waiting:
        for name in LIBRARY.findall(waiting.pop(0)):
            if name in paths and paths[name] not in found:
                found.append(paths[name])
                waiting.append(read(paths[name]))
    return found


def import_map_json(lock: Mapping[str, Any], *, build: str) -> str:
    """The text between the script tags; its hash stands in the policy, so not a space may change in between."""
    modules = {name: build_url(build, path) for name, path in sorted(vendored_modules(lock).items())}
    return json.dumps({"imports": modules}, separators=(",", ":"))
