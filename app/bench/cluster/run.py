"""Two processes beside one, and what they live through together: PostgreSQL, Redis and nginx as in a hospital."""

from __future__ import annotations

import asyncio
import random
import tempfile
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from app.base import clock
from app.bench.callers import Timings, call_all
from app.bench.chaos.device import Device
from app.bench.chaos.storm import all_talk
from app.bench.chaos.verdict import Verdict, judge, stored_in_postgres
from app.bench.cluster.blows import Night, kill_redis, kill_web, restart_postgres
from app.bench.cluster.engines import Missing
from app.bench.cluster.house import House
from app.bench.frame import Options, Result, percentile
from app.bench.storm import body_of, calls_of
from app.bench.town import Phone, Town

PHONES_A_UNIT = 8
LIVING, PAUSE_SECONDS = 24, 0.6
WARM_UP = 8
CONNECTIONS = 32
STORM_SECONDS, CALM_SECONDS = 240.0, 60.0
LEGS = (1, 2, 1, 2)
NOTE = (
    "All of it shares the machine: PostgreSQL, Redis, nginx, the web processes and the bench's own clients. Writes take"
    " turns across processes (ADR 4), so a second one gives room for parsing, reading and sockets, and a spare."
)


def run(options: Options) -> Result:
    """Throughput of the storm in turn with one process and two; then the blows, under living phones."""
    each = max(PHONES_A_UNIT, options.devices // 2)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        try:
            house = House(Path(folder), stack)
        except Missing as missing:
            return _missing(missing)
        phones = LIVING + (each + WARM_UP) * len(LEGS)
        town = house.found(units=-(-phones // PHONES_A_UNIT), phones=phones)
        legs = [_storm(house, town, options, turn, each) for turn in range(len(LEGS))]
        blows, verdict = _blows(house, town)
    return _result(options, legs, blows, verdict)


def _storm(house: House, town: Town, options: Options, turn: int, each: int) -> dict[str, Any]:
    """One leg: its own phones push and pull through the proxy."""
    first = LIVING + turn * (each + WARM_UP)
    with house.serving(LEGS[turn]) as (webs, nginx):
        _call(nginx.port, town, range(first + each, first + each + WARM_UP), options.ops, connections=4)
        cpu = sum(web.cpu_seconds() for web in webs)
        timings = _call(nginx.port, town, range(first, first + each), options.ops, connections=CONNECTIONS)
        cpu = sum(web.cpu_seconds() for web in webs) - cpu
    return {
        "processes": LEGS[turn],
        "ops_per_second": each * options.ops / timings.elapsed,
        "push_p99_ms": percentile(timings.seconds["push"], 0.99) * 1000,
        "refused": sum(timings.refused.values()),
        "cpu": cpu / timings.elapsed,
    }


def _call(port: int, town: Town, turns: range, ops: int, *, connections: int) -> Timings:
    bodies = {town.phones[turn].device: body_of(town, turn, ops) for turn in turns}
    phones = [town.phones[turn] for turn in turns]
    return call_all(port, calls_of(town, phones, bodies, {}), connections=connections, seconds=STORM_SECONDS)


def _blows(house: House, town: Town) -> tuple[dict[str, dict[str, Any]], Verdict]:
    with house.serving(2) as (webs, nginx):
        night = Night(house, town, webs, nginx, town.lead)
        with_phones = _Phones([_device(town, phone, nginx.port, n) for n, phone in enumerate(town.phones[:LIVING])])
        with with_phones:
            found = {"one process killed": kill_web(night), "Redis killed": kill_redis(night)}
            found["PostgreSQL restarted"] = restart_postgres(night)
        fresh = [_device(town, phone, nginx.port, -1) for phone in town.phones[:LIVING]]
        asyncio.run(_come_home(with_phones.devices, fresh))
        verdict = judge(with_phones.devices, fresh, _theirs(house, with_phones.devices))
    return found, verdict


class _Phones:
    """Phones that record and hand in beside what the bench does, until the block ends."""

    def __init__(self, devices: Sequence[Device]) -> None:
        self.devices = devices
        self._end = float("inf")
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)

    def __enter__(self) -> _Phones:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._end = clock.ticks()
        self._thread.join()

    async def _live(self) -> None:
        await asyncio.gather(*(self._one(device) for device in self.devices))

    async def _one(self, device: Device) -> None:
        while clock.ticks() < self._end:
            device.record()
            await device.talk()
            await asyncio.sleep(device.chance.uniform(0.5, 1.5) * PAUSE_SECONDS)


def _device(town: Town, phone: Phone, port: int, seed: int) -> Device:
    return Device(phone, town.epoch, town.incident, town.tasks[phone.unit], port, random.Random(seed))


async def _come_home(devices: Sequence[Device], fresh: Sequence[Device]) -> None:
    await all_talk(devices, until=clock.ticks() + CALM_SECONDS)
    await all_talk([*devices, *fresh], until=clock.ticks() + CALM_SECONDS)


def _theirs(house: House, devices: Sequence[Device]) -> tuple[dict[str, str], int]:
    """What is stored of these phones alone: the storm before and the bench's own voice wrote too."""
    return stored_in_postgres(house.postgres.dsn, people=[device.phone.user for device in devices])


def _missing(missing: Missing) -> Result:
    result = Result("cluster", goals=[("two processes, and nothing lost or doubled by any blow", None)])
    result.notes = [str(missing)]
    return result


def _result(
    options: Options, legs: Sequence[dict[str, Any]], blows: dict[str, dict[str, Any]], verdict: Verdict
) -> Result:
    one, two = (_mean(legs, count) for count in (1, 2))
    web, redis, postgres = blows.values()
    result = Result("cluster")
    result.figures = {
        "devices_a_leg": max(PHONES_A_UNIT, options.devices // 2),
        "ops_each": options.ops,
        "two processes": two,
        **blows,
        "recorded_meanwhile": verdict.recorded,
        "lost": verdict.lost + verdict.still_waiting,
        "doubled": verdict.doubled,
        "scopes_that_differ": verdict.differing_scopes,
    }
    result.compared_with = {"one process in the same run": one}
    result.goals = [
        ("two processes take no less than one", two["ops_per_second"] >= 0.95 * one["ops_per_second"]),
        ("nothing lost", not verdict.lost + verdict.still_waiting),
        ("nothing doubled", verdict.doubled == 0 and verdict.differing_scopes == 0 and not verdict.broken),
        ("kill -9: requests go on within 3 s, sockets are back within 10 s", _within(web["requests_fail_for_s"], 3)
         and _within(web["sockets_back_s"], 10) and _within(web["other_leads_s"], 20)),
        ("Redis killed: no request fails, news crosses within 10 s", not redis["requests_failed"]
         and _within(redis["news_crosses_without_redis_s"], 10) and redis["with_rows_again"]),
        ("PostgreSQL restarted: entries are taken within 5 s", _within(postgres["entries_taken_again_s"], 5)),
    ]  # fmt: skip
    result.notes = [NOTE, *verdict.broken]
    return result


def _mean(legs: Sequence[dict[str, Any]], count: int) -> dict[str, Any]:
    mine = [leg for leg in legs if leg["processes"] == count]
    return {
        "ops_per_second": round(sum(leg["ops_per_second"] for leg in mine) / len(mine)),
        "push_p99_ms": round(max(leg["push_p99_ms"] for leg in mine)),
        "cores_used_by_web": round(sum(leg["cpu"] for leg in mine) / len(mine), 2),
        "refused": sum(leg["refused"] for leg in mine),
    }


def _within(seconds: float | None, limit: float) -> bool:
    return seconds is not None and seconds <= limit
