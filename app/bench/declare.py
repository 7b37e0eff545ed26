"""Declaring for a whole hospital: 60 units x 12 roles, ten thousand tasks, while others go on asking.

Then a phone of every unit asks for its card, spread over the half second that phones take when they hear of news.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.bench.callers import Call, Timings, call_all, request
from app.bench.frame import Options, Result, percentile, spread
from app.bench.processes import Server, our_server
from app.bench.pull import cursors_of, pull_request
from app.bench.storm import on_record_count
from app.bench.town import PLAN, Town, found_town

UNITS = 60
SECONDS = 60.0
PINGS_ALONE = 400
# Somebody is always asking, but does not keep the processor busy: that is the declaration's.
PING_EVERY_SECONDS = 0.005
PULLS_SPREAD_SECONDS = 0.5
PULLS_AT_ONCE = 4


@dataclass
class _Seen:
    """What the rounds have shown, in milliseconds."""

    took: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    cards: list[float] = field(default_factory=list)
    pings: list[float] = field(default_factory=list)
    quiet: list[float] = field(default_factory=list)
    stalls: list[float] = field(default_factory=list)
    stalls_busy: list[float] = field(default_factory=list)
    tasks: int = 0


def run(options: Options) -> Result:
    """A fresh hospital each round; a ping runs beside the declaration."""
    seen = _Seen()
    for _round in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            town = found_town(Path(folder), units=UNITS, phones=UNITS, declare=False)
            with our_server(town.data_dir) as server:
                _measure(server, town, seen)
            seen.tasks = on_record_count(town.data_dir, "task")
    return _result(seen)


def _measure(server: Server, town: Town, seen: _Seen) -> None:
    pulls = [pull_request(town, phone, cursors_of(server, town, phone)) for phone in town.phones]
    seen.quiet += _ping(server, until=None)
    server.ask({"ask": "forget"})
    done, beside = threading.Event(), list[float]()
    watcher = threading.Thread(target=lambda: beside.extend(_ping(server, until=done)))
    watcher.start()
    cpu, began = server.cpu_seconds(), clock.ticks()
    seen.took.append(_declare(server, town))
    seen.cpu.append((server.cpu_seconds() - cpu) * 1000)
    _have_cards(server, pulls)
    seen.cards.append((clock.ticks() - began) * 1000)
    done.set()
    watcher.join()
    seen.pings += beside
    stats = server.ask({"ask": "stats"})
    seen.stalls.append(stats["worst_stall_ms"])
    seen.stalls_busy.append(stats["worst_stall_busy_ms"])


def _declare(server: Server, town: Town) -> float:
    answers: list[bytes] = []
    call = Call("declare", _request(town), lambda _status, body: answers.append(body))
    timings = call_all(server.port, [call], connections=1, seconds=SECONDS)
    result = json.loads(answers[0])["results"][0]
    if result["st"] != "ok":
        raise RuntimeError(str(result))
    return timings.seconds["declare"][0] * 1000


def _have_cards(server: Server, pulls: list[bytes]) -> None:
    """Every phone has pulled; RuntimeError when one got no answer with rows."""
    sizes: list[int] = []

    def calls() -> Iterator[Call]:
        for data in pulls:
            yield Call("card", data, lambda _status, body: sizes.append(len(body)))
            time.sleep(PULLS_SPREAD_SECONDS / len(pulls))

    call_all(server.port, calls(), connections=PULLS_AT_ONCE, seconds=SECONDS)
    if min(sizes) == 0:
        raise RuntimeError("a phone got no card")


def _ping(server: Server, *, until: threading.Event | None) -> list[float]:
    def calls() -> Iterator[Call]:
        for turn in range(1_000_000):
            if (turn >= PINGS_ALONE) if until is None else until.is_set():
                return
            time.sleep(PING_EVERY_SECONDS)
            yield Call("ping", request("GET", "/api/ping"))

    timings: Timings = call_all(server.port, calls(), connections=1, seconds=SECONDS)
    return [seconds * 1000 for seconds in timings.seconds["ping"]]


def _request(town: Town) -> bytes:
    now = to_wire(clock.now())
    args = {"incident": uuid7(), "plan": PLAN, "title": "EHR down", "kind": "real", "level": 2, "services": ["ehr"],
            "units": None}  # fmt: skip
    op = {"id": uuid7(), "n": 1, "kind": "incident.declare", "v": 1, "at": now, "age_ms": 0, "base": None, "args": args}
    body = {"proto": 1, "device": town.lead.device, "epoch": town.epoch, "sent_at": now, "ops": [op]}
    return request("POST", "/api/sync/push", json.dumps(body).encode(), Authorization=f"Bearer {town.lead.token}")


def _result(seen: _Seen) -> Result:
    worst = max(seen.pings)
    result = Result("declare")
    result.figures = {
        "tasks": seen.tasks,
        "declare_ms": spread(seen.took),
        "server_cpu_ms_pings_included": spread(seen.cpu),
        "every_unit_has_its_card_ms": spread(seen.cards),
        "ping_beside_p50_ms": round(percentile(seen.pings, 0.5), 2),
        "ping_beside_worst_ms": round(worst, 1),
        "worst_stall_ms": spread(seen.stalls),
        "of_it_busy_ms": spread(seen.stalls_busy),
    }
    result.compared_with = {"ping_alone": {"worst_ms": round(max(seen.quiet), 1)}}
    result.goals = [
        ("under 500 ms of server time", statistics.median(seen.took) < 500),
        ("no other request waits longer than 100 ms", worst < 100),
        ("nothing holds the event loop over 50 ms", max(seen.stalls) <= 50),
        ("a phone of every unit has its card within 2 s", max(seen.cards) < 2000),
    ]
    return result
