"""Who watches the escalation: if its own queue stalls, leaders see an alarm, and so does whoever watches the server."""

from __future__ import annotations

from datetime import datetime, timedelta

from prometheus_client import Gauge

from app.base.clock import now as present
from app.base.instants import to_wire
from app.base.meta import meta
from app.base.unit_of_work import write
from app.broadcasts.commands.late_steps import oldest_late_step
from app.broadcasts.queries import open_escalations
from app.live.rows import drop_row, put_row
from app.live.scopes import site_command_scope

ALARM = "alarm:escalation"
STALLED_AFTER = timedelta(seconds=90)  # several turns of the job that should have taken the step
LATE = Gauge("wardlight_escalation_late_seconds", "How long the oldest due step of an escalation has waited.")
WORDS = {
    "en": "Escalation stands still: units that have not acknowledged are not followed up. Call them, and tell IT.",
    "es": "El escalado está parado: no se sigue a las unidades que no han confirmado. Llámelas y avise a TI.",
}


def escalation_late() -> timedelta:
    """How long the oldest step that is due has not been taken, of updates and of cards."""
    due_at = _oldest_due()
    return max(present() - due_at, timedelta(0)) if due_at else timedelta(0)


def _oldest_due() -> datetime | None:
    unanswered = [one["next_at"] for one in open_escalations()[:1]]
    late_step = oldest_late_step(present())
    return min([*unanswered, *([late_step] if late_step else [])], default=None)


def audit_escalation() -> None:
    """Put the alarm on the leaders' screens while steps are overdue, and take it away when they are taken again."""
    late = escalation_late()
    LATE.set(late.total_seconds())
    site = meta("site")
    with write() as work:
        scope = site_command_scope(site)
        if late <= STALLED_AFTER:
            drop_row(work, scope, ALARM, "alarm")
            return
        since = _oldest_due()
        put_row(work, scope, ALARM, "alarm", {"what": "escalation", "since": to_wire(since), "text": WORDS})
