"""The inline import map: bare module names of the vendored libraries -> files of one build. Pure rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.shell.precache import build_url


def vendored_modules(lock: Mapping[str, Any]) -> dict[str, str]:
    """Bare name -> path under static/, as the vendor lock tells."""
    files = [entry for package in lock["packages"] for entry in package["files"]]
    return {entry["import"]: f"vendor/{entry['path']}" for entry in files if "import" in entry}


def import_map_json(lock: Mapping[str, Any], *, build: str) -> str:
    """The text between the script tags; its hash stands in the policy, so not a space may change in between."""
    modules = {name: build_url(build, path) for name, path in sorted(vendored_modules(lock).items())}
    return json.dumps({"imports": modules}, separators=(",", ":"))
