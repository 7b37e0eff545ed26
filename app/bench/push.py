"""An update goes to every phone by push: how long until all are handed over, and what the wards feel meanwhile."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import insert
from webpush import WebPush, WebPushSubscription

from app.base import clock
from app.base.db import db
from app.base.ids import uuid7
from app.base.settings import CHECKOUT, Settings
from app.base.unit_of_work import write
from app.bench.callers import Call, Timings, call_all, request
from app.bench.frame import Options, Result, percentile
from app.bench.processes import free_port, our_server, running
from app.bench.town import Town, found_town
from app.command_app import command_app
from app.delivery.commands.enqueue import enqueue
from app.delivery.keys import VapidKeys, load_vapid
from app.delivery.models import PushSubscription
from app.delivery.news import News

GOAL_SECONDS = 8.0
END_SECONDS = 180.0
QUIET_SECONDS = 3.0
STOCK_MESSAGES = 300
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


@dataclass
class Pings:
    """What one phone after the other feels of the web server, until it is told to stop."""

    port: int
    timings: list[float] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Ask every few milliseconds while the block runs."""
        thread = threading.Thread(target=self._ask, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()
            self._stop.clear()

    def _ask(self) -> None:
        while not self._stop.is_set():
            done: Timings = call_all(
                self.port, [Call("ping", request("GET", "/api/ping"))] * 5, connections=1, seconds=30
            )
            self.timings += done.seconds["ping"]
            time.sleep(0.005)

    def take(self) -> list[float]:
        """The seconds since the last look."""
        found, self.timings = self.timings, []
        return found


def run(options: Options) -> Result:
    """Seed subscriptions, queue one update for all, and let a worker on one core send it."""
    with tempfile.TemporaryDirectory() as folder:
        town = found_town(Path(folder) / "ours", units=4, phones=8)
        sink_port = free_port()
        origin = f"http://127.0.0.1:{sink_port}"
        _subscribe(town, origin, options.clients)
        settings = Settings(data_dir=town.data_dir)
        stock_us = _stock_us_each(load_vapid(town.data_dir))
        sink_command = [sys.executable, "-m", "app.bench.push_sink", str(sink_port)]
        with (
            our_server(town.data_dir) as server,
            running(sink_command, port=sink_port) as sink,
            _worker(town.data_dir, origin) as worker,
        ):
            pings = Pings(server.port)
            with pings.going_on():
                time.sleep(QUIET_SECONDS)
            quiet = pings.take()
            cpu = _cpu_seconds(worker.pid)
            with pings.going_on():
                queue_ms = _queue(settings, town)
                began = clock.ticks()
                _until_sent(town.data_dir, options.clients)
                seconds = clock.ticks() - began
            busy, cpu = pings.take(), _cpu_seconds(worker.pid) - cpu
            counts = sink.ask({"ask": "count"})
            stats = server.ask({"ask": "stats"})
    return _result(options, seconds, cpu, queue_ms, quiet, busy, counts, stats, stock_us)


def _subscribe(town: Town, origin: str, count: int) -> None:
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )  # fmt: skip
    with command_app(Settings(data_dir=town.data_dir)):
        with write() as work:
            work.session.execute(
                insert(PushSubscription),
                [
                    {
                        "id": uuid7(), "endpoint": f"{origin}/push/{n}", "endpoint_hash": str(n), "origin": origin,
                        "p256dh": _unpadded(point), "auth": AUTH, "user": town.lead.user, "device": f"d{n}",
                        "lang": "en", "address": "https://wardlight.example", "server_key": "", "state": "active",
                        "state_at": work.now, "created_at": work.now,
                    }
                    for n in range(count)
                ],
            )  # fmt: skip
        db.session.remove()


