"""Which workaround is for whom. Pure; static/js/lib/workaround_rules.js does the same, tests/contracts/workarounds.json
keeps the two together.

Per role, an entry that names the unit goes before one that names its type, and that before one that names neither; in
the same place one that names the role goes before one for everybody; then the first in the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Entry = Mapping[str, Any]


def entries_for(entries: Sequence[Entry], *, unit: str, unit_type: str) -> list[tuple[Entry, list[str] | None]]:
    """The entries that count in a unit, each with the roles it is for (None: for whoever no other one is for)."""
    here = [entry for entry in entries if _place(entry, unit, unit_type) is not None]
    named = sorted({role for entry in here for role in entry["roles"]})
    won: dict[str, list[str] | None] = {}
    for role in named:
        best = _best(here, role, unit, unit_type)
        if best is not None and best["roles"]:
            won[best["code"]] = [*(won.get(best["code"]) or ()), role]
    everybody = _best([entry for entry in here if not entry["roles"]], None, unit, unit_type)
    if everybody is not None:
        won[everybody["code"]] = None
    return [(entry, won[entry["code"]]) for entry in here if entry["code"] in won]


def pick(items: Sequence[tuple[Entry, list[str] | None]], roles: Sequence[str]) -> list[Entry]:
    """Of what counts in a unit, what is for somebody with these roles there."""
    own = [entry for entry, meant in items if meant is not None and not set(meant).isdisjoint(roles)]
    return own or [entry for entry, meant in items if meant is None]


def _place(entry: Entry, unit: str, unit_type: str) -> int | None:
    if unit in entry["units"]:
        return 2
    if unit_type in entry["unit_types"]:
        return 1
    return None if entry["units"] or entry["unit_types"] else 0


def _best(here: Sequence[Entry], role: str | None, unit: str, unit_type: str) -> Entry | None:
    meant = [entry for entry in here if not entry["roles"] or role in entry["roles"]]
    return max(meant, key=lambda entry: (_place(entry, unit, unit_type), bool(entry["roles"])), default=None)
