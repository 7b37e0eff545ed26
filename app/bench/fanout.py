"""One message to everybody: from the commit to the last client, beside three others in the same run."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.base import clock
from app.base.settings import CHECKOUT
from app.base.signing import TicketSigner, load_secret
from app.bench.callers import Call, call_all, request
from app.bench.fleet import Fleet
from app.bench.frame import Options, Result, spread
from app.bench.processes import Server, free_port, our_server, running
from app.bench.tools import npm_tools, tool_folder

PEERS = CHECKOUT / "scripts" / "bench_peers"
SCOPE = "site:north"
MESSAGES = 7
PINGS = 200
SETTLE_SECONDS = 1.0
OPEN_SECONDS, MESSAGE_SECONDS = 180.0, 30.0
BODY = {"headline": "The EHR is down. Chart and order on paper.", "do_now": "Take the downtime box.", "no": 3}


@dataclass
class Contender:
    """A server under measurement, and what was measured of it."""

    name: str
    start: Callable[[], AbstractContextManager[tuple[Server, Callable[[int], str], dict[str, Any]]]]
    ms: list[float] = field(default_factory=list)
    kb: list[float] = field(default_factory=list)
    connect_ms: list[float] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)
    reader_us: list[float] = field(default_factory=list)
    ping_ms: list[float] = field(default_factory=list)
    trouble: str = ""


def run(options: Options) -> Result:
    """Connect, fire, disconnect; every contender once a round, in turn."""
    contenders = [Contender("wardlight", _ours), Contender("flask_socketio", _stock), Contender("raw_send", _raw)]
    missing = npm_tools(options.tools, "socket.io@4")
    node = Contender("node_socketio", lambda: _node(options), trouble=missing)
    contenders.insert(2, node)
    for _round in range(options.rounds):
        for contender in contenders:
            if not contender.trouble:
                _measure(contender, options)
    return _result(options, {contender.name: contender for contender in contenders})


def _measure(contender: Contender, options: Options) -> None:
    with contender.start() as (server, path_of, order):
        fleet = Fleet(("127.0.0.1", server.port), path_of)
        empty, cpu = server.memory_bytes(), server.cpu_seconds()
        joined = fleet.open(options.clients, seconds=OPEN_SECONDS)
        if joined < options.clients:
            contender.trouble = f"only {joined} of {options.clients} connected: {fleet.errors[:1]}"
        contender.connect_ms.append((server.cpu_seconds() - cpu) * 1000 / max(1, joined))
        _serve(fleet, SETTLE_SECONDS)
        contender.kb.append((server.memory_bytes() - empty) / 1024 / max(1, joined))
        if "scope" in order:
            contender.ping_ms += _pings(server.port)
        _fire(server, fleet, {**order, "n": 1})  # for warming up
        cpu, reader = server.cpu_seconds(), clock.work_ticks()
        contender.ms += [_fire(server, fleet, {**order, "n": turn + 2}) for turn in range(MESSAGES)]
        heard = MESSAGES * max(1, joined)
        contender.cpu_us.append((server.cpu_seconds() - cpu) * 1e6 / heard)
        contender.reader_us.append((clock.work_ticks() - reader) * 1e6 / heard)
        fleet.close()


def _pings(port: int) -> list[float]:
    """Milliseconds of small requests, one after the other on one connection, as a phone's heartbeat makes them."""
    done = call_all(port, [Call("ping", request("GET", "/api/ping"))] * PINGS, connections=1, seconds=30)
    return [seconds * 1000 for seconds in done.seconds["ping"]]


def _serve(fleet: Fleet, seconds: float) -> None:
    fleet.poll_until(lambda: False, seconds=seconds)


def _fire(server: Server, fleet: Fleet, order: dict[str, Any]) -> float:
    """Milliseconds from the server's start of the message to the last client."""
    wanted = fleet.received + len(fleet.clients)
    server.tell(order)
    if not fleet.poll_until(lambda: fleet.received >= wanted, seconds=MESSAGE_SECONDS):
        raise RuntimeError(f"{wanted - fleet.received} clients did not hear the message")
    began = server.answer()["t"]
    took = max(client.last_at for client in fleet.clients.values()) - began
    time.sleep(0.05)
    return float(took * 1000)


