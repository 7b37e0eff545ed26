"""What stops when a service stops, from the contract that the phone's rule reads too."""

import json
from pathlib import Path

import pytest

from app.services.blast import stopped_with, units_hit
from app.services.entry import ServiceEntry

CONTRACT = json.loads((Path(__file__).parent.parent / "contracts" / "blast.json").read_text())
CATALOGUE = [
    ServiceEntry(
        one["code"],
        one["code"],
        "",
        0,
        tuple(one["needs"]),
        None if one["used_by"] is None else tuple(one["used_by"]),
    )
    for one in CONTRACT["services"]
]


@pytest.mark.parametrize("case", CONTRACT["cases"], ids=[case["name"] for case in CONTRACT["cases"]])
def test_the_units_that_need_what_stops(case):
    units = [tuple(unit) for unit in CONTRACT["units"]]

    assert sorted(stopped_with(case["codes"], CATALOGUE)) == case["stopped"]
    assert units_hit(case["codes"], CATALOGUE, units) == set(case["hit"])
