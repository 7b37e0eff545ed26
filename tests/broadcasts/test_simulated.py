"""Two leads, 14 units, 300 people with random connectivity: the matrix is the truth at every step."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.base.attestation import Attestation, attest_now
from app.base.db import db
from app.base.ids import named_id, uuid7
from app.base.unit_of_work import write
from app.broadcasts.audience import Audience
from app.broadcasts.commands.messages import send_broadcast
from app.broadcasts.commands.receipts import acknowledge_broadcast, receive_broadcast
from app.broadcasts.commands.runners import carry_broadcast
from app.broadcasts.message import Message
from app.live.models import Row
from app.people.commands.reference import store_reference
from app.people.models import Membership, User
from app.people.person import Person
from app.people.queries import person_of
from app.response.commands.incidents import declare_incident
from tests.cast import SITE, Hospital
from tests.conftest import FakeClock

UNITS = [f"ward-{n:02}" for n in range(14)]
PEOPLE = 300
STEPS = 300
SEED = 20_261_121
CHANCES = {"receive": 40, "read": 25, "ack": 25, "carry": 3, "send": 2}


First = dict[str, tuple[datetime, str]]


@dataclass
class Truth:
    """What has really happened to one update: who has received, read and acknowledged it, and where it was brought.

    `received` and `acked` hold, by person, when that was done first and by which way it came to the server.
    """

    received: First = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    acked: First = field(default_factory=dict)
    brought: set[str] = field(default_factory=set)

    def note(self, facts: First, entry: Late, way: str) -> None:
        """Somebody has said something; the earlier word stays."""
        at = entry.attestation.occurred_at
        if entry.person not in facts or at < facts[entry.person][0]:
            facts[entry.person] = (at, way)

    def ways(self, person: str) -> set[str]:
        """The ways by which this person's phone has been reached."""
        acked = self.acked.get(person)
        return {self.received[person][1]} | ({"carried"} if acked and acked[1] == "carried" else set())

    def cell(self, unit: str, staff: dict[str, str]) -> dict[str, Any]:
        """The unit's cell as it must be: `staff` is {person: role} of the unit."""
        received, acked = self.received.keys() & staff.keys(), self.acked.keys() & staff.keys()
        ways = [self.ways(person) for person in received]
        has_charge = any(staff[person] == "charge-nurse" for person in acked)
        return {
            "targeted": len(staff),
            "received": len(received),
            "read": len(self.read & staff.keys()),
            "acked": len(acked),
            "quorum": has_charge or len(acked) >= 2 or unit in self.brought,
            "paths": {
                **{way: sum(1 for some in ways if way in some) for way in ("socket", "poll", "push", "carried")},
                "runner": int(unit in self.brought),
                "paper": 0,
            },
        }


@dataclass
class Late:
    """Something done on a phone without contact: it arrives later, with the time at which it was done."""

    arrives: int
    kind: str
    person: str
    broadcast: str
    attestation: Attestation
    path: str | None = None

    @property
    def way(self) -> str:
        """How it comes to the server; nobody of the simulation has a socket."""
        return "carried" if self.attestation.carried_by else self.path or "poll"


@pytest.fixture
def staff(hospital: Hospital, clock: FakeClock) -> dict[str, dict[str, str]]:
    """`{unit: {person: role}}`: 14 wards, 300 people, every seventh ward without a charge nurse."""
    units = [
        {"id": unit, "name": unit, "short": unit, "type": "ward", "floor": "1", "phone": "", "order": 10 + n}
        for n, unit in enumerate(UNITS)
    ]
    found: dict[str, dict[str, str]] = {unit: {} for unit in UNITS}
    with write() as work:
        store_reference(work, site=SITE, units=units)
        for n in range(PEOPLE):
            unit, person = UNITS[n % len(UNITS)], named_id(f"sim|{n}")
            is_charge = n < len(UNITS) and n % 7 != 0
            found[unit][person] = "charge-nurse" if is_charge else "bedside-nurse"
        people = [person for members in found.values() for person in members]
        accounts = [
            {"id": one, "username": one, "name": one[:8], "active": True, "created_at": work.now} for one in people
        ]
        work.session.execute(insert(User), accounts)
        held = [
            {"user": person, "unit": unit, "role": role, "since": work.now, "until": None}
            for unit, members in found.items()
            for person, role in members.items()
        ]
        work.session.execute(insert(Membership), held)
    return found


