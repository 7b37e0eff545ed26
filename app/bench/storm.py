"""All phones come back with full outboxes: pushes and pulls a second, exactly once, beside PouchDB and bare SQLite.

Every phone pushes and then pulls what its ward has new, here as there; the first ones only push, so that both show.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.bench import pouch
from app.bench.bare import bare_ops_per_second
from app.bench.callers import Call, Timings, call_all, request
from app.bench.frame import Options, Result, percentile
from app.bench.processes import Server, our_server
from app.bench.pull import first_pull, pull_request
from app.bench.town import Phone, Town, found_town

CONNECTIONS = 32
PHONES_A_UNIT = 8
STORM_SECONDS = 240.0
Cursors = dict[str, int]
ALONE_SHARE = 4  # every fourth phone only pushes
REPEATED_SHARE = 20  # every twentieth phone lost its answer and sends again


@dataclass(frozen=True, kw_only=True)
class Storm:
    """What happened: the phones that only pushed, those that pushed and pulled, those that sent again; and the
    server's processor seconds for the first two."""

    alone: Timings
    whole: Timings
    again: Timings
    cpu_alone: float
    cpu_whole: float
    stats: dict[str, Any]


def run(options: Options) -> Result:
    """Seed, let all phones push and pull, push some again, count what is on record."""
    alone = options.devices // ALONE_SHARE
    with tempfile.TemporaryDirectory() as folder:
        units = max(1, -(-options.devices // PHONES_A_UNIT))
        town = found_town(Path(folder) / "ours", units=units, phones=options.devices)
        storm = _break_out(options, town, alone)
        counts = on_record(town.data_dir)
        bare = bare_ops_per_second(Path(folder) / "bare", ops=options.ops, requests=min(300, options.devices))
        peer = pouch.ops_per_second(options, Path(folder) / "pouch", wards=units, alone=alone)
    return _result(options, storm, alone, counts, bare, peer)


def _break_out(options: Options, town: Town, alone: int) -> Storm:
    bodies = {phone.device: body_of(town, turn, options.ops) for turn, phone in enumerate(town.phones)}
    with our_server(town.data_dir) as server:
        cursors = cursors_before(server, town)
        server.ask({"ask": "forget"})

        def timed(calls: Iterator[Call]) -> tuple[Timings, float]:
            before = server.cpu_seconds()
            timings = call_all(server.port, calls, connections=CONNECTIONS, seconds=STORM_SECONDS)
            return timings, server.cpu_seconds() - before

        pushes = (Call("push", _push(phone, bodies[phone.device])) for phone in town.phones[:alone])
        pushed, cpu_alone = timed(pushes)
        whole, cpu_whole = timed(calls_of(town, town.phones[alone:], bodies, cursors))
        again = call_all(server.port, _repeats(town, bodies), connections=4, seconds=STORM_SECONDS)
        stats = server.ask({"ask": "stats"})
    return Storm(alone=pushed, whole=whole, again=again, cpu_alone=cpu_alone, cpu_whole=cpu_whole, stats=stats)


def body_of(town: Town, turn: int, ops: int) -> bytes:
    """A push of one phone: it ticks its own share of its unit's tasks."""
    phone, units = town.phones[turn], len(town.tasks)
    first = (turn // units) * ops
    now = clock.now()
    entries = [
        {"id": uuid7(), "n": n, "kind": "task.complete", "v": 1, "at": to_wire(now), "age_ms": 60_000 + n, "base": 1,
         "args": {"task": task, "captured": {"count": n}, "note": "seen"}}
        for n, task in enumerate(town.tasks[phone.unit][first : first + ops], start=1)
    ]  # fmt: skip
    body = {"proto": 1, "device": phone.device, "epoch": town.epoch, "sent_at": to_wire(now), "ops": entries}
    return json.dumps({**body, "queue": {"len": ops, "oldest_age_ms": 60_000}}).encode()


def cursors_before(server: Server, town: Town) -> dict[str, Cursors]:
    """Where every phone stood when the network went: it had everything that there was."""
    cursors: dict[str, Cursors] = {phone.device: {} for phone in town.phones}
    calls = (first_pull(town, phone, cursors[phone.device].update) for phone in town.phones)
    call_all(server.port, calls, connections=4, seconds=STORM_SECONDS)
    return cursors


def calls_of(
    town: Town, phones: Sequence[Phone], bodies: Mapping[str, bytes], cursors: Mapping[str, Cursors]
) -> Iterator[Call]:
    """Every phone pushes, then pulls what has changed since it was where its cursors say; without them, everything."""
    for phone in phones:
        pull = Call("pull", pull_request(town, phone, cursors.get(phone.device, {})))
        yield Call("push", _push(phone, bodies[phone.device]), partial(_then, pull))


def _then(call: Call, _status: int, _answer: bytes) -> Call:
    return call


def _push(phone: Phone, body: bytes) -> bytes:
    return request("POST", "/api/sync/push", body, Authorization=f"Bearer {phone.token}")


def _repeats(town: Town, bodies: dict[str, bytes]) -> Iterator[Call]:
    for phone in town.phones[::REPEATED_SHARE]:
        yield Call("again", _push(phone, bodies[phone.device]))


def on_record(data_dir: Path) -> dict[str, int]:
    """What the database holds of the storm."""
    connection = sqlite3.connect(data_dir / "wardlight.db")
    asked = {
        "results": "SELECT count(*) FROM op_result",
        "results_ok": "SELECT count(*) FROM op_result WHERE json_extract(result, '$.st') = 'ok'",
        "attestations": "SELECT count(*) FROM task_attestation",
        "tasks_done": "SELECT count(*) FROM task WHERE state = 'done'",
        "events": "SELECT count(*) FROM event WHERE type = 'task.completed'",
    }
    found = {name: int(connection.execute(query).fetchone()[0]) for name, query in asked.items()}
    connection.close()
    return found


def on_record_count(data_dir: Path, table: str) -> int:
    """How many rows a table has."""
    connection = sqlite3.connect(data_dir / "wardlight.db")
    count = int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names
    connection.close()
    return count


def _result(
    options: Options, storm: Storm, alone: int, counts: dict[str, int], bare: float, peer: dict[str, Any]
) -> Result:
    ops_alone, ops = alone * options.ops, (options.devices - alone) * options.ops
    pushes, rate = storm.whole.seconds["push"], ops / storm.whole.elapsed
    refused = {**storm.alone.refused, **storm.whole.refused, **storm.again.refused}
    once = all(count == ops_alone + ops for count in counts.values()) and not refused
    theirs = peer.get("docs_per_second")
    result = Result("storm")
    result.figures = {
        "devices": options.devices,
        "ops_each": options.ops,
        "ops_per_second": round(rate),
        "ops_per_second_pushes_alone": round(ops_alone / storm.alone.elapsed),
        "server_cpu_us_per_op": round(storm.cpu_whole * 1e6 / ops),
        "server_cpu_us_per_op_pushes_alone": round(storm.cpu_alone * 1e6 / ops_alone),
        "push_p50_ms": round(percentile(pushes, 0.5) * 1000, 1),
        "push_p99_ms": round(percentile(pushes, 0.99) * 1000, 1),
        "pull_p50_ms": round(percentile(storm.whole.seconds["pull"], 0.5) * 1000, 1),
        "times_pouchdb": None if theirs is None else round(rate / theirs, 2),
        "on_record": counts,
        "refused": refused,
        **{name: storm.stats[name] for name in ("loop_stalls", "worst_stall_ms", "worst_stall_busy_ms")},
    }
    result.compared_with = {"pouchdb_server": peer, "bare_sqlite3": {"ops_per_second": round(bare)}}
    result.goals = [
        ("at least 4 times the throughput of PouchDB Server", None if theirs is None else rate >= 4 * theirs),
        ("p99 of a push under 1 s", percentile(pushes, 0.99) < 1),
        ("exactly once", once),
    ]
    result.notes = [
        "Every phone pushes, then pulls what its ward has new; PouchDB Server has a database a ward and does the same.",
        "PouchDB Server answers before the disk has what it was given; ours waits for the disk (synchronous=FULL).",
    ]
    return result