def _unpadded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _queue(settings: Settings, town: Town) -> float:
    """Queue the update as sending it would; how long its transaction took, in ms."""
    news = News(
        key="broadcast.sent:bench", purpose="broadcast.sent", kind="real", site="bench", incident=town.incident,
        ref=uuid7(), path="/app/updates/bench", asks=True,
        facts={"no": 1, "headline": "EHR is down. Stay on paper.", "do_now": "Chart and order on paper."},
    )  # fmt: skip
    with command_app(settings):
        began = clock.ticks()
        with write() as work:
            enqueue(work, news, [town.lead.user])
        return (clock.ticks() - began) * 1000


@contextmanager
def _worker(data_dir: Path, origin: str) -> Iterator[subprocess.Popen[bytes]]:
    """The worker on one core, once it looks for work."""
    env = {**os.environ, "WARDLIGHT_DATA_DIR": str(data_dir), "WARDLIGHT_PUSH_ORIGINS": origin}
    core = {max(os.sched_getaffinity(0))}
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "worker"], cwd=CHECKOUT, env=env,
        preexec_fn=lambda: os.sched_setaffinity(0, core),
    )  # fmt: skip
    try:
        time.sleep(QUIET_SECONDS)  # its imports are no part of sending
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _until_sent(data_dir: Path, count: int) -> None:
    connection = sqlite3.connect(data_dir / "wardlight.db")
    ends_at = clock.ticks() + END_SECONDS
    query = "SELECT count(*) FROM delivery WHERE state = 'sent'"
    while connection.execute(query).fetchone()[0] < count:
        if clock.ticks() > ends_at:
            raise TimeoutError("not everything was sent")
        time.sleep(0.05)
    connection.close()


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _stock_us_each(keys: VapidKeys) -> float:
    """What the package alone costs for one message, used as its page shows: microseconds of processor time."""
    stock = WebPush(BytesIO(keys.private_pem), BytesIO(keys.public_pem), subscriber="a@example.org", ttl=60)
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )  # fmt: skip
    receiver = WebPushSubscription.model_validate(
        {"endpoint": "https://push.example/x", "keys": {"p256dh": _unpadded(point), "auth": AUTH}}
    )
    began = clock.work_ticks()
    for _ in range(STOCK_MESSAGES):
        stock.get(b"x" * 600, receiver)
    return (clock.work_ticks() - began) / STOCK_MESSAGES * 1e6


def _result(
    options: Options, seconds: float, cpu: float, queue_ms: float, quiet: list[float], busy: list[float],
    counts: dict[str, Any], stats: dict[str, Any], stock_us: float,
) -> Result:  # fmt: skip
    result = Result("push")
    result.figures = {
        "notifications": options.clients,
        "answer_after_ms": 50,
        "seconds": round(seconds, 2),
        "per_second": round(options.clients / seconds),
        "worker_cpu_seconds": round(cpu, 2),
        "worker_cpu_us_each": round(cpu / options.clients * 1e6),
        "queued_in_ms": round(queue_ms, 1),
        "received": counts["received"],
        "without_a_needed_header": counts["bad"],
        "most_at_once": counts["most_at_once"],
        "ping_p50_ms_quiet": round(percentile(quiet, 0.5) * 1000, 2),
        "ping_p99_ms_quiet": round(percentile(quiet, 0.99) * 1000, 2),
        "ping_p50_ms_while_sending": round(percentile(busy, 0.5) * 1000, 2),
        "ping_p99_ms_while_sending": round(percentile(busy, 0.99) * 1000, 2),
        "pings_while_sending": len(busy),
        "worst_stall_ms": stats["worst_stall_ms"],
    }
    result.compared_with = {"webpush_get_alone": {"cpu_us_each": round(stock_us)}}
    result.goals = [
        (f"{options.clients} notifications in under {GOAL_SECONDS:g} s on one core", seconds < GOAL_SECONDS),
        ("each exactly once", counts["received"] == options.clients and not counts["bad"]),
        ("p99 of a ping while sending under 50 ms", percentile(busy, 0.99) < 0.05),
    ]
    return result