class Simulation:
    """The hospital's people at random, and what is true after each step."""

    def __init__(self, hospital: Hospital, clock: FakeClock, staff: dict[str, dict[str, str]]) -> None:
        self.clock, self.staff, self.dice = clock, staff, random.Random(SEED)
        self.leads = [self.person(hospital.ids["omar"]), self.person(hospital.ids["priya"])]
        self.people = {person: self.person(person) for members in staff.values() for person in members}
        self.truth: dict[str, Truth] = {}
        self.late: list[Late] = []
        self.incident = uuid7()
        declare_incident(
            self.leads[0], attest_now(self.leads[0].id, "Omar"), incident=self.incident, plan="ehr-unplanned",
            title="", kind="real", level=2, services=None, units=UNITS,
        )  # fmt: skip
        self.send()

    @staticmethod
    def person(user: str) -> Person:
        found = person_of(user)
        assert found is not None
        return found

    def send(self) -> None:
        lead, broadcast = self.dice.choice(self.leads), uuid7()
        message = Message(headline=f"Update {len(self.truth) + 1}.")
        send_broadcast(
            lead, attest_now(lead.id, lead.name), broadcast=broadcast, incident=self.incident, message=message,
            audience=Audience(), after=len(self.truth),
        )  # fmt: skip
        self.truth[broadcast] = Truth()

    def step(self, number: int) -> None:
        self.clock.advance(seconds=self.dice.randrange(1, 40))
        for entry in [one for one in self.late if one.arrives <= number]:
            self.late.remove(entry)
            self.apply(entry)
        kind = self.dice.choices(list(CHANCES), weights=list(CHANCES.values()))[0]
        if kind == "send":
            self.send()
            return
        person = self.dice.choice(list(self.people))
        # older updates too: a phone that comes back may still have something to say about them
        broadcast = self.dice.choice(list(self.truth)[-3:])
        attestation = attest_now(person, person[:8], device=f"phone-{person[:8]}")
        is_out_of_reach = self.dice.random() < 0.4
        arrives = number + (self.dice.randrange(1, 60) if is_out_of_reach else 0)
        if is_out_of_reach and self.dice.random() < 0.4:
            carrier = self.dice.choice(list(self.people))
            attestation = attestation.carried(carrier, carrier[:8])
        path = self.dice.choice([None, "socket", "push"]) if kind in ("receive", "read") else None
        entry = Late(arrives, kind, person, broadcast, attestation, path)
        if is_out_of_reach:
            self.late.append(entry)
        else:
            self.apply(entry)

    def apply(self, entry: Late) -> None:
        actor, truth = self.people[entry.person], self.truth[entry.broadcast]
        if entry.kind == "carry":
            unit = self.dice.choice(UNITS)
            carry_broadcast(actor, entry.attestation, broadcast=entry.broadcast, unit=unit)
            truth.brought.add(unit)
            return
        truth.note(truth.received, entry, entry.way)
        if entry.kind == "ack":
            acknowledge_broadcast(actor, entry.attestation, broadcast=entry.broadcast)
            truth.note(truth.acked, entry, entry.way)
        else:
            receive_broadcast(
                actor, entry.attestation, broadcast=entry.broadcast, read=entry.kind == "read", path=entry.path
            )
        if entry.kind != "receive":
            truth.read.add(actor.id)

    def expected(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for broadcast, truth in list(self.truth.items())[-3:]:
            for unit, members in self.staff.items():
                yield f"{broadcast}:{unit}", truth.cell(unit, members)


def matrix(incident: str, keys: list[str]) -> dict[str, dict[str, Any]]:
    db.session.remove()
    query = select(Row.id, Row.body).where(Row.scope == f"incident:{incident}:command", Row.id.in_(keys))
    fields = ("targeted", "received", "read", "acked", "quorum", "paths")
    found = {row_id: json.loads(body) for row_id, body in db.session.execute(query)}
    return {row_id: {name: body[name] for name in fields} for row_id, body in found.items()}


def test_the_matrix_equals_the_truth_at_every_step(
    hospital: Hospital, clock: FakeClock, staff: dict[str, dict[str, str]]
) -> None:
    simulation = Simulation(hospital, clock, staff)
    for number in range(STEPS):
        simulation.step(number)
        expected = dict(simulation.expected())

        assert matrix(simulation.incident, list(expected)) == expected, f"after step {number}"

    assert len(simulation.truth) > 5
    relayed = [way for truth in simulation.truth.values() for _at, way in truth.acked.values() if way == "carried"]
    assert len(relayed) > 5
