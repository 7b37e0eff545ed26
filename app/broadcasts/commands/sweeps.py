"""What repeats while the server runs: contact of the units, and taking ended incidents off the phones."""

from __future__ import annotations

from app.base.unit_of_work import write
from app.broadcasts.commands.rows import drop_broadcast
from app.broadcasts.queries import broadcasts_of, routes_of, units_concerned
from app.broadcasts.reach import REACH, mark_units
from app.live.rows import drop_row
from app.live.scopes import site_scope
from app.response.commands.contact import sweep_units
from app.response.commands.retire import incidents_to_retire, retire_incident
from app.response.queries import running_incidents


def sweep_reach() -> None:
    """Turn what this process hears into rows: contact of the units, and reach of those that changed."""
    changed = sweep_units()
    if changed:
        with write() as work:
            mark_units(work, changed)


def renew_reach() -> None:
    """Count reach anew where acknowledgements may have run out since the last time."""
    for incident in running_incidents():
        lasting = [one for one in broadcasts_of(incident["id"]) if one["ack_lasts_min"] and one["state"] == "current"]
        if lasting:
            with write() as work:
                for broadcast in lasting:
                    for unit in units_concerned(broadcast, incident):
                        REACH.mark(work, (broadcast["id"], unit))


def retire_incidents() -> None:
    """Take incidents that ended two days ago off the phones, each in one transaction. Repeating it finds none."""
    with write() as work:
        due = incidents_to_retire(work)
    for incident in due:
        with write() as work:
            retire_incident(work, incident)
            for broadcast in broadcasts_of(incident["id"]):
                drop_broadcast(work, broadcast)
                for route in routes_of(broadcast["id"]):
                    drop_row(work, site_scope(incident["site"]), route["id"], "runner_route")
