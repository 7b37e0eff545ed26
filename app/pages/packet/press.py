"""The press: a packet is set by a process of its own, so that phones never wait for a printer."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import current_app

from app.base import clock
from app.base.errors import AppError
from app.base.meta import meta
from app.base.settings import CHECKOUT, Settings
from app.pages.packet.choice import Choice
from app.pages.packet.commands import last_night, note_nightly
from app.people.queries import site_card

log = logging.getLogger("wardlight.pages")

DEADLINE_SECONDS = 120
NIGHT_DEADLINE_SECONDS = 3600
AT_ONCE = 2
PAUSE = timedelta(seconds=5)
TRY_AGAIN = timedelta(hours=1)
_presses = threading.BoundedSemaphore(AT_ONCE)
BUSY = "Other packets are being printed. Ask again in a moment."


def press(choice: Choice, *, address: str, person: str) -> bytes:
    """The packet as a PDF. AppError `slow_down` while the presses are taken or the person has just asked."""
    with _turn(person):
        words = [f"--lang={choice.language}", f"--paper={choice.paper}", f"--address={address}", "--to=-", "--calm"]
        for name, values in (("unit", choice.units), ("role", choice.roles), ("plan", choice.plans)):
            words += [f"--{name}={value}" for value in values]
        done = _run(words, deadline_seconds=DEADLINE_SECONDS)
    if done.returncode != 0:
        log.error("packet.failed", extra={"code": done.returncode, "said": done.stderr.decode(errors="replace")[-500:]})
        raise AppError("try_later", "The packet could not be printed. Tell IT, and take the kit's paper.", status=503)
    return done.stdout


@contextmanager
def _turn(person: str) -> Iterator[None]:
    asked = current_app.extensions.setdefault("packets_asked", {})
    now = clock.now()
    for other in [one for one, at in asked.items() if at + PAUSE <= now]:
        del asked[other]
    if person in asked or not _presses.acquire(blocking=False):
        raise AppError("slow_down", BUSY, status=429, retry_after=int(PAUSE.total_seconds()))
    asked[person] = now
    try:
        yield
    finally:
        _presses.release()


def _run(words: Sequence[str], *, deadline_seconds: int) -> subprocess.CompletedProcess[bytes]:
    settings: Settings = current_app.extensions["settings"]
    own = {"WARDLIGHT_DATA_DIR": str(settings.data_dir), "WARDLIGHT_DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "app", "packet", *words]
    environment = {**os.environ, **own}
    try:
        return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, timeout=deadline_seconds)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, -1, b"", b"took too long")


def print_nightly() -> None:
    """Print the packets of the night once a day at the hour of the settings; an hour after a failure, again."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.packet_folder or not is_due(settings.packet_hour):
        return
    done = _run(["--nightly", "--calm"], deadline_seconds=NIGHT_DEADLINE_SECONDS)
    printed, _failed, _why = last_night()
    if done.returncode != 0 and (printed is None or clock.now() - printed > timedelta(minutes=1)):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        note_nightly(problem=said[-1] if said else "it ended without a word")
        current_app.extensions["packets_tried_at"] = clock.now()


def is_due(hour: int) -> bool:
    """Whether the packets of this day are still to be printed."""
    now, tried = clock.now(), current_app.extensions.get("packets_tried_at")
    if tried is not None and now - tried < TRY_AGAIN:
        return False
    zone = ZoneInfo(site_card(meta("site"))["tz"])
    printed, _failed, _why = last_night()
    local = now.astimezone(zone)
    return local.hour >= hour and (printed is None or printed.astimezone(zone).date() < local.date())
