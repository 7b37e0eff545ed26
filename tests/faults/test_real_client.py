"""Hypothesis drives the phone's own JavaScript before the real server: whatever happens, nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.faults import network
from tests.faults.js_phone import JsPhone, js_phone
from tests.faults.proxy import FaultProxy
from tests.faults.ward import Ward

# Two devices of one person, and a colleague who works on the same card.
CREW = ("nia", "nia", "bo")
DEVICES = st.integers(0, len(CREW) - 1)
FAULTS = (
    network.lose_request, network.swallow_answer, network.cut_after(120), network.truncated_json, network.duplicate,
    network.sign_in_page, network.redirect_to_sign_in, network.nothing, network.bad_gateway, network.black_hole,
    network.hanging_answer,
)  # fmt: skip
PATHS = st.sampled_from(["/api/", "/api/sync/push", "/api/sync/pull"])
HEALTH = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
COMMON = settings(deadline=None, suppress_health_check=HEALTH, report_multiple_bugs=False, database=None)
CI = settings(COMMON, phases=(Phase.generate,), max_examples=3, stateful_step_count=15, derandomize=True)
LONG = settings(COMMON, max_examples=60, stateful_step_count=40)
HURRY = 40
TRIES_TO_SETTLE = 8


@dataclass
class Crew:
    """The server, the network, and the devices of an example."""

    ward: Ward
    proxy: FaultProxy
    incident: str
    devices: list[JsPhone]
    may_die: bool
    recorded: list[list[str]] = field(default_factory=list)

    def begin(self) -> None:
        """Every device is a new one."""
        self.proxy.clear()
        self.recorded = [[] for _ in self.devices]
        for device, username in zip(self.devices, CREW, strict=True):
            device.do("hurry", times=1)
            device.do("ahead", ms=0)
            device.do("fresh")
            device.sign_in(username)


class BadNight(RuleBasedStateMachine):
    """A crew on its phones, through a bad night."""

    def __init__(self, crew: Crew) -> None:
        super().__init__()
        self.crew = crew
        crew.begin()

    def record(self, number: int, kind: str, **args: Any) -> None:
        self.crew.recorded[number].append(self.crew.devices[number].record(kind, **args))

    @rule(number=DEVICES, task=st.integers(0, 30), kind=st.sampled_from(["task.complete", "task.reopen", "task.skip"]))
    def tick(self, number: int, task: int, kind: str) -> None:
        tasks = sorted(row["id"] for row in self.crew.devices[number].rows("task", role="bedside-nurse"))
        args = {"captured": {}, "note": ""} if kind == "task.complete" else {"reason": "As it is tonight."}
        if tasks:
            self.record(number, kind, task=tasks[task % len(tasks)], **args)

    @rule(number=DEVICES)
    def write_down(self, number: int) -> None:
        self.record(number, "note.add", incident=self.crew.incident, unit="icu", text="Seen.")

    @rule(number=DEVICES)
    def talk(self, number: int) -> None:
        with self.crew.devices[number].hurried(HURRY):
            self.crew.devices[number].talk()

    @rule(fault=st.sampled_from(FAULTS), path=PATHS, times=st.sampled_from([1, 2, None]))
    def the_network_turns_bad(self, fault: Any, path: str, times: int | None) -> None:
        self.crew.proxy.set(fault, path=path, times=times)

    @rule()
    def the_network_is_good_again(self) -> None:
        self.crew.proxy.clear()

    @rule(number=DEVICES)
    def the_app_is_closed_and_opened(self, number: int) -> None:
        self.crew.devices[number].do("open")

    @rule(number=DEVICES, minutes=st.integers(-1500, 1500))
    def somebody_sets_the_clock(self, number: int, minutes: int) -> None:
        self.crew.devices[number].do("ahead", ms=minutes * 60_000)

    @rule(number=DEVICES)
    def the_sign_in_is_gone(self, number: int) -> None:
        self.crew.devices[number].do("lose_cookie")

    @rule(number=DEVICES, which=st.integers(0, 1000))
    def an_old_request_arrives_again(self, number: int, which: int) -> None:
        old = self.crew.proxy.asked("/api/sync/push")
        if old and self.crew.ward.server is not None:
            self.crew.proxy.send_again(old[which % len(old)])

    @rule(dies=st.booleans())
    def the_server_dies(self, dies: bool) -> None:
        if dies and self.crew.may_die:
            self.crew.ward.kill()
            self.crew.ward.start()

    @invariant()
    def every_entry_is_shown_to_its_author(self) -> None:
        for device, recorded in zip(self.crew.devices, self.crew.recorded, strict=True):
            shown = [entry["id"] for entry in device.shown()["entries"]]
            assert set(recorded) <= set(shown) and len(shown) == len(set(shown))

    def teardown(self) -> None:
        """The network is good again and everybody is signed in: all is on record once, and all show the same."""
        self.crew.proxy.clear()
        for device, username in zip(self.crew.devices, CREW, strict=True):
            device.do("hurry", times=1)
            device.sign_in(username)
        for device in self.crew.devices:
            self._bring_home(device)
        for device in self.crew.devices:
            assert device.talk() == "polling"
        self._assert_on_record_once()
        self._assert_the_same_rows()

    @staticmethod
    def _bring_home(device: JsPhone) -> None:
        for _ in range(TRIES_TO_SETTLE):
            if device.talk() == "polling" and device.shown()["waiting"] == 0:
                return
        raise AssertionError(f"a device stays stuck: {device.shown()}")

    def _assert_on_record_once(self) -> None:
        recorded = [op for ops in self.crew.recorded for op in ops]
        results = self.crew.ward.results(recorded)
        assert set(results) == set(recorded)
        for device, ops in zip(self.crew.devices, self.crew.recorded, strict=True):
            states = {entry["id"]: entry["state"] for entry in device.shown()["entries"]}
            assert {states[op] for op in ops} <= {"on_record", "somebody_first", "not_accepted"}
            for op in ops:
                assert (states[op] == "not_accepted") == (results[op]["st"] == "rejected")

    def _assert_the_same_rows(self) -> None:
        held: dict[tuple[str, str], Any] = {}
        for device in self.crew.devices:
            for row in device.do("base"):
                key = (row["scope"], row["id"])
                assert held.setdefault(key, row) == row
            waiting = [row for row in device.rows("task") if row["pending"] is not None]
            assert waiting == [], "a row is still shown as not on record"


@pytest.fixture
def crew(ward: Ward, proxy: FaultProxy, device: JsPhone, incident: str) -> Iterator[Crew]:
    with ExitStack() as stack:
        others = [stack.enter_context(js_phone(proxy.address)) for _ in CREW[1:]]
        device.do("address", address=proxy.address)
        yield Crew(ward, proxy, incident, [device, *others], may_die=False)


def play(crew: Crew, how: settings) -> None:
    """Let hypothesis play with this crew."""
    machine: Any = lambda: BadNight(crew)  # noqa: E731 - a class is wanted, and its crew is made by fixtures
    run_state_machine_as_test(machine, settings=how)


def test_the_app_itself_loses_and_doubles_nothing_through_a_bad_night(crew: Crew) -> None:
    play(crew, CI)


@pytest.mark.long
def test_the_app_itself_loses_and_doubles_nothing_through_many_bad_nights(crew: Crew) -> None:
    crew.may_die = True
    play(crew, LONG)
