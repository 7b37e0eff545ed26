"""Work that repeats while the server runs: each job in its own greenlet, one failure never ends it."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

log = logging.getLogger("wardlight.base")


@dataclass(frozen=True)
class PeriodicJob:
    """A function and how often it runs: in the process that leads, or (`everywhere`) in each for itself."""

    name: str
    every_seconds: float
    run: Callable[[], None]
    everywhere: bool = False


def run_forever(app: Flask, job: PeriodicJob, leads: Callable[[], bool]) -> None:
    """Run the job again and again inside an application context; failures are logged and the next turn comes."""
    while True:
        time.sleep(job.every_seconds * random.uniform(0.9, 1.1))
        if job.everywhere or leads():
            run_once(app, job)


def run_once(app: Flask, job: PeriodicJob) -> None:
    """One turn of the job."""
    with app.app_context():
        try:
            job.run()
        except Exception:
            log.exception("periodic.failed", extra={"job": job.name})
