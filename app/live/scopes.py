"""Names of scopes (docs/protocol.md)."""

from __future__ import annotations


def site_scope(site: str) -> str:
    """What everybody with a role or a unit may read."""
    return f"site:{site}"


def unit_scope(unit: str) -> str:
    """What the people of a unit may read."""
    return f"unit:{unit}"


def command_scope(incident: str) -> str:
    """What the leaders of an incident may read."""
    return f"incident:{incident}:command"


def site_command_scope(site: str) -> str:
    """What the leaders of a site may read whether or not an incident is declared."""
    return f"site:{site}:command"


def user_scope(user: str) -> str:
    """A person's own rows."""
    return f"user:{user}"


def ref_scope(site: str) -> str:
    """What a phone must hold before anything happens."""
    return f"ref:{site}"
