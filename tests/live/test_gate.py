"""The gate lets so many websockets in each second and tells the others when to come again."""

from __future__ import annotations

import pytest

from app.base import clock
from app.live.gate import LONGEST_WAIT_SECONDS, AcceptGate


class Ticks:
    """A steady clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> Ticks:
    found = Ticks()
    monkeypatch.setattr(clock, "ticks", found)
    return found


def test_a_second_s_worth_comes_in_at_once_and_the_rest_must_wait(ticks: Ticks) -> None:
    gate = AcceptGate(300)

    answers = [gate.wait_seconds() for _ in range(1_000)]

    assert answers[:300] == [0] * 300
    assert all(wait > 0 for wait in answers[300:])


def test_waits_grow_with_the_crowd_up_to_a_bound(ticks: Ticks) -> None:
    gate = AcceptGate(10)

    waits = [gate.wait_seconds() for _ in range(1_000)][10:]

    assert waits == sorted(waits) and waits[0] == 2 and waits[-1] == LONGEST_WAIT_SECONDS


def test_over_time_as_many_come_in_as_the_setting_says(ticks: Ticks) -> None:
    gate = AcceptGate(100)
    let_in = 0
    for _ in range(1_000):
        ticks.seconds += 0.01
        let_in += sum(1 for _ in range(5) if gate.wait_seconds() == 0)

    assert 1_000 <= let_in <= 1_100


def test_a_quiet_second_opens_the_gate_again(ticks: Ticks) -> None:
    gate = AcceptGate(10)
    for _ in range(50):
        gate.wait_seconds()

    ticks.seconds += 1

    assert gate.wait_seconds() == 0