@contextmanager
def _ours() -> Iterator[tuple[Server, Callable[[int], str], dict[str, Any]]]:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        signer = TicketSigner(load_secret(data_dir), life_seconds=60)

        def path_of(turn: int) -> str:
            claims = {"user": f"u{turn}", "session": f"s{turn}", "device": f"d{turn}", "rooms": [SCOPE]}
            return f"/socket.io/?EIO=4&transport=websocket&ticket={signer.sign(claims)}"

        with our_server(data_dir, accept_per_second=100_000) as server:
            yield server, path_of, {"scope": SCOPE, "id": "memo", "body": BODY}


def _plain_path(_turn: int) -> str:
    return "/socket.io/?EIO=4&transport=websocket"


@contextmanager
def _peer(*command: str, port: int) -> Iterator[tuple[Server, Callable[[int], str], dict[str, Any]]]:
    row = {"id": "memo", "t": "document", "seq": 1, "b": {**BODY, "n": 1}}
    body = {"s": SCOPE, "from": 1, "to": 2, "rows": [row], "e": "01a0a1a2-0000-7000-8000-000000000000"}
    with running(command, port=port) as server:
        yield server, _plain_path, {"fire": body}


def _stock() -> AbstractContextManager[tuple[Server, Callable[[int], str], dict[str, Any]]]:
    port = free_port()
    return _peer(sys.executable, str(PEERS / "stock_socketio.py"), str(port), port=port)


def _raw() -> AbstractContextManager[tuple[Server, Callable[[int], str], dict[str, Any]]]:
    port = free_port()
    return _peer(sys.executable, str(PEERS / "raw_sender.py"), str(port), port=port)


def _node(options: Options) -> AbstractContextManager[tuple[Server, Callable[[int], str], dict[str, Any]]]:
    port = free_port()
    place = str(tool_folder(options.tools, "socket.io@4"))
    return _peer("node", str(PEERS / "socketio_server.cjs"), str(port), place, port=port)


def _result(options: Options, found: dict[str, Contender]) -> Result:
    ours = found["wardlight"]
    result = Result("fanout")
    result.figures = {"clients": options.clients, "rounds": options.rounds, **_figures(ours)}
    result.figures["ping_ms"] = spread(ours.ping_ms, digits=2)
    for name, wanted, faster in (("flask_socketio", 3.0, True), ("node_socketio", 2.0, True), ("raw_send", 1.5, False)):
        other = found[name]
        figures: dict[str, Any] = {"trouble": other.trouble} if other.trouble else {}
        ratio = None
        if other.ms and ours.ms:
            ratio = statistics.median(other.ms) / statistics.median(ours.ms)
            figures |= {**_figures(other), "their_median_by_ours": round(ratio, 2)}
            figures["their_min_by_ours"] = round(min(other.ms) / min(ours.ms), 2)
            our_cpu = max(0.1, statistics.median(ours.cpu_us))  # of a few clients it is less than the system counts
            figures["their_cpu_by_ours"] = round(statistics.median(other.cpu_us) / our_cpu, 2)
        result.compared_with[name] = figures
        if faster:
            sentence = f"{wanted:g} times faster than {name}"
            result.goals.append((sentence, None if ratio is None else ratio >= wanted))
        else:
            sentence = f"within {wanted:g} times of {name}"
            result.goals.append((sentence, None if ratio is None else 1 / ratio <= wanted))
    result.goals.append(("under 60 kB of memory per idle connection", statistics.median(ours.kb) < 60))
    result.notes = _notes(found["raw_send"], found["node_socketio"])
    return result


def _notes(raw: Contender, node: Contender) -> list[str]:
    """What the reader should know; also what can be reached at most against Node."""
    notes = [
        "Measured from the end of the commit (the peers: from the call that sends); our cpu time has the commits.",
        "One client process reads for all; `reader cpu us` is its own time, which is the bound once it exceeds theirs.",
    ]
    if raw.ms and node.ms:
        median = statistics.median(node.ms) / statistics.median(raw.ms)
        at_best = min(node.ms) / min(raw.ms)
        notes.append(
            f"Bare sends with nothing around them were {median:.2f} times faster than node_socketio in this run "
            f"({at_best:.2f} times by their minima): more is hardly possible for who sends to each socket by itself."
        )
    return notes


def _figures(contender: Contender) -> dict[str, Any]:
    return {
        "last_client_ms": spread(contender.ms),
        "kb_per_connection": spread(contender.kb),
        "cpu_us_per_client_and_message": spread(contender.cpu_us),
        "reader_cpu_us": spread(contender.reader_us),
        "connect_cpu_ms": spread(contender.connect_ms, digits=2),
    }
