"""The phone, ported to Python: what the JavaScript client does, over any HTTP client that speaks Flask's test API.

It keeps an outbox, cursors and a base like a real phone, and asserts the client's invariants as it goes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire

Row = dict[str, Any]


@dataclass
class Pending:
    """An op in the outbox; `result` once the server has answered."""

    op: dict[str, Any]
    made_at: datetime
    result: dict[str, Any] | None = None


@dataclass
class PhonePort:
    """One person's app on one device."""

    client: FlaskClient
    username: str
    device: str
    token: str = ""
    epoch: str = ""
    boot: dict[str, Any] = field(default_factory=dict)
    cursors: dict[str, int] = field(default_factory=dict)
    base: dict[str, dict[str, Row]] = field(default_factory=dict)
    outbox: list[Pending] = field(default_factory=list)
    journal: list[Pending] = field(default_factory=list)
    next_n: int = 1
    page: str | None = None
    staged: dict[str, dict[str, Row]] = field(default_factory=dict)
    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        """What this phone's own clock says."""
        return clock.now() + self.ahead

    def sign_in(self, password: str) -> dict[str, Any]:
        """Sign in; the boot object."""
        device = {"id": self.device, "label": "Ward phone", "platform": "test"}
        answer = self.client.post(
            "/api/login", json={"username": self.username, "password": password, "device": device}
        )
        assert answer.status_code == 200, answer.get_json()
        self.boot = answer.get_json()
        self.token = self.boot["push_token"]
        self.epoch = self.boot["epoch"]
        return self.boot

    def record(self, kind: str, /, **args: Any) -> str:
        """Put an op into the outbox; its id."""
        op = {"id": uuid7(), "n": self.next_n, "kind": kind, "v": 1, "base": None, "args": args}
        op["at"] = to_wire(self.now())
        self.next_n += 1
        self.outbox.append(Pending(op, self.now()))
        return str(op["id"])

    def envelope(self, pending: list[Pending]) -> dict[str, Any]:
        """The push request for these ops."""
        now = self.now()
        ops = [{**one.op, "age_ms": max(0, round((now - one.made_at) / timedelta(milliseconds=1)))} for one in pending]
        oldest = max((op["age_ms"] for op in ops), default=0)
        return {
            "proto": 1,
            "device": self.device,
            "epoch": self.epoch,
            "sent_at": to_wire(now),
            "queue": {"len": len([one for one in self.outbox if one.result is None]), "oldest_age_ms": oldest},
            "ops": ops,
        }

    def push(self, *, lose_answer: bool = False) -> list[dict[str, Any]]:
        """Send what waits (at most 50 ops). `lose_answer`: the server acts, the phone never hears of it."""
        waiting = [one for one in self.outbox if one.result is None][:50]
        answer = self.post_push(self.envelope(waiting))
        assert answer.status_code == 200, answer.get_json()
        if lose_answer:
            return []
        body = answer.get_json()
        for result in body["results"]:
            for one in waiting:
                if one.op["id"] == result["id"] and result["st"] != "retry":
                    one.result = result
        self._settle()
        return list(body["results"])

    def post_push(self, body: Any) -> Any:
        """The bare request, with this phone's token."""
        return self.client.post("/api/sync/push", json=body, headers={"Authorization": f"Bearer {self.token}"})

    def do(self, kind: str, /, **args: Any) -> dict[str, Any]:
        """Record one op, push it, and give back its result."""
        op_id = self.record(kind, **args)
        results = {result["id"]: result for result in self.push()}
        return results[op_id]

    def declare(self, **args: Any) -> str:
        """Declare an incident and pull; its id."""
        incident = uuid7()
        wanted = {"plan": "ehr-unplanned", "title": "EHR is down", "kind": "real", "level": 2, "services": ["ehr"]}
        result = self.do("incident.declare", **{"incident": incident, "units": None, **wanted, **args})
        assert result["st"] == "ok", result
        self.pull()
        return incident

    def pull(self) -> int:
        """Pull until nothing is left; how many requests it took."""
        requests = 1
        while not self.pull_once():
            requests += 1
        return requests

    def pull_once(self, *, lose_answer: bool = False) -> bool:
        """One request of a pull; whether nothing is left. `lose_answer`: the phone never hears of it."""
        body = {"proto": 1, "epoch": self.epoch, "cursors": self.cursors, "page": self.page}
        answer = self.client.post("/api/sync/pull", json=body)
        is_refused = self.page is not None and answer.status_code == 400
        assert is_refused or answer.status_code in (200, 204), answer.get_json()
        if lose_answer:
            return False
        if is_refused:  # rights have changed between two pages
            assert answer.get_json()["code"] == "malformed"
            self.page, self.staged = None, {}
            return False
        found = None if answer.status_code == 204 else answer.get_json()
        if found is not None:
            self._apply(found)
        self._settle()
        return found is None or not (self.page or self.staged or found["more"] or found["snap"])

    def _apply(self, answer: dict[str, Any]) -> None:
        if answer["epoch"] != self.epoch:
            self._begin_anew(answer["epoch"])
        for scope in answer["drop"]:
            for held in (self.cursors, self.base, self.staged):
                held.pop(scope, None)
        for scope, delta in answer["delta"].items():
            self.apply_delta(scope, delta["from"], delta["to"], delta["rows"])
        self.page = None
        for scope, snap in answer["snap"].items():
            self._stage(scope, snap)
        assert set(self.base) <= set(answer["scopes"]), "I8: a scope that is not granted is in base"

    def _stage(self, scope: str, snap: dict[str, Any]) -> None:
        rows = self.staged.setdefault(scope, {})
        rows.update({row["id"]: row for row in snap["rows"]})
        if snap["next"] is not None:
            self.page = snap["next"]
            return
        # a snapshot that was read while hints went on is older than what is held: its cursor says so
        self.base[scope], self.cursors[scope] = self.staged.pop(scope), snap["to"]

    def _begin_anew(self, epoch: str) -> None:
        """The server was restored: nothing of its rows is sure, and what it had taken may be gone."""
        self.epoch, self.cursors, self.base, self.staged = epoch, {}, {}, {}
        self.outbox = sorted([*self.journal, *self.outbox], key=lambda one: int(one.op["n"]))
        self.journal = []
        for one in self.outbox:
            one.result = None

    def apply_delta(self, scope: str, start: int, to: int, rows: list[Row]) -> bool:
        """Apply rows if they join the cursor; whether they did (I3, I5)."""
        cursor = self.cursors.get(scope)
        if cursor is None or start > cursor or to <= cursor:
            return False
        held = self.base.setdefault(scope, {})
        for row in sorted(rows, key=lambda one: int(one["seq"])):
            if row["seq"] <= cursor:
                continue
            if row.get("del"):
                held.pop(row["id"], None)
            else:
                held[row["id"]] = row
        self.cursors[scope] = to
        return True

    def _settle(self) -> None:
        waiting = []
        for one in self.outbox:
            result = one.result
            if result is None:
                waiting.append(one)
                continue
            scope, seq = result.get("scope"), result.get("seq")
            seen = scope is None or seq is None or scope not in self.cursors or self.cursors[scope] >= seq
            (self.journal if seen else waiting).append(one)
        self.outbox = waiting

    def rows(self, row_type: str, **wanted: Any) -> list[dict[str, Any]]:
        """Bodies (with `id` and `scope`) of the rows of a type whose fields have these values."""
        found = [
            {"id": row["id"], "scope": scope, **row["b"]}
            for scope, rows in self.base.items()
            for row in rows.values()
            if row["t"] == row_type
        ]
        return [body for body in found if all(body.get(name) == value for name, value in wanted.items())]

    def one(self, row_type: str, **wanted: Any) -> dict[str, Any]:
        """The only such row."""
        found = self.rows(row_type, **wanted)
        assert len(found) == 1, f"{len(found)} rows {row_type} {wanted}"
        return found[0]
