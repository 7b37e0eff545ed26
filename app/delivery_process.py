"""The worker as a process of its own: `wardlight worker`, and the child that serving starts and keeps alive."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import gevent
from flask import Flask

from app.base.settings import CHECKOUT, Settings
from app.delivery.channels import CONFIGURED
from app.delivery.channels.push import push_sender
from app.delivery.keys import load_vapid
from app.delivery.origins import named_origins
from app.delivery.outgoing import Outgoing
from app.delivery.webpush_client import Sealer
from app.delivery.worker import Send, Worker

log = logging.getLogger("wardlight.delivery")

RESTART_SECONDS = 2.0
END_SECONDS = 15


def make_worker(app: Flask, settings: Settings) -> Worker:
    """A worker for this installation."""
    sealer = Sealer(load_vapid(settings.data_dir), contact=settings.push_contact)
    senders: dict[str, Send] = {name: kind.send for name, kind in CONFIGURED.items()}
    senders["push"] = push_sender(sealer, named=named_origins(settings.push_origins))
    outgoing = Outgoing(deadline_seconds=settings.delivery_deadline_seconds)
    return Worker(app, senders, outgoing, in_flight=settings.delivery_in_flight)


def work(app: Flask, settings: Settings, *, follow: int | None) -> None:
    """Send what is queued until SIGTERM or SIGINT, or until the server `follow` that started it is gone."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, stop.set)
    if follow is not None:
        gevent.spawn(_follow, follow, stop)
    worker = make_worker(app, settings)
    with app.app_context():
        worker.begin()
    worker.run(stop)


def _follow(parent: int, stop: threading.Event) -> None:
    """A killed server takes its worker along: the next server starts its own."""
    while _lives(parent):
        gevent.sleep(1.0)
    stop.set()


def _lives(number: int) -> bool:
    """Whether a process is there; a zombie that nobody has buried yet is not."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in ("Z", "X")


class WorkerProcess:
    """The worker of a server: started with it, started again when it dies, ended with it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def keep_alive(self) -> None:
        """Run for ever (in a greenlet of the server)."""
        while True:
            self._process = self._start()
            code = self._process.wait()
            log.error("delivery.worker_ended", extra={"code": code})
            gevent.sleep(RESTART_SECONDS)

    def end(self) -> None:
        """Let it record what is under way, then end it."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        own = {"WARDLIGHT_DATA_DIR": str(self._settings.data_dir)}
        command = [sys.executable, "-m", "app", "worker", "--follow", str(os.getpid())]
        return subprocess.Popen(command, cwd=CHECKOUT, env={**os.environ, **own})
