"""PouchDB Server as a peer of the storm: each phone posts its documents, then asks what changed."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
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


def ops_per_second(options: Options, folder: Path) -> dict[str, Any]:
    """Documents a second through `_bulk_docs`; or why there is no figure."""
    missing = npm_tools(options.tools, PACKAGE)
    if missing:
        return {"trouble": missing}
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _serving(tool_folder(options.tools, PACKAGE), folder) as port:
            call_all(port, [Call("create", request("PUT", "/ward"))], connections=1, seconds=30)
            calls = _calls(options.devices, options.ops)
            timings = call_all(port, calls, connections=CONNECTIONS, seconds=STORM_SECONDS)
    except (OSError, TimeoutError) as error:
        return {"trouble": f"PouchDB Server did not last: {error}"}
    pushes, pulls = timings.seconds["push"], timings.seconds["pull"]
    share = sum(pushes) / (sum(pushes) + sum(pulls))
    return {
        "docs_per_second": round(options.devices * options.ops / (timings.elapsed * share)),
        "push_p99_ms": round(percentile(pushes, 0.99) * 1000, 1),
        "refused": timings.refused,
    }


def _calls(devices: int, ops: int) -> Iterator[Call]:
    pull = Call("pull", request("GET", "/ward/_changes?since=now&limit=1"))
    for device in range(devices):
        docs = [
            {"_id": f"{device:05d}-{n:03d}", "kind": "task.complete", "at": "2026-11-21T20:50:11.400Z", "by": "p",
             "args": {"task": "t", "captured": {"count": n}, "note": "seen"}}
            for n in range(ops)
        ]  # fmt: skip
        body = json.dumps({"docs": docs}).encode()
        yield Call("push", request("POST", "/ward/_bulk_docs", body), lambda _s, _b: pull)


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
