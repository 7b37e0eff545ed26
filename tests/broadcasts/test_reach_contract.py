"""What becomes of receipts in the matrix, from the contract that the leaders' screens read too."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.base import clock
from app.broadcasts.bodies import reach_body
from app.broadcasts.quorum import Way

CONTRACT = json.loads((Path(__file__).parent.parent / "contracts" / "reach.json").read_text())
WAYS = [Way(None if way["roles"] is None else tuple(way["roles"]), way["count"]) for way in CONTRACT["ways"]]


def with_times(record: dict[str, Any]) -> dict[str, Any]:
    """The record with its instants as the tables hold them."""

    def read(name: str, value: Any) -> datetime | Any:
        return clock.from_wire(value) if value and (name == "at" or name.endswith("_at")) else value

    return {name: read(name, value) for name, value in record.items()}


@pytest.mark.parametrize("case", CONTRACT["cases"], ids=[case["name"] for case in CONTRACT["cases"]])
def test_the_matrix_shows_the_ways_that_worked(case: dict[str, Any]) -> None:
    receipts = [with_times({**CONTRACT["blank"], "person_name": one["person"], **one}) for one in case["receipts"]]

    body = reach_body(
        CONTRACT["broadcast"], CONTRACT["unit"], receipts, carries=[with_times(one) for one in case["carries"]],
        ways=WAYS, silent_since=None, now=clock.from_wire(CONTRACT["now"]),
    )  # fmt: skip

    assert body == case["row"]
