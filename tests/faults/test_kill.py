"""kill -9 of the server under writing devices: what a device saw as taken is there once, and nobody stays stuck."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.faults.ward import Ward
from tests.faults.wire_phone import NoContact, wire_phone
from tests.phone import PhonePort
from tests.server import PASSWORD

NURSES = ("nia", "bo", "cai", "sol", "max")
TAKEN = {"ok", "superseded", "dup"}
DRAIN_SECONDS = 60
PAUSE_SECONDS = 0.02
MOST_WAITING = 30


@dataclass
class Writer:
    """A device that records all the time and hands in whenever it can."""

    phone: PhonePort
    incident: str
    task: str
    recorded: list[str] = field(default_factory=list)
    ticks: set[str] = field(default_factory=set)
    seen: dict[str, str] = field(default_factory=dict)
    refused: list[dict[str, str]] = field(default_factory=list)

    def record(self) -> None:
        """A tick, taken back, a note, in turns."""
        turn = len(self.recorded) % 3
        if turn == 0:
            op = self.phone.record("task.complete", task=self.task, captured={}, note="")
        elif turn == 1:
            op = self.phone.record("task.reopen", task=self.task, reason="Once more.")
        else:
            op = self.phone.record("note.add", incident=self.incident, unit=None, text=f"{len(self.recorded)}")
        self.recorded.append(op)
        self.ticks |= {op} if turn < 2 else set()

    def hand_in(self) -> None:
        """Send what waits; results that were heard stay heard."""
        for result in self.phone.push():
            self.seen[result["id"]] = result["st"]
            if result["st"] in ("rejected", "conflict"):
                self.refused.append(result)

    def work_until(self, over: threading.Event) -> None:
        """Record and send, no faster than a dead server lets pile up; then go on until nothing waits."""
        while not over.is_set():
            if self.waiting < MOST_WAITING:
                self.record()
            self._try()
        end = time.monotonic() + DRAIN_SECONDS
        while self.waiting and time.monotonic() < end:
            self._try()

    @property
    def waiting(self) -> int:
        return sum(one.result is None for one in self.phone.outbox)

    def _try(self) -> None:
        try:
            self.hand_in()
        except NoContact:
            time.sleep(PAUSE_SECONDS * 5)
        time.sleep(PAUSE_SECONDS * random.random())


def writers_on(ward: Ward, incident: str, *, devices: int) -> list[Writer]:
    """Devices of five nurses, each on a task that others work on too; named by how many they are."""
    made = []
    for number in range(devices):
        phone = wire_phone(ward.port, NURSES[number % len(NURSES)], f"kill-{devices}-{number}")
        phone.sign_in(PASSWORD)
        phone.pull()
        steps = phone.rows("task", incident=incident, role="bedside-nurse", two_person=False)
        tasks = sorted(row["id"] for row in steps)
        made.append(Writer(phone, incident, tasks[number % len(tasks)]))
    return made


@contextmanager
def all_writing(writers: list[Writer]) -> Iterator[None]:
    """They write while the block runs; after it they have handed in everything, or given up."""
    over = threading.Event()
    threads = [threading.Thread(target=writer.work_until, args=(over,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(DRAIN_SECONDS * 2)


def assert_nothing_lost_or_doubled(ward: Ward, writers: list[Writer]) -> None:
    on_record = ward.results(op for writer in writers for op in writer.recorded)
    for writer in writers:
        assert [one.op["n"] for one in writer.phone.outbox if one.result is None] == [], "a device stays stuck"
        assert set(writer.recorded) <= on_record.keys()
        assert writer.refused == []
        assert {writer.seen[op] for op in writer.recorded} <= TAKEN
    ticks = sum(len(writer.ticks) for writer in writers)
    assert ward.count("task_attestation", f"device LIKE 'kill-{len(writers)}-%'") == ticks
    notes = sum(len(writer.recorded) - len(writer.ticks) for writer in writers)
    assert ward.count("note", f"incident = '{writers[0].incident}'") == notes


def assert_all_hold_the_same(writers: list[Writer]) -> None:
    held: dict[str, object] = {}
    for writer in writers:
        writer.phone.pull()
        for scope, rows in writer.phone.base.items():
            assert held.setdefault(scope, rows) == rows


def seen_by(writers: list[Writer]) -> set[str]:
    return {op for writer in writers for op in list(writer.seen)}


def hear_more(writers: list[Writer], *, than: int) -> None:
    """Wait until the server lives again: the devices have heard more results than they had at its last death."""
    end = time.monotonic() + DRAIN_SECONDS
    while len(seen_by(writers)) <= than:
        assert time.monotonic() < end, "no device hears anything"
        time.sleep(PAUSE_SECONDS)


def play(ward: Ward, *, devices: int, kills: int) -> None:
    """Kill the server again and again while devices write."""
    writers = writers_on(ward, ward.declare(units=["icu", "5-west"]), devices=devices)
    seen_before_a_kill: set[str] = set()
    with all_writing(writers):
        for _ in range(kills):
            hear_more(writers, than=len(seen_before_a_kill))
            time.sleep(random.uniform(0.05, 0.6))
            seen_before_a_kill |= seen_by(writers)
            ward.kill()
            ward.start()
        hear_more(writers, than=len(seen_before_a_kill))
    assert len(seen_before_a_kill) >= kills
    assert seen_before_a_kill <= ward.results(seen_before_a_kill).keys()
    assert_nothing_lost_or_doubled(ward, writers)
    assert_all_hold_the_same(writers)


def test_what_a_device_has_seen_as_taken_outlives_three_sudden_deaths(ward: Ward) -> None:
    play(ward, devices=10, kills=3)


@pytest.mark.long
def test_what_fifty_devices_have_seen_as_taken_outlives_fifty_sudden_deaths(ward: Ward) -> None:
    play(ward, devices=50, kills=50)
