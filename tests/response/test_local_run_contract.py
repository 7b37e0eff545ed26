"""The tasks that a phone computes alone from its cards are, field by field, those that the server makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.plans.ids import local_run, run_id, task_id
from tests.cast import Hospital
from tests.conftest import FakeClock

CONTRACT: dict[str, Any] = json.loads((Path(__file__).parents[1] / "contracts" / "local_run.json").read_text())


def test_the_contract_is_about_the_cards_that_phones_hold(hospital: Hospital, clock: FakeClock) -> None:
    nia = hospital.phone("nia")

    held = {card["id"]: card for card in nia.rows("card", plan=CONTRACT["plan"])}

    assert CONTRACT["unit"] == {"id": "icu", "type": nia.one("unit", id="icu")["type"]}
    assert CONTRACT["cards"] == {
        name: {k: v for k, v in card.items() if k not in ("id", "scope")} for name, card in held.items()
    }


def test_the_server_makes_the_rows_of_the_contract(hospital: Hospital, clock: FakeClock) -> None:
    nia = hospital.phone("nia")

    assert nia.do("run.start", **CONTRACT["op"])["st"] == "ok"

    nia.pull()
    made = {task["id"]: {k: v for k, v in task.items() if k not in ("id", "scope")} for task in nia.rows("task")}
    assert nia.one("local_run")["id"] == CONTRACT["run"]
    assert nia.one("local_run")["started_at"] == CONTRACT["started_at"]
    assert made == {task["id"]: task["b"] for task in CONTRACT["tasks"]}


def test_adoption_is_computed_from_the_run_that_took_over() -> None:
    adoption = CONTRACT["adoption"]
    op = CONTRACT["op"]
    name = local_run(date=op["day"], shift=op["shift"])

    assert run_id(unit=op["unit"], plan=op["plan"], incident=name) == CONTRACT["run"]
    assert run_id(unit=op["unit"], plan=op["plan"], incident=adoption["adopted_into"]) == adoption["into_run"]
    for task in adoption["tasks"]:
        assert task_id(CONTRACT["run"], task["key"], task["occurrence"]) == task["local"]
        assert task_id(adoption["into_run"], task["key"], task["occurrence"]) == task["id"]
