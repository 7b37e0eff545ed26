"""A client that knows nothing but the protocol's page, against the real demo server over real HTTP."""

from __future__ import annotations

import http.client
import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.town import Town

TASK_FIELDS = {
    "incident",
    "unit",
    "role",
    "phase",
    "title",
    "due_at",
    "safety",
    "two_person",
    "capture",
    "state",
    "by",
    "at",
    "kind",
}
INCIDENT_FIELDS = {"no", "title", "kind", "state", "level", "services", "plan", "clocks", "lead"}
BROADCAST_FIELDS = {
    "incident",
    "no",
    "state",
    "headline",
    "do_now",
    "works",
    "next_update_at",
    "supersedes",
    "ack",
    "kind",
}
PROGRESS_FIELDS = {"incident", "unit", "role", "total", "done", "overdue", "blocked"}
REACH_FIELDS = {"incident", "broadcast", "unit", "targeted", "received", "acked", "quorum", "silent_since"}
BOOT_FIELDS = {"now", "epoch", "proto", "app", "user", "device", "push_token", "ws_ticket", "vapid", "offline_until"}


class Stranger:
    """Signs in, pulls whole snapshots, pushes single ops."""

    def __init__(self, port: int, username: str) -> None:
        self.port, self.n, self.device = port, 0, f"stranger-{username}"
        body = {"username": username, "password": "demo", "device": {"id": self.device, "label": "x", "platform": "y"}}
        status, headers, self.boot = self.request("/api/login", body)
        assert status == 200, self.boot
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def request(self, path: str, body: Any, **headers: str) -> tuple[int, Any, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json", **headers})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, answer.headers, json.loads(data) if data else None

    def pull(self, cursors: dict[str, int] | None = None) -> tuple[int, Any]:
        body = {"proto": 1, "epoch": self.boot["epoch"], "cursors": cursors or {}, "page": None}
        status, _, answer = self.request("/api/sync/pull", body, Cookie=self.cookie)
        return status, answer

    def rows(self, row_type: str) -> list[dict[str, Any]]:
        _, answer = self.pull()
        rows = [row for snap in answer["snap"].values() for row in snap["rows"]]
        return [row | {"seen": row["b"]} for row in rows if row["t"] == row_type]

    def op(self, kind: str, args: dict[str, Any], *, n: int | None = None) -> dict[str, Any]:
        self.n += 1
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        op = {"id": str(uuid.uuid4()), "n": n or self.n, "kind": kind, "v": 1, "at": now, "age_ms": 0, "base": 0}
        return {**op, "args": args}

    def push(self, *ops: dict[str, Any]) -> list[dict[str, Any]]:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        queue = {"len": len(ops), "oldest_age_ms": 0}
        body = {"proto": 1, "device": self.device, "epoch": self.boot["epoch"], "sent_at": now, "queue": queue}
        token = {"Authorization": f"Bearer {self.boot['push_token']}"}
        status, _, answer = self.request("/api/sync/push", {**body, "ops": list(ops)}, **token)
        assert status == 200, answer
        return list(answer["results"])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    made = Town(Path(tmp_path_factory.mktemp("town")))
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def incident(town: Town) -> str:
    omar = Stranger(town.port, "omar")
    incident_id = str(uuid.uuid4())
    args = {"incident": incident_id, "plan": "ehr-unplanned", "title": "EHR is down", "kind": "real", "level": 2}
    [result] = omar.push(omar.op("incident.declare", {**args, "services": ["ehr"], "units": None}))
    assert result["st"] == "ok", result
    return incident_id


def test_the_boot_object_has_what_the_page_names(town: Town) -> None:
    boot = Stranger(town.port, "nia").boot

    assert set(boot) >= BOOT_FIELDS
    assert (boot["user"]["roles"], boot["user"]["units"]) == (["bedside-nurse"], ["icu"])


def test_a_wrong_password_is_told_as_the_page_says(town: Town) -> None:
    nia = Stranger(town.port, "nia")
    body = {"username": "nia", "password": "wrong", "device": {"id": "d", "label": "x", "platform": "y"}}

    status, _, answer = nia.request("/api/login", body)

    assert (status, answer["code"]) == (401, "bad_credentials")


def test_the_rows_carry_the_fixed_fields(town: Town, incident: str) -> None:
    nia, priya = Stranger(town.port, "nia"), Stranger(town.port, "priya")

    [shown] = nia.rows("incident")
    assert (shown["id"], shown["b"]["state"], shown["b"]["no"]) == (incident, "declared", 1)
    assert set(shown["b"]) >= INCIDENT_FIELDS
    tasks = nia.rows("task")
    assert {task["b"]["unit"] for task in tasks} == {"icu"}
    assert all(set(task["b"]) >= TASK_FIELDS for task in tasks)
    assert all(set(row["b"]) >= PROGRESS_FIELDS for row in priya.rows("progress"))
    assert "ehr-unplanned" in {row["id"] for row in nia.rows("plan")}


def test_a_repeated_a_lost_and_an_unordered_op_count_once(town: Town, incident: str) -> None:
    nia = Stranger(town.port, "nia")
    open_tasks = [row for row in nia.rows("task") if row["b"]["role"] == "bedside-nurse" and not row["b"]["two_person"]]
    first, second = open_tasks[0]["id"], open_tasks[1]["id"]
    later = nia.op("task.complete", {"task": second, "captured": {}, "note": ""}, n=9)
    earlier = nia.op("task.complete", {"task": first, "captured": {"count": 12}, "note": ""}, n=8)

    assert [result["st"] for result in nia.push(later)] == ["ok"]
    nia.push(earlier)  # the answer is lost
    again = nia.push(earlier, later)

    assert [(result["st"], result["scope"]) for result in again] == [("dup", "unit:icu")] * 2
    done = {row["id"]: row["b"] for row in nia.rows("task")}
    assert (done[first]["state"], done[second]["state"]) == ("done", "done")
    assert (done[first]["by"], len(done[first]["signs"])) == (nia.boot["user"]["id"], 1)


def test_broadcasts_replace_each_other_and_are_acknowledged(town: Town, incident: str) -> None:
    omar, nia, priya = (Stranger(town.port, name) for name in ("omar", "nia", "priya"))
    ids = [str(uuid.uuid4()), str(uuid.uuid4())]
    for broadcast, headline in zip(ids, ("EHR is down.", "Vendor works on it."), strict=True):
        args = {"broadcast": broadcast, "incident": incident, "headline": headline, "do_now": "Stay on paper."}
        args |= {"works": "Phones", "next_update_at": "2030-01-01T10:30:00.000Z", "ack": "unit"}
        [sent] = omar.push(omar.op("broadcast.send", {**args, "audience": {"units": None, "roles": None}}))
        assert sent["st"] == "ok", sent

    shown = {row["id"]: row["b"] for row in nia.rows("broadcast")}
    assert all(set(body) >= BROADCAST_FIELDS for body in shown.values())
    assert [(shown[one]["no"], shown[one]["state"]) for one in ids] == [(1, "superseded"), (2, "current")]
    assert shown[ids[1]]["supersedes"] == ids[0]
    assert [result["st"] for result in nia.push(nia.op("broadcast.ack", {"broadcast": ids[1]}))] == ["ok"]
    [icu] = [row["b"] for row in priya.rows("reach") if (row["b"]["broadcast"], row["b"]["unit"]) == (ids[1], "icu")]
    assert set(icu) >= REACH_FIELDS
    assert (icu["received"], icu["acked"]) == (1, 1)


def test_nobody_reads_what_is_not_theirs(town: Town, incident: str) -> None:
    nia, uri = Stranger(town.port, "nia"), Stranger(town.port, "uri")
    foreign = {"unit:5-west": 0, f"incident:{incident}:command": 0, "user:somebody": 0}

    _, answer = nia.pull(foreign)
    assert not set(foreign) & set(answer["scopes"])
    assert not any(scope in answer["snap"] or scope in answer["delta"] for scope in foreign)
    assert sorted(answer["drop"]) == sorted(foreign)

    status, nothing = uri.pull(foreign)
    assert status == 200
    assert (nothing["scopes"], nothing["delta"], nothing["snap"]) == ([], {}, {})
    [refused] = uri.push(uri.op("note.add", {"incident": incident, "unit": "icu", "text": "hello"}))
    assert (refused["st"], refused["code"]) == ("rejected", "not_allowed")
