"""What the fan-out bench says of its figures."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import pytest

from app.bench.fanout import Contender, _result
from app.bench.frame import Options


def never_started() -> AbstractContextManager[Any]:
    raise AssertionError("nothing is measured here")


@pytest.fixture
def found() -> dict[str, Contender]:
    last_client_ms = {"wardlight": [28.0, 30.0, 31.0], "flask_socketio": [120.0], "node_socketio": [40.0, 45.0, 60.0],
                      "raw_send": [20.0, 25.0, 26.0]}  # fmt: skip
    cpu_us = {"wardlight": [6.0], "flask_socketio": [30.0], "node_socketio": [12.6], "raw_send": [5.0]}
    return {
        name: Contender(name, never_started, ms=ms, kb=[50.0], cpu_us=cpu_us[name])
        for name, ms in last_client_ms.items()
    }


def test_the_reader_sees_how_much_faster_than_node_sockets_can_be_at_all(found: dict[str, Contender]) -> None:
    result = _result(Options(), found)

    assert "1.80 times faster than node_socketio in this run (2.00 times by their minima)" in result.notes[-1]
    assert result.compared_with["node_socketio"]["their_cpu_by_ours"] == 2.1
    assert dict(result.goals)["within 1.5 times of raw_send"] is True
    assert dict(result.goals)["2 times faster than node_socketio"] is False


def test_without_node_nothing_is_said_of_it(found: dict[str, Contender]) -> None:
    found["node_socketio"] = Contender("node_socketio", never_started, trouble="Node.js is not installed here.")

    result = _result(Options(), found)

    assert not any("node_socketio" in note for note in result.notes)
    assert dict(result.goals)["2 times faster than node_socketio"] is None
