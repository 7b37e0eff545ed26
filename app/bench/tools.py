"""Peers from npm, installed by their names into a folder of the benches; absent tools are a sentence, no failure."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

INSTALL_SECONDS = 180


def npm_tools(folder: Path, *packages: str) -> str:
    """Install npm packages (once); empty when they are there, else why not."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "Node.js with npm is not installed here, so this peer was not measured."
    place = folder / "-".join(package.partition("@")[0] for package in packages)
    if (place / "installed").exists():
        return ""
    place.mkdir(parents=True, exist_ok=True)
    (place / "package.json").write_text('{"private": true}\n')
    command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts", *packages]
    try:
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"npm did not install {', '.join(packages)} in {INSTALL_SECONDS} s, so this peer was not measured."
    if done.returncode:
        return f"npm could not install {', '.join(packages)}, so this peer was not measured: {done.stderr[-200:]}"
    (place / "installed").touch()
    return ""


def tool_folder(folder: Path, *packages: str) -> Path:
    """Where `npm_tools` puts these packages."""
    return folder / "-".join(package.partition("@")[0] for package in packages)
