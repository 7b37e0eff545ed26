"""A simulated phone: outbox, journal, cursors and rows, as docs/protocol.md wants them, at the mercy of its line."""

from __future__ import annotations

import asyncio
import json
import random
import zlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.bench.callers import request
from app.bench.chaos.line import FAULTS, NoAnswer, ask
from app.bench.town import Phone

OPS_AT_ONCE = 50
LONGEST_ALONE_SECONDS = 30.0
ALONE_SHARE, RECORD_SHARE, COPY_SHARE = 0.03, 0.6, 0.05
PROXYS_APOLOGIES = (502, 504)  # no answer of ours: the phone takes it for silence
Json = dict[str, Any]


@dataclass
class Entry:
    """An op in the outbox: when it was recorded (steady clock), and when its result came."""

    op: Json
    recorded_at: float
    state: str = ""


@dataclass
class Device:
    """One phone. `reachable_at` is when its network came back last; `recoveries` are seconds from then to on record."""

    phone: Phone
    epoch: str
    incident: str
    tasks: list[str]
    port: int
    chance: random.Random
    entries: dict[str, Entry] = field(default_factory=dict)
    waiting: list[Entry] = field(default_factory=list)
    cursors: dict[str, int] = field(default_factory=dict)
    base: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)
    reachable_at: float = 0.0
    alone_until: float = 0.0
    recoveries: list[float] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    _ahead: timedelta = timedelta(0)
    _old: bytes = b""

    async def live(self, until: float, pause_seconds: float) -> None:
        """Record, hand in, read, until the end comes."""
        await asyncio.sleep(self.chance.uniform(0, pause_seconds))
        while clock.ticks() < until:
            self._fate(until)
            if self.chance.random() < RECORD_SHARE:
                self.record()
            if clock.ticks() >= self.alone_until:
                await self.talk(self._fault)
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * pause_seconds)

    def _fate(self, until: float) -> None:
        now = clock.ticks()
        if now >= self.alone_until and self.chance.random() < ALONE_SHARE:
            self.alone_until = min(until, now + self.chance.uniform(1, LONGEST_ALONE_SECONDS))
            self.reachable_at = self.alone_until
            self.met["alone"] = self.met.get("alone", 0) + 1
            # somebody sets its clock meanwhile
            self._ahead = timedelta(minutes=self.chance.choice([0, 0, 0, 3, -3, 1440, -1440]))

    def _fault(self) -> str | None:
        drawn = self.chance.choices([*FAULTS, None], [*FAULTS.values(), 100 - sum(FAULTS.values())])[0]
        if drawn is not None:
            self.met[drawn] = self.met.get(drawn, 0) + 1
        return drawn

    def record(self) -> None:
        """A tick, a tick taken back, or a note."""
        kind = self.chance.choice(["task.complete", "task.complete", "task.reopen", "note.add"])
        task = self.chance.choice(self.tasks)
        args: Json = {"task": task, "reason": "Once more."} if kind == "task.reopen" else {"task": task}
        if kind == "note.add":
            args = {"incident": self.incident, "unit": None, "text": f"{self.phone.device} {len(self.entries)}"}
        op = {"id": uuid7(), "n": len(self.entries) + 1, "kind": kind, "v": 1, "base": None, "args": args}
        entry = Entry({**op, "at": to_wire(clock.now() + self._ahead)}, clock.ticks())
        self.entries[entry.op["id"]] = entry
        self.waiting.append(entry)

    async def talk(self, fault: Any = lambda: None) -> bool:
        """Hand in, then read; whether all of it went well."""
        try:
            while self.waiting:
                await self._push(fault())
            while await self._pull(fault):
                pass
        except NoAnswer:
            return False
        return True

    async def _push(self, fault: str | None) -> None:
        if self._old and self.chance.random() < COPY_SHARE:
            await ask(self.port, self._old, None)  # a late copy of an earlier request; its answer goes nowhere
        batch = self.waiting[:OPS_AT_ONCE]
        self._old = self._request(batch)
        status, data = await ask(self.port, self._old, fault)
        if status != 200:
            self._note_refusal("push", status)
        for result in json.loads(data)["results"]:
            if result["st"] != "retry":
                self.entries[result["id"]].state = result.get("first", result["st"])
        now = clock.ticks()
        settled = [entry for entry in batch if entry.state]
        self.recoveries += [now - max(entry.recorded_at, self.reachable_at) for entry in settled]
        self.waiting = [entry for entry in self.waiting if not entry.state]

    def _request(self, batch: list[Entry]) -> bytes:
        now, ticks = clock.now() + self._ahead, clock.ticks()
        ops = [{**entry.op, "age_ms": round((ticks - entry.recorded_at) * 1000)} for entry in batch]
        queue = {"len": len(self.waiting), "oldest_age_ms": max(op["age_ms"] for op in ops)}
        body = {"proto": 1, "device": self.phone.device, "epoch": self.epoch, "sent_at": to_wire(now), "queue": queue}
        data = json.dumps({**body, "ops": ops}).encode()
        return request("POST", "/api/sync/push", data, Authorization=f"Bearer {self.phone.token}", Connection="close")

    async def _pull(self, fault: Any) -> bool:
        """One answer, with all pages of its snapshots; whether to ask again."""
        answer = await self._ask_rows(None, fault())
        if answer is None:
            return False
        staged = dict(answer["snap"])
        pages = [snap["next"] for snap in staged.values() if snap["next"] is not None]
        paged = bool(pages)
        while pages:
            more = await self._ask_rows(pages.pop(), fault())
            for scope, snap in (more or {"snap": {}})["snap"].items():
                staged[scope]["rows"] += snap["rows"]
                pages += [snap["next"]] if snap["next"] is not None else []
        for scope, snap in staged.items():
            self.base[scope] = {row["id"]: _mark(row) for row in snap["rows"]}
            self.cursors[scope] = snap["to"]
        for scope, delta in answer["delta"].items():
            self._apply(scope, delta)
        return bool(answer["more"]) or paged

    async def _ask_rows(self, page: str | None, fault: str | None) -> Json | None:
        body = json.dumps({"proto": 1, "epoch": self.epoch, "cursors": self.cursors, "page": page}).encode()
        data = request("POST", "/api/sync/pull", body, Cookie=self.phone.cookie, Connection="close")
        status, text = await ask(self.port, data, fault)
        if status not in (200, 204):
            self._note_refusal("pull", status)
        return None if status == 204 else dict(json.loads(text))

    def _apply(self, scope: str, delta: Json) -> None:
        if delta["from"] != self.cursors[scope]:
            self.broken.append(f"a delta of {scope} does not join the cursor")
        held = self.base[scope]
        for row in delta["rows"]:
            if row.get("del"):
                held.pop(row["id"], None)
            else:
                held[row["id"]] = _mark(row)
        self.cursors[scope] = delta["to"]

    def _note_refusal(self, what: str, status: int) -> None:
        if status not in (429, *PROXYS_APOLOGIES, 503):
            self.broken.append(f"{what} answered {status}")
        raise NoAnswer


def _mark(row: Json) -> tuple[int, int]:
    """A row as a number: what five hundred phones hold has to fit into memory."""
    return int(row["seq"]), zlib.crc32(json.dumps(row, sort_keys=True).encode())
