"""What a pull costs: an up-to-date phone, a small change in scopes of growing size, and a full snapshot."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.base.db import db
from app.base.settings import Settings
from app.base.unit_of_work import write
from app.bench.callers import Call, call_all, request
from app.bench.frame import Options, Result, spread
from app.bench.processes import Server, our_server
from app.bench.town import Phone, Town, found_town
from app.factory import create_app
from app.live.rows import put_row
from app.live.scopes import unit_scope

SIZES = (1_000, 10_000, 100_000, 1_000_000)
CHANGED = 5
SNAPSHOT_ROWS = 10_000
PULLS, DELTA_PULLS, SNAPSHOTS = 3000, 200, 8  # processor time comes in ticks of 10 ms
ROUNDS = 3
SECONDS = 120.0
FILL_AT_ONCE = 20_000
ACCEPTED = "gzip, deflate, br"


def run(options: Options) -> Result:
    """One unit for each size; the phone of that unit pulls."""
    sizes = [size for size in SIZES if size <= options.rows]
    with tempfile.TemporaryDirectory() as folder:
        town = found_town(Path(folder), units=len(sizes) + 1, phones=len(sizes) + 1, declare=False)
        _fill(town, sizes)
        with our_server(town.data_dir, snapshot_page_rows=SNAPSHOT_ROWS) as server:
            idle = [_idle_us(server, town) for _ in range(ROUNDS)]
            floor = [_ping_us(server) for _ in range(ROUNDS)]
            deltas = {str(size): _delta(server, town, turn) for turn, size in enumerate(sizes)}
            snapshot = _snapshot(server, town, sizes.index(SNAPSHOT_ROWS)) if SNAPSHOT_ROWS in sizes else {}
            worst_stall_ms = server.ask({"ask": "stats"})["worst_stall_ms"]
    result = _result(idle, floor, deltas, snapshot)
    result.figures["worst_stall_ms"] = worst_stall_ms
    return result


def _fill(town: Town, sizes: Iterable[int]) -> None:
    with _writing(town):
        for turn, size in enumerate(sizes):
            for start in range(0, size, FILL_AT_ONCE):
                with write() as work:
                    for number in range(start, min(size, start + FILL_AT_ONCE)):
                        put_row(work, unit_scope(town.phones[turn].unit), f"row-{number}", "note", _body(number),
                                fresh=True)  # fmt: skip


@contextmanager
def _writing(town: Town) -> Iterator[None]:
    """For writes beside the server."""
    app = create_app(Settings(data_dir=town.data_dir), with_hints=False)
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def _body(number: int) -> dict[str, Any]:
    return {"title": f"Do what the card says, step {number}.", "state": "open", "note": "", "text": "x" * 200}


def pull_request(town: Town, phone: Phone, cursors: dict[str, int]) -> bytes:
    """The request of a person's phone that stands at these cursors."""
    body = {"proto": 1, "epoch": town.epoch, "cursors": cursors, "page": None}
    return request("POST", "/api/sync/pull", json.dumps(body).encode(), Cookie=phone.cookie, Accept_Encoding=ACCEPTED)


def first_pull(town: Town, phone: Phone, keep: Callable[[dict[str, int]], None]) -> Call:
    """A pull of everything there is; `keep` gets the cursors that the phone stands at then."""

    def note(status: int, body: bytes) -> None:
        if status == 200:
            keep({scope: snap["to"] for scope, snap in json.loads(body)["snap"].items()})

    plain = pull_request(town, phone, {}).replace(f"Accept-Encoding: {ACCEPTED}\r\n".encode(), b"")
    return Call("first", plain, note)


def cursors_of(server: Server, town: Town, phone: Phone) -> dict[str, int]:
    """Where an up-to-date phone of this person stands."""
    found: dict[str, int] = {}
    call_all(server.port, [first_pull(town, phone, found.update)], connections=1, seconds=SECONDS)
    return found


def _cpu_us(server: Server, requests: Iterable[bytes], count: int) -> float:
    """Microseconds of server processor time for each of `count` requests."""
    before = server.cpu_seconds()
    timings = call_all(server.port, (Call("call", data) for data in requests), connections=4, seconds=SECONDS)
    if timings.refused:
        raise RuntimeError(f"refused: {timings.refused}")
    return (server.cpu_seconds() - before) * 1e6 / count


def _idle_us(server: Server, town: Town) -> float:
    phone = town.phones[-1]
    return _cpu_us(server, [pull_request(town, phone, cursors_of(server, town, phone))] * PULLS, PULLS)


def _ping_us(server: Server) -> float:
    return _cpu_us(server, [request("GET", "/api/ping")] * PULLS, PULLS)


def _delta(server: Server, town: Town, turn: int) -> dict[str, Any]:
    """The last few changes of a scope, whatever its size; one more before each pull, so that none is asked twice."""
    phone = town.phones[turn]
    cursors, scope = cursors_of(server, town, phone), unit_scope(phone.unit)

    def pulls() -> Iterator[bytes]:
        for _ in range(DELTA_PULLS):
            cursors[scope] += 1
            with write() as work:
                put_row(work, scope, f"row-{cursors[scope] % 1000}", "note", _body(cursors[scope]))
            yield pull_request(town, phone, {**cursors, scope: cursors[scope] - CHANGED})

    with _writing(town):
        return spread([_cpu_us(server, pulls(), DELTA_PULLS) for _ in range(ROUNDS)], digits=0)


def _snapshot(server: Server, town: Town, turn: int) -> dict[str, Any]:
    phone = town.phones[turn]
    size: list[int] = []
    cursors = {scope: seq for scope, seq in cursors_of(server, town, phone).items() if scope != unit_scope(phone.unit)}
    data = pull_request(town, phone, cursors)
    before = server.cpu_seconds()
    calls = [Call("snapshot", data, lambda _status, body: size.append(len(body))) for _ in range(SNAPSHOTS)]
    timings = call_all(server.port, calls, connections=1, seconds=SECONDS)
    return {
        "ms": spread(seconds * 1000 for seconds in timings.seconds["snapshot"]),
        "server_cpu_ms": round((server.cpu_seconds() - before) * 1000 / SNAPSHOTS, 1),
        "compressed_kb": round(max(size) / 1024),
        "rows": SNAPSHOT_ROWS,
    }


def _result(
    idle: list[float], floor: list[float], deltas: dict[str, Any], snapshot: dict[str, Any]
) -> Result:  # fmt: skip
    medians = [delta["median"] for delta in deltas.values()]
    result = Result("pull")
    result.figures = {
        "up_to_date_cpu_us": spread(idle, digits=0),
        f"cpu_us_of_{CHANGED}_changes_by_scope_rows": deltas,
        "snapshot": snapshot,
    }
    result.compared_with = {"get_ping_without_database": {"cpu_us": spread(floor, digits=0)}}
    result.goals = [
        ("an up-to-date phone costs under 300 microseconds of processor time", statistics.median(idle) < 300),
        ("what a change costs does not grow with the scope", max(medians) < 1.5 * min(medians) + 100),
        ("10,000 rows under 150 ms, compressed", snapshot["ms"]["median"] < 150 if snapshot else None),
    ]
    return result
