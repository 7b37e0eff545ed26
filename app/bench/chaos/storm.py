"""The soak: phones record on bad lines, the server is killed now and then, and in the end everything must be there."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from app.base import clock
from app.bench.chaos.device import Device
from app.bench.chaos.verdict import Verdict, judge, missing_of, stored_in_file
from app.bench.frame import Options, Result, percentile
from app.bench.processes import free_port, our_server
from app.bench.town import Phone, Town, found_town

SEED = 20_261_121
PHONES_A_UNIT = 8
ROUNDS_A_SECOND = 60
SECONDS_A_DEATH = 60
CALM_SECONDS = 90.0
AT_ONCE = 50
NOTE = (
    "A recovery runs from the moment in which an entry is recorded, or the phone's network or the server is back, "
    "whichever is later, to its result. Wrong green: shown as on record and not in the database, after any death of "
    "the server or at the end."
)


class _Mortal:
    """A server that can be killed and started again on its data and its port."""

    def __init__(self, data_dir: Path, stack: ExitStack) -> None:
        self._data_dir, self._stack = data_dir, stack
        self.port = free_port()
        self.back_at: list[float] = []
        self.start()

    def start(self) -> None:
        self._server = self._stack.enter_context(our_server(self._data_dir, port=self.port))
        self.back_at.append(clock.ticks())

    def die(self) -> None:
        self._server.kill()


def run(options: Options) -> Result:
    """Seed, let phones live through the storm, let everybody come back into the network, compare."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        data_dir = Path(folder) / "ours"
        units = max(1, -(-options.devices // PHONES_A_UNIT))
        town = found_town(data_dir, units=units, phones=options.devices)
        server = _Mortal(data_dir, stack)
        devices = [_device(town, phone, server.port, turn) for turn, phone in enumerate(town.phones)]
        deaths, wrong_green = asyncio.run(_storm(devices, server, data_dir, options.seconds))
        fresh = [_device(town, phone, server.port, -1) for phone in town.phones[:units]]
        calm_seconds = asyncio.run(_calm(devices, fresh))
        verdict = judge(devices, fresh, stored_in_file(data_dir))
    return _result(options, devices, verdict, deaths=deaths, wrong_green=wrong_green, calm_seconds=calm_seconds)


def _device(town: Town, phone: Phone, port: int, turn: int) -> Device:
    return Device(phone, town.epoch, town.incident, town.tasks[phone.unit], port, random.Random(SEED + turn))


async def _storm(devices: Sequence[Device], server: _Mortal, data_dir: Path, seconds: int) -> tuple[int, int]:
    """How often the server died, and how many ops were shown as on record and were not after a death."""
    until = clock.ticks() + seconds
    pause = max(0.5, len(devices) / ROUNDS_A_SECOND)
    lives = [asyncio.ensure_future(device.live(until, pause)) for device in devices]
    wrong_green: set[str] = set()
    deaths = max(1, seconds // SECONDS_A_DEATH)
    for _ in range(deaths):
        await asyncio.sleep(seconds / (deaths + 1) * random.Random(SEED).uniform(0.8, 1.0))
        shown = {op for device in devices for op, entry in device.entries.items() if entry.state}
        server.die()
        wrong_green |= await asyncio.to_thread(missing_of, shown, data_dir)
        await asyncio.to_thread(server.start)
        for device in devices:
            device.reachable_at = max(device.reachable_at, server.back_at[-1])
    await asyncio.gather(*lives)
    return deaths, len(wrong_green)


async def _calm(devices: Sequence[Device], fresh: Sequence[Device]) -> float:
    """Everybody talks until nothing waits and all have read the same; how long that took."""
    began = clock.ticks()
    await all_talk(devices, until=began + CALM_SECONDS)
    took = clock.ticks() - began
    await all_talk([*devices, *fresh], until=clock.ticks() + CALM_SECONDS)
    return took


async def all_talk(devices: Sequence[Device], *, until: float) -> None:
    """Each talks until all of it went well, some at a time."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def bring_home(device: Device) -> None:
        async with turns:
            while not await device.talk() and clock.ticks() < until:
                await asyncio.sleep(0.2)

    await asyncio.gather(*(bring_home(device) for device in devices))


def _result(
    options: Options, devices: Sequence[Device], verdict: Verdict, *, deaths: int, wrong_green: int, calm_seconds: float
) -> Result:
    recoveries = [seconds for device in devices for seconds in device.recoveries]
    met: Counter[str] = Counter()
    for device in devices:
        met.update(device.met)
    result = Result("chaos")
    result.figures = {
        "devices": options.devices,
        "seconds": options.seconds,
        "recorded": verdict.recorded,
        "on_record": verdict.on_record,
        "lost": verdict.lost,
        "doubled": verdict.doubled,
        "wrong_green": verdict.wrong_green + wrong_green,
        "still_waiting": verdict.still_waiting,
        "refused": verdict.refused,
        "scopes_that_differ": verdict.differing_scopes,
        "deaths_of_the_server": deaths,
        "faults": dict(sorted(met.items())),
        "recovery_p50_s": round(percentile(recoveries, 0.5), 2),
        "recovery_p99_s": round(percentile(recoveries, 0.99), 2),
        "recovery_max_s": round(max(recoveries, default=0.0), 2),
        "calm_s": round(calm_seconds, 2),
    }
    result.goals = _goals(verdict, wrong_green)
    result.notes = [NOTE, *verdict.broken]
    return result


def _goals(verdict: Verdict, wrong_green: int) -> list[tuple[str, Any]]:
    return [
        ("nothing lost", verdict.lost == 0 and verdict.still_waiting == 0),
        ("nothing doubled", verdict.doubled == 0),
        ("the same state on all phones", verdict.differing_scopes == 0),
        ("never wrong-green", verdict.wrong_green + wrong_green == 0),
        ("no rule of the protocol broken", not verdict.broken),
    ]
