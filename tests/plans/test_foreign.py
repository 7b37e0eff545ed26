"""Plans in the hand of other hospitals: read, checked and run as they are, with no code of ours for them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.base.attestation import by_system
from app.plans.commands import import_plan
from app.plans.library import check
from app.plans.materialise import materialise
from app.plans.pack import UnitRef, parse_plan
from app.plans.queries import plan_text
from tests.cast import SITE, UNITS

FILES = sorted((Path(__file__).parent / "foreign").glob("*.yaml"))
TD = datetime(2026, 11, 21, 2, 18, tzinfo=UTC)
TYPES = ("ward", "outpatients", "command-centre", "imaging", "service-desk")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_foreign_plan_comes_out_as_it_went_in_and_gives_tasks(app, file, end):
    text = file.read_text().replace("\n", end)
    units = [UnitRef(kind, kind) for kind in TYPES]

    done = import_plan(text, site="northgate", units=units, attestation=by_system())

    assert plan_text(done.id, done.version) == text
    plan = parse_plan(text, source=file.name)
    seeds = materialise(plan, units, incident="i", clocks={"TD": TD})
    assert len(seeds) == sum(len(card.steps) * len(card.unit_types) for card in plan.cards)


def test_check_says_what_our_lint_would_change_and_finds_no_fault():
    findings = [finding for file in FILES for finding in check(file).findings]

    assert [str(one) for one in findings if one.rule not in ("no-file", "hard-words", "file-name")] == []


def test_foreign_plan_is_declared_and_worked_off(hospital):
    with hospital.app.app_context():
        refs = [UnitRef(unit, kind) for unit, _name, kind in UNITS]
        text = (Path(__file__).parent / "foreign" / "dialysis-water.yaml").read_text()
        import_plan(text, site=SITE["id"], units=refs, attestation=by_system())

    hospital.declare(plan="dialysis-water", title="Dialysis water", services=["building"])
    nurse = hospital.phone("sol")
    tasks = {task["code"]: task for task in nurse.rows("task")}
    result = nurse.do("task.complete", task=tasks["A1"]["id"], captured={"off": 6})

    assert result["st"] == "ok"
    assert tasks["A1"]["local"] == "Hand cranks hang behind the door."
    assert tasks["F1"]["gate"] == ["facilities/F1"]
    assert "local" not in tasks["A2"]
