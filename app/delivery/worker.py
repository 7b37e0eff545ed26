"""Sends what is queued, beside the web server: encryption and waiting for others must never hold up a ward's phone.

Many requests are under way at once; what comes back is recorded in groups, so that the database is written rarely.
"""

from __future__ import annotations

import logging
import os
import queue
import random
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from app.base import clock
from app.base.db import db
from app.delivery.answers import Answer
from app.delivery.commands.claim import claim_due, release_leases
from app.delivery.commands.record import Result, path_is_doubted, postpone_path, probe_results, record_results
from app.delivery.job import Job
from app.delivery.outgoing import Outgoing
from app.delivery.paths import Paths
from app.delivery.queries import origins_to_probe

log = logging.getLogger("wardlight.delivery")

Send = Callable[[Job, Outgoing], Answer]
IDLE_SECONDS = 0.5
GATHER_SECONDS = 0.05
RECORD_AT_ONCE = 200
PROBE_EVERY_SECONDS = 60.0
FAULT_PAUSE_SECONDS = 5.0


def own_lease() -> str:
    """The name of this process as a worker."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def is_dead_here(lease: str) -> bool:
    """Whether a lease belongs to a process of this machine that is no more. Of other machines nothing is known."""
    host, _, number = lease.rpartition(":")
    if host != socket.gethostname()[:60] or not number.isdigit() or lease == own_lease():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


class Worker:
    """Claims, sends, records; until it is told to stop. It may die at any moment: see `release_leases`."""

    def __init__(
        self, app: Flask, senders: Mapping[str, Send], outgoing: Outgoing, *, in_flight: int = 100,
        jitter: Callable[[], float] = lambda: random.uniform(0.5, 1.5),
    ) -> None:  # fmt: skip
        self._app, self._senders, self._outgoing = app, senders, outgoing
        self._in_flight, self._jitter = in_flight, jitter
        self._lease = own_lease()
        self._results: queue.Queue[Result] = queue.Queue()
        self._threads = ThreadPoolExecutor(max_workers=in_flight, thread_name_prefix="delivery")
        self._busy = 0
        self._paths = Paths()
        self._probed_at = -PROBE_EVERY_SECONDS

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set. A fault is logged and the next turn comes: the queue outlives everything."""
        with self._app.app_context():
            while not stop.is_set():
                try:
                    if not self.turn() and not self._busy:
                        self._probe_if_due()
                        stop.wait(IDLE_SECONDS)
                except Exception:
                    log.exception("delivery.turn_failed")
                    db.session.rollback()
                    stop.wait(FAULT_PAUSE_SECONDS)
            self._finish()
            db.session.remove()

    def begin(self) -> None:
        """Take back what an earlier worker of this machine died with."""
        freed = release_leases(is_dead_here)
        if freed:
            log.warning("delivery.taken_back", extra={"count": freed})

    def turn(self) -> bool:
        """Claim what fits, and record what has come back; whether there was anything."""
        claimed: list[Job] = []
        if self._busy <= self._in_flight // 2:
            claimed = claim_due(self._lease, limit=self._in_flight - self._busy)
        for job in claimed:
            self._begin_job(job)
        results = self._gather()
        if results:
            self._record(results)
        return bool(claimed or results)

    def run_until_idle(self) -> None:
        """Turn until nothing is due and nothing is under way."""
        while self.turn() or self._busy:
            pass

    def close(self) -> None:
        """Let go of threads and connections."""
        self._threads.shutdown(wait=True)
        self._outgoing.close()

    def _finish(self) -> None:
        """Record what is under way: what was sent must not be sent again because we stopped politely."""
        while self._busy:
            results = self._gather()
            if results:
                self._record(results)
        self.close()

    def _begin_job(self, job: Job) -> None:
        known = self._known_answer(job)
        self._busy += 1
        if known is not None:
            self._results.put((job, known))
        else:
            self._threads.submit(self._send, job)

    def _known_answer(self, job: Job) -> Answer | None:
        """The answer that needs no request."""
        if job.now >= job.expires_at:
            return Answer("dead", "expired")
        is_off = job.way.get("enabled") is False and job.news["purpose"] != "test"
        if not job.way or is_off or job.channel not in self._senders:
            return Answer("dead", "no_target")
        if job.was == "quarantined" and job.channel == "push" and not path_is_doubted(job.path, now=job.now):
            return Answer("dead", "gone")
        pause = self._paths.held_for(job.path)
        return None if pause is None else Answer("held", "path_held", pause)

    def _send(self, job: Job) -> None:
        try:
            answer = self._senders[job.channel](job, self._outgoing)
        except Exception:
            log.exception("delivery.fault", extra={"delivery": job.id, "channel": job.channel})
            answer = Answer("later", "fault")
        self._results.put((job, answer))

    def _gather(self) -> list[Result]:
        """What has come back, after a moment of waiting for more."""
        results: list[Result] = []
        ends_at = clock.ticks() + GATHER_SECONDS
        while self._busy and len(results) < RECORD_AT_ONCE:
            try:
                results.append(self._results.get(timeout=max(0.001, ends_at - clock.ticks())))
                self._busy -= 1
            except queue.Empty:
                break
        return results

    def _record(self, results: list[Result]) -> None:
        record_results(self._lease, results, jitter=self._jitter)
        for job, answer in results:
            pause = self._paths.note(job.path, answer)
            if pause is not None:
                log.warning("delivery.path_held", extra={"channel": job.channel, "seconds": pause.total_seconds()})
                postpone_path(job, pause)

    def _probe_if_due(self) -> None:
        if clock.ticks() - self._probed_at < PROBE_EVERY_SECONDS:
            return
        self._probed_at = clock.ticks()
        origins = origins_to_probe(now=clock.now())
        db.session.rollback()
        if origins:
            probe_results([(origin, self._outgoing.reaches(origin)) for origin in origins])
