"""Identifiers: new ones in order of time, named ones the same everywhere."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from app.base.ids import is_uuid, named_id, uuid7
from app.plans.ids import local_run, run_id, task_id
from tests.conftest import START, FakeClock

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent.parent / "contracts" / "ids.json").read_text())


def test_new_ids_are_version_seven_and_carry_their_instant(clock: FakeClock) -> None:
    made = UUID(uuid7())

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(START.timestamp() * 1000)


def test_ids_of_one_millisecond_keep_their_order(clock: FakeClock) -> None:
    made = [uuid7() for _ in range(20_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_of_later_instants_come_later(clock: FakeClock) -> None:
    early = [uuid7() for _ in range(10)]
    clock.instant += timedelta(milliseconds=1)
    late = [uuid7() for _ in range(10)]

    assert max(early) < min(late)


def test_named_ids_are_those_of_the_contract() -> None:
    assert str(UUID(GOLDEN["namespace"])) == GOLDEN["namespace"]
    for run in GOLDEN["runs"]:
        assert run_id(unit=run["unit"], plan=run["plan"], incident=run["incident"]) == run["id"]
    for task in GOLDEN["tasks"]:
        assert task_id(task["run"], task["key"], task["occurrence"]) == task["id"]
    local = GOLDEN["local"]
    assert local_run(date=local["date"], shift=local["shift"]) == local["incident"]


def test_a_named_id_is_the_uuid_of_version_five_of_its_name() -> None:
    assert named_id("run|ü|plan") == str(uuid5(UUID(GOLDEN["namespace"]), "run|ü|plan"))


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("0199a3c4-5d00-7000-8000-000000000001", True),
        ("0199A3C4-5D00-7000-8000-000000000001", True),
        ("0199a3c45d0070008000000000000001", False),
        ("{0199a3c4-5d00-7000-8000-000000000001}", False),
        ("icu", False),
        ("", False),
    ],
)
def test_only_the_usual_form_counts_as_an_id(text: str, good: bool) -> None:
    assert is_uuid(text) is good
