"""What a phone shows before the answer is what the server then says: the contracts that both sides read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.sync.contract_stage import ContractStage

FOLDER = Path(__file__).parents[1] / "contracts" / "reducers"
FILES = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_server_ends_with_the_rows_of_the_contract(file: Path, hospital: Hospital, clock: FakeClock) -> None:
    stage = ContractStage(hospital, clock).begin()
    cases: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))

    for case in cases:
        wanted, shown = stage.play(case)

        assert shown == wanted, case["name"]
        stage.clear()
