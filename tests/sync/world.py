"""The world of the state machine: the server on a database that can be kept and brought back, and its phones."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.base import meta
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.base.unit_of_work import write
from app.live import hints, presence
from app.live.hints import room_of
from app.response.commands import retire
from tests.cast import PASSWORD, Hospital
from tests.conftest import START, FakeClock
from tests.databases import Content, Databases
from tests.phone import PhonePort
from tests.sync.stage import MESSAGE

PAGE_ROWS = 12
CREW = (("nia", "a"), ("nia", "b"), ("bo", "c"), ("sol", "d"), ("priya", "e"), ("omar", "f"))


@dataclass
class CrewPhone(PhonePort):
    """A phone that watches itself: which requests it has sent, which cursors it has had."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    highest: dict[tuple[str, str], int] = field(default_factory=dict)
    recorded: dict[str, dict[str, Any]] = field(default_factory=dict)

    def record(self, kind: str, /, **args: Any) -> str:
        op_id = super().record(kind, **args)
        self.recorded[op_id] = self.outbox[-1].op
        return op_id

    def post_push(self, body: Any) -> Any:
        self.sent.append(copy.deepcopy(body))
        answer = super().post_push(body)
        if answer.status_code == 401:  # the token has come to its end: the ops stay, the person signs in again
            self.sign_in(PASSWORD)
            answer = super().post_push({**body, "epoch": self.epoch})
        return answer

    def sign_in(self, password: str) -> dict[str, Any]:
        """Sign in again keeps what the phone holds: of which history that is, its next pull finds out."""
        known = self.epoch
        boot = super().sign_in(password)
        self.epoch = known or self.epoch
        return boot

    def pull_once(self, *, lose_answer: bool = False) -> bool:
        if self.client.get("/api/boot").status_code == 401:
            self.sign_in(PASSWORD)
        done = super().pull_once(lose_answer=lose_answer)
        self.watch_cursors()
        return done

    def come_back_empty(self) -> None:
        """The browser has cleared everything: what was not sent is gone, and the numbers begin anew."""
        self.outbox, self.journal, self.next_n = [], [], 1
        self.epoch, self.cursors, self.base, self.staged, self.page = "", {}, {}, {}, None
        self.recorded.clear()
        self.highest.clear()
        self.sign_in(PASSWORD)

    def hear(self, epoch: str, hint: dict[str, Any]) -> None:
        """A hint, however late and however often it comes."""
        if epoch == self.epoch and "rows" in hint and room_of(hint["s"]) in map(room_of, self.cursors):
            self.apply_delta(hint["s"], hint["from"], hint["to"], hint["rows"])
            self.watch_cursors()

    def watch_cursors(self) -> None:
        """I3: within an epoch a cursor never goes back."""
        for scope, cursor in self.cursors.items():
            key = (self.epoch, scope)
            assert cursor >= self.highest.get(key, 0), f"I3: the cursor of {scope} went back"
            self.highest[key] = cursor


@dataclass
class World:
    """What one example starts from, again and again."""

    app: Flask
    hospital: Hospital
    databases: Databases
    clock: FakeClock
    phones: list[CrewPhone] = field(default_factory=list)
    incident: str = ""
    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _copies: dict[str, Content] = field(default_factory=dict)
    _kept: list[dict[str, Any]] = field(default_factory=list)

    def set_up(self) -> None:
        """The crew signs in, an incident runs; this is kept as the start of every example."""
        hints.connect(schedule=lambda run: run(), send=self._say)
        self.phones = [CrewPhone(self.app.test_client(), name, f"device-{device}") for name, device in CREW]
        for phone in self.phones:
            phone.sign_in(PASSWORD)
        self.incident = self.declare()
        for phone in self.phones:
            phone.pull()
        self._kept = [{name: copy.deepcopy(v) for name, v in vars(p).items() if name != "client"} for p in self.phones]
        self.keep("start")
        self.start_incident = self.incident

    def _say(self, _room: str, _event: str, body: dict[str, Any]) -> None:
        self.said.append((meta.epoch(), body))

    def begin(self) -> None:
        """Back to the start of every example."""
        self.clock.set(START)
        self.bring_back("start")
        for phone, kept in zip(self.phones, self._kept, strict=True):
            vars(phone).update(copy.deepcopy(kept))
        self.incident = self.start_incident
        self.said.clear()
        presence.forget()
        if self.app.extensions["door"] is not None:  # the same history begins again, which no server lives to see
            self.app.extensions["door"].forget()

    def declare(self) -> str:
        """Omar declares now; the incident's id."""
        incident, omar = uuid7(), self.phones[-1]
        args = {"plan": "ehr-unplanned", "title": "Down", "kind": "exercise", "level": 2, "services": ["ehr"]}
        omar.record("incident.declare", incident=incident, units=["icu", "5-west"], **args)
        omar.push()
        return incident

    def send(self, *, units: list[str] | None) -> None:
        """Omar sends an update."""
        args = {**MESSAGE, "broadcast": uuid7(), "incident": self.incident, "ack": "unit"}
        self.phones[-1].record("broadcast.send", audience={"units": units, "roles": None}, **args)
        self.phones[-1].push()

    def keep(self, name: str) -> None:
        """What the database holds now (a backup)."""
        self._copies[name] = self.databases.keep(self.app)

    def bring_back(self, name: str) -> None:
        """The database as it was when it was kept."""
        self.databases.refill(self.app, self._copies[name])
        meta.forget()

    def restore(self, name: str) -> None:
        """As an administrator does it: the backup comes back as another history."""
        self.bring_back(name)
        with write() as work:
            meta.put_meta(work, "epoch", uuid7())
            meta.put_meta(work, "restored_at", str(to_wire(work.now)))


@contextmanager
def world_of(hospital: Hospital, databases: Databases, clock: FakeClock) -> Iterator[World]:
    """A world with small pages, so that snapshots and deltas are cut."""
    app = hospital.app
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(app.extensions, "settings", replace(app.extensions["settings"], snapshot_page_rows=PAGE_ROWS))
        patch.setattr(retire, "CLOSED_STAYS", timedelta(0))
        world = World(app, hospital, databases, clock)
        try:
            world.set_up()
            yield world
        finally:
            hints.connect(schedule=None, send=None)
