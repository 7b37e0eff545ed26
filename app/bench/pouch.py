"""PouchDB Server as a peer of the storm: each phone posts its documents, then gets those that its ward has new.

A database for each ward, as who builds on it would have; LevelDB answers before the disk has what it was given.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.base import clock
from app.bench.callers import Call, call_all, request
from app.bench.frame import Options, percentile
from app.bench.processes import free_port
from app.bench.tools import npm_tools, tool_folder

PACKAGE = "pouchdb-server"
START_SECONDS, STORM_SECONDS = 30.0, 240.0
CONNECTIONS = 32


def ops_per_second(options: Options, folder: Path, *, wards: int, alone: int) -> dict[str, Any]:
    """Documents a second through `_bulk_docs`, of the first `alone` phones alone and of all others with their pulls;
    or why there is no figure."""
    missing = npm_tools(options.tools, PACKAGE)
    if missing:
        return {"trouble": missing}
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _serving(tool_folder(options.tools, PACKAGE), folder) as port:
            made = (Call("create", request("PUT", f"/ward-{ward}")) for ward in range(wards))
            call_all(port, made, connections=1, seconds=START_SECONDS)
            calls = [_call(device, f"/ward-{device % wards}", options.ops) for device in range(options.devices)]
            pushed = [replace(call, then=None) for call in calls[:alone]]
            pushes = call_all(port, pushed, connections=CONNECTIONS, seconds=STORM_SECONDS)
            whole = call_all(port, calls[alone:], connections=CONNECTIONS, seconds=STORM_SECONDS)
    except (OSError, TimeoutError) as error:
        return {"trouble": f"PouchDB Server did not last: {error}"}
    return {
        "docs_per_second": round((options.devices - alone) * options.ops / whole.elapsed),
        "docs_per_second_pushes_alone": round(alone * options.ops / pushes.elapsed),
        "push_p99_ms": round(percentile(whole.seconds["push"], 0.99) * 1000, 1),
        "refused": {**pushes.refused, **whole.refused},
    }


def _call(device: int, ward: str, ops: int) -> Call:
    docs = [
        {"_id": f"{device:05d}-{n:03d}", "kind": "task.complete", "at": "2026-11-21T20:50:11.400Z", "by": "p",
         "args": {"task": "t", "captured": {"count": n}, "note": "seen"}}
        for n in range(ops)
    ]  # fmt: skip
    pull = Call("pull", request("GET", f"{ward}/_changes?since=0&include_docs=true"))
    return Call("push", request("POST", f"{ward}/_bulk_docs", json.dumps({"docs": docs}).encode()), lambda _s, _b: pull)


@contextmanager
def _serving(tools: Path, folder: Path) -> Iterator[int]:
    port = free_port()
    program = str(tools / "node_modules" / ".bin" / PACKAGE)
    process = subprocess.Popen(
        [program, "--port", str(port), "--host", "127.0.0.1", "--dir", str(folder), "--no-stdout-logs"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = clock.ticks() + START_SECONDS
    while clock.ticks() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("it did not start")
