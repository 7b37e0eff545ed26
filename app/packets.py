"""Packets as files: one PDF, a folder of them, and what is printed every night for the day when nothing works."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.base import clock
from app.base.errors import NotFound
from app.base.settings import Settings
from app.command_app import command_app
from app.pages.packet.choice import LANGUAGES, Choice
from app.pages.packet.commands import note_nightly
from app.pages.packet.queries import packet_of, packet_units
from app.pages.packet.typeset import pdf_of
from app.pages.queries import this_site

KEPT = 7
LATEST = "latest"


class PacketError(Exception):
    """A packet can't be printed; its text says why."""


@dataclass(frozen=True)
class Night:
    """A folder of packets that was written, and how many files it holds."""

    folder: Path
    files: int


def print_packet(settings: Settings, choice: Choice, *, address: str | None = None) -> bytes:
    """A packet as one PDF. `address`: where phones reach the server, if it is not what the settings say.

    Raises AppError when nothing is to be printed.
    """
    with command_app(settings):
        return pdf_of(packet_of(choice, address=_address(settings) if address is None else address))


def print_folder(settings: Settings, choice: Choice, folder: Path) -> list[Path]:
    """A packet for each unit as a PDF of its own, named by unit and language; those of before are replaced."""
    with command_app(settings):
        return _print_units(settings, choice, folder)


def print_night(settings: Settings) -> Night:
    """Write the packets of all units in all languages into a new folder, point `latest` at it, keep the newest seven.

    What was there stays in place until the new ones are whole. Leaders see on the board when it could not be done.
    Raises PacketError.
    """
    if not settings.packet_folder:
        raise PacketError("Say where packets go: set WARDLIGHT_PACKET_FOLDER.")
    with command_app(settings):
        try:
            night = _night(settings, Path(settings.packet_folder))
        except OSError as error:
            reason = f"{error.filename or settings.packet_folder}: {error.strerror}"
            note_nightly(problem=reason)
            raise PacketError(reason) from error
        except Exception as error:
            note_nightly(problem=f"{type(error).__name__}: {error}")
            raise
        note_nightly(problem=None)
    return night


def _night(settings: Settings, home: Path) -> Night:
    home.mkdir(parents=True, exist_ok=True)
    name = _local_now().strftime("%Y-%m-%d-%H%M%S")
    fresh = home / f".{name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        choices = [Choice(language=language, paper=settings.packet_paper) for language in LANGUAGES]
        files = [path for choice in choices for path in _print_units(settings, choice, fresh)]
        fresh.replace(home / name)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _point(home, name)
    for old in nights(home)[KEPT:]:
        shutil.rmtree(old)
    return Night(home / name, len(files))


def nights(home: Path) -> list[Path]:
    """The folders of earlier nights, the newest first."""
    return sorted((path for path in home.glob("20*-*-*-*") if path.is_dir()), reverse=True)


def _point(home: Path, name: str) -> None:
    pointer = home / f".{LATEST}.new"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(name)
    pointer.replace(home / LATEST)


def _print_units(settings: Settings, choice: Choice, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for unit in packet_units(choice):
        try:
            packet = packet_of(replace(choice, units=(unit,)), address=_address(settings))
        except NotFound:
            continue  # nobody of this unit has a card in what was chosen
        path = folder / f"{unit}-{choice.language}.pdf"
        write_file(path, pdf_of(packet))
        written.append(path)
    if not written:
        raise NotFound("Nobody there has a card in what was chosen.")
    return written


def write_file(path: Path, data: bytes) -> None:
    """Put a file in place as a whole: what was there stays until the new one is on the disk."""
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())  # a packet that is half there is none
    fresh.replace(path)


def _address(settings: Settings) -> str:
    return f"{settings.public_url.rstrip('/')}/" if settings.public_url else ""


def _local_now() -> datetime:
    return clock.now().astimezone(ZoneInfo(this_site().tz))
