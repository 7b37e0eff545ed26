"""A site's command chart."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import select

from app.base.db import db
from app.people.queries import units
from app.plans.command.format import CommandChart, parse_command
from app.plans.models import CommandFile

COMMAND_CENTRE = "command-centre"


def command_text(site: str) -> str:
    """The exact text of the site's chart; empty when it has none."""
    return db.session.execute(select(CommandFile.text).where(CommandFile.site == site)).scalar() or ""


def command_chart(site: str) -> CommandChart | None:
    """The site's chart, or None."""
    text = command_text(site)
    return _parsed(text) if text else None


def command_unit(site: str) -> str | None:
    """The unit in which positions are held: the first command centre of the site."""
    return next((unit["id"] for unit in units(site) if unit["type"] == COMMAND_CENTRE), None)


@lru_cache(maxsize=4)
def _parsed(text: str) -> CommandChart:
    return parse_command(text, source="command")
