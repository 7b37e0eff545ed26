"""What befalls a house of several processes: one is killed, Redis is killed, PostgreSQL restarts."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from app.base import clock
from app.bench.callers import Call, call_all, request
from app.bench.cluster.engines import Nginx
from app.bench.cluster.house import House, Web
from app.bench.cluster.voice import Ear, say, tickets
from app.bench.fleet import Fleet
from app.bench.town import Phone, Town

LONGEST_SECONDS = 60.0
PROBE_SECONDS = 0.02
HERD = 40


@dataclass
class Probe:
    """Asks the proxy every few milliseconds whether the house can serve; when it could not, and what it got."""

    port: int
    bad_at: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def going_on(self) -> Iterator[Probe]:
        """Ask while the block runs."""
        done = threading.Event()
        thread = threading.Thread(target=self._ask, args=(done,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            done.set()
            thread.join()

    def _ask(self, done: threading.Event) -> None:
        while not done.wait(PROBE_SECONDS):
            answers: list[str] = []
            call = Call("ready", request("GET", "/readyz"), lambda status, _body, to=answers: to.append(str(status)))  # type: ignore[misc]
            try:
                call_all(self.port, [call], connections=1, seconds=15)
            except (OSError, TimeoutError) as error:
                answers = [type(error).__name__]
            self.answers.update(answers)
            if answers != ["200"]:
                self.bad_at.append(clock.ticks())

    def seconds_after(self, moment: float) -> float:
        """How long after a moment the last bad answer came; 0 when there was none."""
        return max([at - moment for at in self.bad_at if at > moment], default=0.0)


@dataclass
class Night:
    """A house that serves, and who speaks and listens in it."""

    house: House
    town: Town
    webs: list[Web]
    nginx: Nginx
    phone: Phone
    said: int = 0

    def across(self, *, seconds: float = LONGEST_SECONDS) -> tuple[float | None, bool]:
        """Seconds from an answer of the first process until a socket of the second is told; whether with the rows."""
        ear = Ear(self.town, self.phone, self.webs[1].port)
        try:
            self.said += 1
            return ear.wait_for(
                say(self.town, self.phone, self.webs[0].port, self.said), seconds=seconds
            ), ear.with_rows
        finally:
            ear.close()


def kill_web(night: Night) -> dict[str, Any]:
    """The process that leads is killed; it comes back at the end."""
    victim = max(night.webs, key=lambda web: web.metric("wardlight_leads"))
    other = next(web for web in night.webs if web is not victim)
    fleet = Fleet(("127.0.0.1", night.nginx.port), tickets(night.town, night.phone))
    fleet.open(HERD, seconds=30)
    with Probe(night.nginx.port).going_on() as probe:
        killed_at = clock.ticks()
        victim.kill()
        sockets = _all_back(fleet)
        leads = _until(lambda: other.metric("wardlight_leads") == 1, killed_at)
        time.sleep(1.0)
    victim.begin()
    victim.wait()
    fleet.close()
    return {
        "requests_fail_for_s": round(probe.seconds_after(killed_at), 2),
        "sockets_back_s": sockets,
        "other_leads_s": leads,
        "answers": dict(probe.answers),
    }


def _all_back(fleet: Fleet) -> float | None:
    """Seconds until all sockets are joined again, each dialling as soon as it is cut; None when that takes too long."""
    began, dialled = clock.ticks(), 0
    while clock.ticks() - began < LONGEST_SECONDS:
        fleet.poll(0.02)
        open_now = len(fleet.clients)
        for _ in range(HERD - open_now):
            fleet.begin()
            dialled += 1
        if dialled and fleet.joined == HERD:
            return round(clock.ticks() - began, 2)
    return None


def kill_redis(night: Night) -> dict[str, Any]:
    """Redis is killed and comes back: news crosses by the database meanwhile."""
    before, _rows = night.across()
    with Probe(night.nginx.port).going_on() as probe:
        killed_at = clock.ticks()
        night.house.redis.kill()
        noticed = _until(lambda: all(not web.metric("wardlight_redis_up") for web in night.webs), killed_at)
        says_so = all("redis is not heard" in web.get("/readyz")[1] for web in night.webs)
        without, _rows = night.across()
        back_at = clock.ticks()
        night.house.redis.start()
        found = _until(lambda: all(web.metric("wardlight_redis_up") for web in night.webs), back_at)
        after, with_rows = night.across()
        if not with_rows:  # the look that each process takes once the line is found came first: it tells no rows
            after, with_rows = night.across()
    return {
        "news_crosses_before_s": _rounded(before),
        "noticed_s": noticed,
        "readyz_says_so": says_so,
        "news_crosses_without_redis_s": _rounded(without),
        "found_again_s": found,
        "news_crosses_after_s": _rounded(after),
        "with_rows_again": with_rows,
        "requests_failed": len(probe.bad_at),
    }


def restart_postgres(night: Night) -> dict[str, Any]:
    """PostgreSQL stops and starts."""
    with Probe(night.nginx.port).going_on() as probe:
        stopped_at = clock.ticks()
        night.house.postgres.stop()
        time.sleep(0.5)
        status, text = night.webs[0].get("/readyz")
        night.house.postgres.start()
        started_at = clock.ticks()
        taken = _until(lambda: _takes(night), started_at)
        leads = _until(lambda: any(web.metric("wardlight_leads") for web in night.webs), started_at)
        time.sleep(0.5)
    return {
        "away_s": round(started_at - stopped_at, 2),
        "answer_meanwhile": f"{status} {text[:60]}",
        "entries_taken_again_s": taken,
        "ready_again_s": round(probe.seconds_after(started_at), 2),
        "leads_again_s": leads,
        "answers": dict(probe.answers),
    }


def _takes(night: Night) -> bool:
    night.said += 1
    try:
        return all(say(night.town, night.phone, web.port, night.said) for web in night.webs)
    except RuntimeError:
        return False


def _until(reached: Callable[[], bool], began: float) -> float | None:
    """Seconds from `began` until something is reached; None when that takes too long."""
    while clock.ticks() - began < LONGEST_SECONDS:
        try:
            if reached():
                return round(clock.ticks() - began, 2)
        except OSError:
            pass
        time.sleep(0.05)
    return None


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
