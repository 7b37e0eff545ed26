"""What a wallboard shows, as the JSON it asks for. Pure; the shapes stand in docs/protocol.md section 11."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.base.instants import to_wire
from app.pages.public.notices import is_for_place
from app.pages.public.views import NoticeView
from app.pages.status import as_lines, estimate_of

Body = dict[str, Any]
Record = Mapping[str, Any]

COUNTS = ("now_total", "now_done", "overdue", "blocked")


def incident_card(notice: NoticeView, broadcasts: Sequence[Record], *, unit: str | None) -> Body:
    """An incident for a wall of a unit, or of the command centre. `broadcasts` are all of it, newest first."""
    view = notice.view
    newest = newest_for(broadcasts, unit=unit)
    works = as_lines(newest["works"]) if newest else ()
    orders = as_lines(newest["do_now"]) if newest else ()
    return {
        "id": notice.id,
        "label": view.label,
        "title": view.title,
        "kind": "exercise" if view.is_exercise else "real",
        "state": view.state,
        "since": to_wire(view.since),
        "do_now": list(orders or as_lines(view.do_now)),
        "do_not": list(as_lines(newest["do_not"])) if newest else [],
        "down": list(as_lines(newest["what_down"]) if newest else ()) or [one.title for one in view.down],
        "works": list(works or view.works),
        "estimate": estimate_card(newest),
        "update": update_card(newest),
        "next_update_at": to_wire(next_promise(broadcasts, unit=unit)),
    }


def newest_for(broadcasts: Sequence[Record], *, unit: str | None) -> Record | None:
    """The newest current update to all or to this unit; for the command centre to anybody."""
    return next((one for one in for_place(broadcasts, unit=unit) if one["state"] == "current"), None)


def next_promise(broadcasts: Sequence[Record], *, unit: str | None) -> Any:
    """When the next update was promised by the newest one that promised any; None for no promise."""
    current = [one for one in for_place(broadcasts, unit=unit) if one["state"] == "current"]
    return next((one["next_update_at"] for one in current if one["next_update_at"] is not None), None)


def for_place(broadcasts: Sequence[Record], *, unit: str | None) -> list[Record]:
    """The updates that are meant for this place, newest first."""
    return [one for one in broadcasts if is_for_place(one, unit)]


def update_card(broadcast: Record | None) -> Body | None:
    """Number, words and instant of an update; not who wrote it."""
    if broadcast is None:
        return None
    words = {name: broadcast[name] for name in ("no", "headline", "relation", "refers_to")}
    return {**words, "at": to_wire(broadcast["at"])}


def estimate_card(broadcast: Record | None) -> Body | None:
    """When it is thought to be back, as the update says it; None when it does not speak of it."""
    said = estimate_of(broadcast) if broadcast is not None else None
    return None if said is None else {"at": to_wire(said.at), "confidence": said.confidence, "text": said.text}


def counts_by_unit(progress: Iterable[Record]) -> dict[str, dict[str, int]]:
    """The counts of the progress rows of an incident, summed over roles, by unit."""
    summed: dict[str, dict[str, int]] = {}
    for row in progress:
        held = summed.setdefault(row["unit"], dict.fromkeys(COUNTS, 0))
        for name in COUNTS:
            held[name] += int(row.get(name) or 0)
    return summed


def unit_lines(
    units: Sequence[Record], progress: Iterable[Record], reach: Iterable[Record], presence: Iterable[Record],
    broadcasts: Sequence[Record],
) -> list[Body]:  # fmt: skip
    """One line for each unit of an incident, trouble first, then in the hospital's order."""
    counts = counts_by_unit(progress)
    silent = {row["unit"]: row["silent_since"] for row in presence}
    reached = {(row["broadcast"], row["unit"]): row for row in reach}
    lines = []
    for unit in units:
        newest = newest_for(broadcasts, unit=unit["id"])
        row = reached.get((newest["id"], unit["id"])) if newest else None
        lines.append(
            {
                "unit": unit["id"],
                "name": unit["short"] or unit["name"],
                **counts.get(unit["id"], dict.fromkeys(COUNTS, 0)),
                "silent_since": silent.get(unit["id"]),
                "update": newest["no"] if newest else None,
                "reached": reached_word(row),
            }
        )
    return sorted(lines, key=trouble)


def reached_word(reach: Record | None) -> str:
    """How far an update has come on a unit: none, received, read, partly, acked."""
    if reach is None or not reach["received"]:
        return "none"
    if reach["quorum"]:
        return "acked"
    if reach["acked"]:
        return "partly"
    return "read" if reach["read"] else "received"


def trouble(line: Body) -> tuple[bool, ...]:
    """The sorting key: silent, needs help, late, not reached; the hospital's order within each."""
    unreached = line["update"] is not None and line["reached"] == "none"
    return (line["silent_since"] is None, not line["blocked"], not line["overdue"], not unreached)
