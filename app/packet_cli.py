"""`wardlight packet`: cards, posters and logs as PDF, for a unit, a role, a plan or the whole hospital."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from app.base.settings import Settings, from_environment
from app.pages.packet.choice import LANGUAGES, PAPERS, Choice


@click.command()
@click.option("--unit", "units", multiple=True, help="only this unit (repeatable)")
@click.option("--role", "roles", multiple=True, help="only the cards of this role (repeatable)")
@click.option("--plan", "plans", multiple=True, help="only the cards of this plan (repeatable)")
@click.option("--lang", "language", default="en", show_default=True, type=click.Choice(LANGUAGES))
@click.option("--paper", default=None, type=click.Choice(tuple(PAPERS)), help="(WARDLIGHT_PACKET_PAPER)")
@click.option("--to", default="packet.pdf", show_default=True, help="a PDF, or - for the standard output")
@click.option("--folder", default=None, type=click.Path(path_type=Path, file_okay=False), help="a PDF for each unit")
@click.option("--nightly", is_flag=True, help="all units and languages into WARDLIGHT_PACKET_FOLDER, newest 7 kept")
@click.option("--address", default=None, hidden=True, help="where phones reach the server")
@click.option("--calm", is_flag=True, hidden=True, help="let the server beside go first")
def packet(
    units: tuple[str, ...],
    roles: tuple[str, ...],
    plans: tuple[str, ...],
    language: str,
    paper: str | None,
    to: str,
    folder: Path | None,
    nightly: bool,
    address: str | None,
    calm: bool,
) -> None:
    """Print packets for the downtime kits, also while the server runs."""
    from app.base.errors import AppError
    from app.packets import PacketError

    if calm:
        os.nice(10)
    settings = from_environment()
    try:
        paper = paper or settings.packet_paper
        choice = Choice(units=units, roles=roles, plans=plans, language=language, paper=paper)
        click.echo(_print(settings, choice, to, folder, nightly, address), err=to == "-")
    except AppError as error:
        raise click.ClickException(error.sentence) from error
    except (PacketError, OSError) as error:
        raise click.ClickException(str(error)) from error


def _print(settings: Settings, choice: Choice, to: str, folder: Path | None, nightly: bool, address: str | None) -> str:
    from app import packets

    if nightly:
        night = packets.print_night(settings)
        return f"{night.files} packets in {night.folder}"
    if folder is not None:
        return f"{len(packets.print_folder(settings, choice, folder))} packets in {folder}"
    data = packets.print_packet(settings, choice, address=address)
    if to == "-":
        sys.stdout.buffer.write(data)
        return f"{len(data)} bytes"
    packets.write_file(Path(to), data)
    return to
