"""Serving: the web server, the periodic jobs, and an orderly end."""

from __future__ import annotations

import logging
import signal
from collections.abc import Sequence

import gevent
from flask import Flask

from app.base.beside import wait_beside
from app.base.db import db
from app.base.leadership import Leadership
from app.base.memory import keep_what_is_loaded, look_through_everything
from app.base.periodic import PeriodicJob, run_forever, run_once
from app.base.settings import Settings
from app.broadcasts.commands.audit import audit_escalation
from app.broadcasts.commands.escalations import escalate
from app.broadcasts.commands.promises import watch_promises
from app.broadcasts.commands.sweeps import remind_people, renew_reach, retire_incidents, sweep_reach
from app.delivery.commands.sweeps import forget_old_news, sweep_paths
from app.delivery_process import WorkerProcess
from app.live.beat import BEAT_SECONDS, Beat
from app.live.catch_up import LOOK_EVERY_SECONDS
from app.live.commands import compact_tombstones
from app.live.server import make_server
from app.live.sockets import tell_everybody
from app.pages.packet.press import print_nightly
from app.pages.public.commands import export_if_due
from app.people.commands.devices import sweep_devices
from app.people.commands.upkeep import close_ended_sockets, end_expired_sign_ins, forget_old_sign_ins
from app.plans.reviews.commands import remind_reviewers
from app.response.commands.contact import sweep_due
from app.response.commands.handover_sweep import sweep_handovers
from app.response.commands.in_use import sweep_safe_times
from app.response.commands.planned import sweep_overruns
from app.response.commands.shift_sweep import sweep_shifts
from app.response.queries import any_real_incident_runs

GOODBYE_SPREAD_MS = 10_000
DRAIN_SECONDS = 0.5


def _compact() -> None:
    compact_tombstones()


def _tidy_memory() -> None:
    if not any_real_incident_runs():
        look_through_everything()


JOBS = (
    PeriodicJob("reach", 5.0, sweep_reach),
    PeriodicJob("paths", 5.0, sweep_paths),
    PeriodicJob("due", 15.0, sweep_due),
    PeriodicJob("promises", 15.0, watch_promises),
    PeriodicJob("escalation", 15.0, escalate),
    PeriodicJob("escalation-audit", 30.0, audit_escalation),
    PeriodicJob("ack-reminders", 30.0, remind_people),
    PeriodicJob("lapsed-acks", 60.0, renew_reach),
    PeriodicJob("handovers", 20.0, sweep_handovers),
    PeriodicJob("shifts", 20.0, sweep_shifts),
    PeriodicJob("overruns", 20.0, sweep_overruns),
    PeriodicJob("safe-times", 20.0, sweep_safe_times),
    PeriodicJob("devices", 60.0, sweep_devices),
    PeriodicJob("retire", 600.0, retire_incidents),
    PeriodicJob("status-folder", 5.0, export_if_due),
    PeriodicJob("packets", 60.0, print_nightly),
    PeriodicJob("compact", 3600.0, _compact),
    PeriodicJob("expired-sign-ins", 60.0, end_expired_sign_ins),
    PeriodicJob("plan-reviews", 1800.0, remind_reviewers),
    PeriodicJob("old-news", 86_400.0, forget_old_news),
    PeriodicJob("old-sign-ins", 86_400.0, forget_old_sign_ins),
)


def serve(app: Flask, settings: Settings, *, lines: Sequence[str]) -> None:
    """Serve until SIGTERM or SIGINT; then phones hear `bye`, open requests end, and the server stops."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    server = make_server(app, host=settings.host, port=settings.port)
    keep_what_is_loaded()
    beat = Beat(app.extensions["line"], port=settings.port)
    jobs = start_jobs(app, beat)
    if not settings.demo:
        jobs.append(gevent.spawn(wait_beside, app.extensions["shell"].warm))
    worker = WorkerProcess(settings)
    if settings.worker:
        jobs.append(gevent.spawn(worker.keep_alive))
    stopping = gevent.event.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, stopping.set)
    print(*lines, sep="\n", flush=True)
    stopping.wait()
    tell_everybody("bye", {"in_ms": GOODBYE_SPREAD_MS})
    gevent.sleep(DRAIN_SECONDS)
    gevent.killall(jobs)
    worker.end()
    run_once(app, PeriodicJob("leave", 0.0, beat.end))
    server.stop(timeout=2)


def start_jobs(app: Flask, beat: Beat) -> list[gevent.Greenlet]:
    """Every periodic job in a greenlet of its own; those of the whole house run where the lead is."""
    with app.app_context():
        lead = Leadership(db.engine)
    own = (
        PeriodicJob("memory", 86_400.0, _tidy_memory, everywhere=True),
        PeriodicJob("beat", BEAT_SECONDS, beat.turn, everywhere=True),
        PeriodicJob("catch-up", LOOK_EVERY_SECONDS, app.extensions["catch_up"].turn, everywhere=True),
        PeriodicJob("ended-sockets", 60.0, close_ended_sockets, everywhere=True),
    )
    return [gevent.spawn(run_forever, app, job, lead.leads) for job in (*JOBS, *own)]
