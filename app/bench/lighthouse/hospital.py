"""The demo hospital in the middle of a downtime: every screen has something to show."""

from __future__ import annotations

from pathlib import Path

from app.base.attestation import attest_now
from app.base.db import db
from app.base.ids import named_id, uuid7
from app.base.settings import from_environment
from app.bench.town import accepted, known_person
from app.broadcasts.audience import Audience
from app.broadcasts.commands.messages import send_broadcast
from app.broadcasts.commands.runners import send_runner
from app.broadcasts.message import Message
from app.demo import prepare
from app.response.commands.incidents import declare_incident

SEED = 42
PLAN, SERVICES = "ehr-unplanned", ["ehr"]


def found_hospital(data_dir: Path) -> dict[str, str]:
    """Make it: declared everywhere, one update sent, a runner on the way. The ids that paths of screens need."""
    app = prepare(from_environment(demo=True, data_dir=data_dir), seed=SEED, reset=False, async_mode="threading")
    with app.app_context():
        lead = known_person(named_id(f"demo|{SEED}|omar"))
        at = attest_now(lead.id, lead.name)
        incident, broadcast, route = uuid7(), uuid7(), uuid7()
        accepted(
            declare_incident(
                lead, at, incident=incident, plan=PLAN, title="EHR is down", kind="real", level=2,
                services=SERVICES, units=None,
            )
        )  # fmt: skip
        message = Message(headline="EHR is slow. We look into it.", do_now=["Chart on paper."])
        accepted(send_broadcast(lead, at, broadcast=broadcast, incident=incident, message=message, audience=Audience()))
        accepted(send_runner(lead, at, route=route, broadcast=broadcast, units=None))
        db.session.remove()
        db.engine.dispose()
    return {"broadcast": broadcast, "route": route}
