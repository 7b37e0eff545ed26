"""Who is still alerted aloud, from the contract that the phone's rule reads too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.broadcasts.fatigue import alert_reason

CONTRACT = json.loads((Path(__file__).parent.parent / "contracts" / "fatigue.json").read_text())


@pytest.mark.parametrize("case", CONTRACT["cases"], ids=[case["name"] for case in CONTRACT["cases"]])
def test_after_an_acknowledgement_only_what_concerns_the_person_alerts(case: dict[str, Any]) -> None:
    acked = [{**CONTRACT["blank"], **one} for one in case["acked"]]
    broadcast = {**CONTRACT["blank"], **case["broadcast"]}

    reason = alert_reason(
        broadcast, acked=acked, person=CONTRACT["person"], units=CONTRACT["units"], roles=CONTRACT["roles"]
    )

    assert reason == case["reason"]
