"""Locked steps, looks at units and counts of paper: the rows and rules that phones read from the same contracts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.base import clock
from app.response.bodies import backlog_body, checks_body
from app.response.gates import gate_body, still_locking, waits_on

FOLDER = Path(__file__).parents[1] / "contracts"
GATES: list[dict[str, Any]] = json.loads((FOLDER / "gates.json").read_text())
RECOVERY: dict[str, Any] = json.loads((FOLDER / "recovery.json").read_text())


def with_time(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "at": clock.from_wire(record["at"])}


@pytest.mark.parametrize("case", GATES, ids=[case["name"] for case in GATES])
def test_gates_stand_as_the_contract_shows_them(case: dict[str, Any]) -> None:
    for gate in case["gates"]:
        tasks = [task for task in case["tasks"] if task["key"] == gate["key"]]

        assert gate_body("i1", tasks, order=gate["order"]) == gate


@pytest.mark.parametrize("case", GATES, ids=[case["name"] for case in GATES])
def test_a_step_waits_for_what_the_contract_says(case: dict[str, Any]) -> None:
    first_rounds = [task for task in case["tasks"] if task["occurrence"] == 1]
    for task in (one for one in case["tasks"] if one["id"] in case["locks"]):
        own, foreign = waits_on(task)
        others = [one for one in first_rounds if one["key"] in (*own, *foreign)]

        assert [one["key"] for one in still_locking(task, others)] == case["locks"][task["id"]]


def test_a_unit_is_confirmed_when_every_look_works() -> None:
    for one in RECOVERY["checks"]:
        checks = {key: with_time(said) for key, said in one["checks"].items()}

        body = checks_body(RECOVERY["incident"], one["unit"], checks, wanted=RECOVERY["wanted"])

        assert body == one["row"]
    confirmed = {line["unit"] for line in RECOVERY["lines"] if line["confirmed"]}
    assert confirmed == {one["unit"] for one in RECOVERY["checks"] if one["row"]["confirmed"]}


def test_paper_is_counted_and_audited_as_the_contract_says() -> None:
    for one in RECOVERY["backlog"]:
        assert backlog_body(with_time(one["record"]), RECOVERY["rule"]) == one["row"]
