"""What leaders say in the tests of the public places."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire
from tests.cast import Hospital


def say(hospital: Hospital, incident: str, headline: str, **said: Any) -> str:
    """Omar sends an update; its id. `units`, `roles`, `minutes` until the next one, `works`, `do_now` as keywords."""
    broadcast = uuid7()
    promised = to_wire(clock.now() + timedelta(minutes=said.get("minutes", 30)))
    audience = {"units": said.get("units"), "roles": said.get("roles")}
    words = {"headline": headline, "do_now": said.get("do_now", "Bring orders."), "works": said.get("works", "Phones")}
    result = hospital.phone("omar", device="desk").do(
        "broadcast.send", broadcast=broadcast, incident=incident, next_update_at=promised, audience=audience,
        ack="unit", **words,
    )  # fmt: skip
    assert result["st"] == "ok", result
    return broadcast


def advance(hospital: Hospital, incident: str, to: str) -> None:
    """Omar moves the incident on."""
    result = hospital.phone("omar", device="desk").do("incident.advance", incident=incident, to=to, note="for staff")
    assert result["st"] == "ok", result
