"""All sockets drop at once and come back: how long until everybody is current, and who waits meanwhile."""

from __future__ import annotations

import random
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.base import clock
from app.base.signing import TicketSigner, load_secret
from app.bench.callers import Call, Timings, call_all, request
from app.bench.fleet import Fleet
from app.bench.frame import Options, Result, percentile
from app.bench.processes import Server, our_server

SCOPE = "site:north"
SECONDS, BACK_IN_SECONDS = 180.0, 60.0
FIRST_TRY_WITHIN_SECONDS = 10.0
RETRY_SECONDS = (2.0, 6.0)
PING_EVERY_SECONDS = 0.02


def run(options: Options) -> Result:
    """Connect gently, drop all in one moment, let them come back as phones do, then tell them something."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        path_of = _tickets(data_dir)
        with our_server(data_dir) as server:
            fleet = Fleet(("127.0.0.1", server.port), path_of)
            joined = _come(fleet, options.clients, seconds=SECONDS, spread=options.clients / 280)
            server.ask({"ask": "forget"})
            done, pings = threading.Event(), []
            watcher = threading.Thread(target=lambda: pings.append(_ping(server.port, done)))
            watcher.start()
            dropped_at, cpu = clock.ticks(), server.cpu_seconds()
            for client in list(fleet.clients.values()):
                fleet.drop(client)
            cleared = _cleared_seconds(server)
            drop_cpu = server.cpu_seconds() - cpu
            back, refused = _come_back(fleet, options.clients)
            took = clock.ticks() - dropped_at
            heard = _tell(server, fleet)
            done.set()
            watcher.join()
            stats = server.ask({"ask": "stats"})
            fleet.close()
    return _result(options, joined, back, took, cleared, drop_cpu, heard, refused, pings[0], stats)


def _tickets(data_dir: Path) -> Callable[[int], str]:
    signer = TicketSigner(load_secret(data_dir), life_seconds=60)

    def path_of(turn: int) -> str:
        claims = {
            "user": f"u{turn}",
            "session": f"s{turn}",
            "device": f"d{turn}",
            "rooms": [SCOPE, f"unit:{turn % 60}"],
        }
        return f"/socket.io/?EIO=4&transport=websocket&ticket={signer.sign(claims)}"

    return path_of


def _come(fleet: Fleet, count: int, *, seconds: float, spread: float) -> int:
    """`count` clients come within `spread` seconds, each at a moment of its own; who is refused tries again."""
    began = clock.ticks()
    due = sorted(random.uniform(0, spread) for _ in range(count))
    refused_before = len(fleet.turned_away)
    while clock.ticks() - began < seconds:
        now = clock.ticks() - began
        while due and due[0] <= now:
            due.pop(0)
            fleet.begin()
        fleet.poll(0.005)
        fresh = len(fleet.turned_away) - refused_before
        if fresh:
            refused_before += fresh
            due = sorted([*due, *(now + random.uniform(*RETRY_SECONDS) for _ in range(fresh))])
        if not due and fleet.joined == count:
            break
    return fleet.joined


def _come_back(fleet: Fleet, count: int) -> tuple[int, dict[str, int]]:
    before = len(fleet.turned_away)
    back = _come(fleet, count, seconds=SECONDS, spread=FIRST_TRY_WITHIN_SECONDS)
    return back, dict(Counter(str(status) for status in fleet.turned_away[before:]))


def _cleared_seconds(server: Server) -> float:
    """How long the server takes until it knows that all are gone."""
    began = clock.ticks()
    while server.ask({"ask": "stats"})["clients"] and clock.ticks() - began < SECONDS:
        pass
    return clock.ticks() - began


def _tell(server: Server, fleet: Fleet) -> float:
    """Seconds until all that came back have heard a message."""
    wanted, began = fleet.received + fleet.joined, clock.ticks()
    server.tell({"scope": SCOPE, "id": "memo", "body": {"text": "You are back."}})
    fleet.poll_until(lambda: fleet.received >= wanted, seconds=30)
    server.answer()
    return clock.ticks() - began


def _ping(port: int, done: threading.Event) -> Timings:
    def calls() -> Any:
        while not done.wait(PING_EVERY_SECONDS):
            yield Call("ping", request("GET", "/api/ping"))

    return call_all(port, calls(), connections=1, seconds=2 * SECONDS)


def _result(
    options: Options, joined: int, back: int, took: float, cleared: float, drop_cpu: float, heard: float,
    refused: dict[str, int], pings: Timings, stats: dict[str, Any],
) -> Result:  # fmt: skip
    waits = [seconds * 1000 for seconds in pings.seconds["ping"]]
    result = Result("herd")
    result.figures = {
        "clients": options.clients,
        "connected_at_first": joined,
        "back": back,
        "all_back_seconds": round(took, 1),
        "server_cleared_seconds": round(cleared, 2),
        "cpu_us_per_disconnect": round(drop_cpu * 1e6 / max(1, joined)),
        "asked_to_wait": refused,
        "message_to_all_ms": round(heard * 1000),
        "ping_p50_ms": round(percentile(waits, 0.5), 1),
        "ping_p99_ms": round(percentile(waits, 0.99), 1),
        "ping_worst_ms": round(max(waits), 1),
        "loop_stalls": stats["loop_stalls"],
        "worst_stall_ms": stats["worst_stall_ms"],
        "worst_stall_busy_ms": stats["worst_stall_busy_ms"],
    }
    result.goals = [
        ("all back and current within 60 s", back == options.clients and took + heard < BACK_IN_SECONDS),
        ("p99 of a parallel GET under 250 ms", percentile(waits, 0.99) < 250),
    ]
    return result
