"""A demo hospital in a process of its own, and phones and desks in real Chromium."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.server import free_port

ROOT = Path(__file__).resolve().parents[2]
# The same browser without windows of its own does a third less work for the same page, and knows no notifications.
CHROMIUM, WITH_NOTIFICATIONS = "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
START_SECONDS = 40


class Town:
    """The demo hospital's server; it can be stopped and started again on the same data.

    `seeded`: the data of a hospital that has been started once; without it the first start makes its own.
    """

    def __init__(self, folder: Path, seeded: Path | None = None) -> None:
        self.data = folder / "hospital"
        if seeded is not None:
            shutil.copytree(seeded, self.data)
        self.port = free_port()
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where the server is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = [sys.executable, "-m", "app", "demo", "--port", str(self.port), "--data", str(self.data)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(self.log.read_text()[-3000:])
            if self._answers():
                return
            time.sleep(0.1)
        raise TimeoutError(self.log.read_text()[-3000:])

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/api/ping", timeout=2) as answer:
                return "wardlight" in json.load(answer)
        except OSError:
            return False

    def stop(self) -> None:
        """The server ends in good order."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def kill(self) -> None:
        """The server dies at once, as in a power cut."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def device(
    play: Playwright,
    folder: Path,
    *,
    size: dict[str, int] = PHONE,
    dark: bool = False,
    sees: Path | None = None,
    browser: str = CHROMIUM,
    **options: Any,
) -> Iterator[Page]:
    """A browser with a profile that outlives it, as a phone's storage does; gives its one page.

    `sees`: pictures (JPEG after JPEG) that its camera sees again and again.
    """
    flags = FLAGS
    if sees is not None:
        flags = [*FLAGS, *CAMERA, f"--use-file-for-fake-video-capture={sees}"]
    context: BrowserContext = play.chromium.launch_persistent_context(
        str(folder),
        executable_path=browser,
        args=flags,
        viewport=size,  # type: ignore[arg-type]
        is_mobile=size == PHONE,
        has_touch=size == PHONE,
        device_scale_factor=2 if size == PHONE else 1,
        color_scheme="dark" if dark else "light",
        locale=options.pop("locale", "en-GB"),
        timezone_id="Europe/London",
        **options,
    )
    try:
        yield context.pages[0]
    finally:
        context.close()
