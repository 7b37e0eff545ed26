"""What stops when a service stops: the services that need it, and the units that use any of them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.services.entry import ServiceEntry


def stopped_with(codes: Collection[str], catalogue: Iterable[ServiceEntry]) -> frozenset[str]:
    """These services and all that cannot work without them, however far the chain goes."""
    entries, stopped = tuple(catalogue), set(codes)
    while True:
        more = {entry.code for entry in entries if entry.code not in stopped and not stopped.isdisjoint(entry.needs)}
        if not more:
            return frozenset(stopped)
        stopped |= more


def units_hit(
    codes: Collection[str], catalogue: Iterable[ServiceEntry], units: Iterable[tuple[str, str]]
) -> frozenset[str]:
    """The units (id, type) that use one of the stopped services; a service without users is used by all."""
    entries = tuple(catalogue)
    stopped = stopped_with(codes, entries)
    users = [entry.used_by for entry in entries if entry.code in stopped]
    return frozenset(
        unit for unit, kind in units if any(used is None or unit in used or kind in used for used in users)
    )
