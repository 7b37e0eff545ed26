"""The product's own server with a line to it: benches and tests tell it by standard input what to commit.

Each line is JSON: `{"scope", "id", "body", "times"?, "pause_ms"?}` puts a row (times: again and again, `n` counts up),
`{"ask": "stats"}` prints what the process knows of itself. Every line is answered by one line.
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402 - nothing may be imported before the patch
import resource  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from flask import Flask  # noqa: E402
from gevent.fileobject import FileObject  # noqa: E402

from app.base import clock  # noqa: E402
from app.base.memory import keep_what_is_loaded  # noqa: E402
from app.base.meta import epoch  # noqa: E402
from app.base.settings import from_environment  # noqa: E402
from app.base.unit_of_work import write  # noqa: E402
from app.bench.limits import raise_file_limit  # noqa: E402
from app.factory import create_app  # noqa: E402
from app.live import hints  # noqa: E402
from app.live.rows import put_row  # noqa: E402
from app.live.server import make_server  # noqa: E402
from app.live.sockets import socketio  # noqa: E402
from app.live.watchdog import LoopWatch  # noqa: E402
from app.schema import upgrade_schema  # noqa: E402


def main() -> None:
    """Serve until standard input ends."""
    settings = from_environment()
    raise_file_limit()
    app = create_app(settings, async_mode="gevent")
    upgrade_schema(app)
    with app.app_context():
        epoch()
    server = make_server(app, host="127.0.0.1", port=settings.port)
    keep_what_is_loaded()
    if len(sys.argv) > 1:
        server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, int(sys.argv[1]))
    print(json.dumps({"ready": settings.port}), flush=True)
    for line in FileObject(sys.stdin.fileno(), "rb", close=False):
        print(json.dumps(_obey(app, server.watch, json.loads(line))), flush=True)
    server.stop(timeout=1)


def _obey(app: Flask, watch: LoopWatch, order: dict[str, Any]) -> dict[str, Any]:
    if order.get("ask") == "stats":
        return _stats(watch)
    if order.get("ask") == "forget":
        watch.forget()
        return {"done": True}
    committed_at = sent_at = 0.0
    with app.app_context():
        for n in range(order.get("n", 1), order.get("n", 1) + order.get("times", 1)):
            with write() as work:
                put_row(work, order["scope"], order["id"], "document", {**order["body"], "n": n})
            committed_at = clock.ticks()
            hints.flush()  # each commit its own hint, so that every one can be counted
            sent_at = clock.ticks()
            gevent.sleep(order.get("pause_ms", 0) / 1000)
    return {"done": True, "t": committed_at, "send_ms": (sent_at - committed_at) * 1000}


def _stats(watch: LoopWatch) -> dict[str, Any]:
    manager = socketio.server.manager
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "clients": len(manager.rooms.get("/", {}).get(None, {})),
        "outlets": len(manager.outlets),
        "engine_sockets": len(socketio.server.eio.sockets),
        "loop_stalls": watch.stalls,
        "worst_stall_ms": round(watch.worst_ms),
        "worst_stall_busy_ms": round(watch.worst_busy_ms),
        "cpu_seconds": used.ru_utime + used.ru_stime,
    }


if __name__ == "__main__":
    main()
