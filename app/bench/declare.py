"""Declaring for a whole hospital: 60 units x 12 roles, ten thousand tasks, while others go on asking."""

from __future__ import annotations

import json
import statistics
import tempfile
import threading
from pathlib import Path
from typing import Any

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.bench.callers import Call, Timings, call_all, request
from app.bench.frame import Options, Result, percentile, spread
from app.bench.processes import Server, our_server
from app.bench.storm import on_record_count
from app.bench.town import PLAN, Town, found_town

UNITS = 60
SECONDS = 60.0
PINGS = 4_000


def run(options: Options) -> Result:
    """A fresh hospital each round; a ping runs beside the declaration."""
    took: list[float] = []
    cpu: list[float] = []
    pings: list[float] = []
    quiet: list[float] = []
    tasks = 0
    for _round in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            town = found_town(Path(folder), units=UNITS, phones=1, declare=False)
            with our_server(town.data_dir) as server:
                quiet += _ping(server, PINGS // 10).seconds["ping"]
                seconds, busy, beside = _declare(server, town)
                stats = server.ask({"ask": "stats"})
            took.append(seconds * 1000)
            cpu.append(busy * 1000)
            pings += beside
            tasks = on_record_count(town.data_dir, "task")
    return _result(took, cpu, pings, quiet, tasks, stats)


def _declare(server: Server, town: Town) -> tuple[float, float, list[float]]:
    found: list[Timings] = []
    watcher = threading.Thread(target=lambda: found.append(_ping(server, PINGS, until=done)))
    done = threading.Event()
    watcher.start()
    cpu = server.cpu_seconds()
    answers: list[bytes] = []
    call = Call("declare", _request(town), lambda _status, body: answers.append(body))
    timings = call_all(server.port, [call], connections=1, seconds=SECONDS)
    cpu = server.cpu_seconds() - cpu
    done.set()
    watcher.join()
    result = json.loads(answers[0])["results"][0]
    if result["st"] != "ok":
        raise RuntimeError(str(result))
    return timings.seconds["declare"][0], cpu, found[0].seconds["ping"]


def _ping(server: Server, count: int, *, until: threading.Event | None = None) -> Timings:
    def calls() -> Any:
        for _ in range(count):
            if until is not None and until.is_set():
                return
            yield Call("ping", request("GET", "/api/ping"))

    return call_all(server.port, calls(), connections=1, seconds=SECONDS)


def _request(town: Town) -> bytes:
    now = to_wire(clock.now())
    args = {"incident": uuid7(), "plan": PLAN, "title": "EHR down", "kind": "real", "level": 2, "services": ["ehr"],
            "units": None}  # fmt: skip
    op = {"id": uuid7(), "n": 1, "kind": "incident.declare", "v": 1, "at": now, "age_ms": 0, "base": None, "args": args}
    body = {"proto": 1, "device": town.lead.device, "epoch": town.epoch, "sent_at": now, "ops": [op]}
    return request("POST", "/api/sync/push", json.dumps(body).encode(), Authorization=f"Bearer {town.lead.token}")


def _result(
    took: list[float], cpu: list[float], pings: list[float], quiet: list[float], tasks: int, stats: dict[str, Any]
) -> Result:
    worst = max(pings) * 1000
    result = Result("declare")
    result.figures = {
        "tasks": tasks,
        "declare_ms": spread(took),
        "server_cpu_ms_pings_included": spread(cpu),
        "ping_beside_p50_ms": round(percentile(pings, 0.5) * 1000, 2),
        "ping_beside_worst_ms": round(worst, 1),
        "worst_stall_ms": stats["worst_stall_ms"],
    }
    result.compared_with = {"ping_alone": {"worst_ms": round(max(quiet) * 1000, 1)}}
    result.goals = [
        ("under 500 ms of server time", statistics.median(took) < 500),
        ("no other request waits longer than 100 ms", worst < 100),
    ]
    return result
