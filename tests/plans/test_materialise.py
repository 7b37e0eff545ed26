"""Plan x units gives the same tasks everywhere, and repeated ones come round on the beat."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.base.ids import NAMESPACE
from app.plans.ids import local_run, run_id, task_id
from app.plans.library import LIBRARY, read_text
from app.plans.materialise import due_at, materialise, next_due_at, next_occurrence
from app.plans.pack import UnitRef, parse_plan

GOLDEN = json.loads((Path(__file__).parents[1] / "contracts" / "ids.json").read_text())
INCIDENT = "0199a3c4-5d00-7000-8000-000000000001"
TD = datetime(2026, 11, 21, 2, 18, tzinfo=UTC)
ICU = UnitRef("icu", "intensive-care")
PHARMACY = UnitRef("pharmacy", "pharmacy")


@pytest.fixture(scope="module")
def plan():
    return parse_plan(read_text(LIBRARY / "plans" / "ehr-unplanned.yaml"), source="ehr-unplanned.yaml")


def seeds_of(plan, *units, **more):
    return materialise(plan, units, incident=INCIDENT, clocks={"TD": TD}, **more)


def test_ids_are_those_every_phone_computes():
    assert str(NAMESPACE) == GOLDEN["namespace"]
    for run in GOLDEN["runs"]:
        assert run_id(unit=run["unit"], plan=run["plan"], incident=run["incident"]) == run["id"]
    for task in GOLDEN["tasks"]:
        assert task_id(task["run"], task["key"], task["occurrence"]) == task["id"]
    local = GOLDEN["local"]
    assert local_run(date=local["date"], shift=local["shift"]) == local["incident"]


def test_unit_gets_each_card_that_names_its_type(plan):
    seeds = seeds_of(plan, ICU, PHARMACY)

    roles = {unit: {seed.role for seed in seeds if seed.unit == unit} for unit in ("icu", "pharmacy")}

    assert roles == {
        "icu": {"charge-nurse", "bedside-nurse", "unit-clerk", "prescriber"},
        "pharmacy": {"pharmacist"},
    }


def test_same_values_give_the_same_tasks(plan):
    assert seeds_of(plan, ICU) == seeds_of(plan, ICU)
    assert len({seed.id for seed in seeds_of(plan, ICU, PHARMACY)}) == len(seeds_of(plan, ICU, PHARMACY))


def test_task_carries_what_the_step_says(plan):
    seed = next(s for s in seeds_of(plan, ICU, kind="exercise") if s.key == "charge-nurse/B1")

    assert (seed.card, seed.code, seed.phase, seed.anchor) == ("ehr-unplanned:charge-nurse", "B1", "15-60", "TD")
    assert seed.due_at == TD + timedelta(minutes=30)
    assert (seed.safety, seed.two_person, seed.occurrence, seed.kind) == (True, True, 1, "exercise")
    assert seed.capture[0]["key"] == "compared"
    assert seed.run_id == run_id(unit="icu", plan="ehr-unplanned", incident=INCIDENT)


def test_tasks_of_a_clock_that_does_not_run_have_no_due_time_yet(plan):
    seed = next(s for s in seeds_of(plan, ICU) if s.key == "charge-nurse/F1")

    assert (seed.anchor, seed.due_min, seed.due_at) == ("TR", 5, None)
    assert due_at(seed.anchor, seed.due_min, {"TR": TD}) == TD + timedelta(minutes=5)


def test_order_follows_phases_and_codes(plan):
    charge = [s for s in seeds_of(plan, ICU) if s.role == "charge-nurse"]

    assert [s.order for s in charge] == sorted(s.order for s in charge)
    assert [s.code for s in charge][:10] == ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "B1"]


def test_repeated_task_comes_again_with_an_id_of_its_own(plan):
    first = next(s for s in seeds_of(plan, ICU) if s.key == "charge-nurse/C1")

    second = next_occurrence(first, finished_at=TD + timedelta(minutes=62), clocks={"TD": TD})

    assert second is not None
    assert (second.occurrence, second.due_at) == (2, TD + timedelta(minutes=90))
    assert second.id == task_id(first.run_id, first.key, 2) != first.id


def test_repeating_ends_with_its_clock(plan):
    first = next(s for s in seeds_of(plan, ICU) if s.key == "charge-nurse/C1")

    assert next_occurrence(first, finished_at=TD, clocks={"TD": TD, "TA": TD}) is None


def test_task_that_does_not_repeat_has_no_next(plan):
    first = next(s for s in seeds_of(plan, ICU) if s.key == "charge-nurse/A1")

    assert next_occurrence(first, finished_at=TD, clocks={"TD": TD}) is None


@pytest.mark.parametrize(
    ("finished_after_min", "next_after_min"),
    [(0, 60), (-20, 60), (29, 60), (31, 120), (60, 120), (200, 240), (215, 300)],
)
def test_rounds_stay_on_the_beat_and_never_crowd(finished_after_min, next_after_min):
    finished_at = TD + timedelta(minutes=finished_after_min)

    due = next_due_at(TD, repeat_min=60, finished_at=finished_at)

    assert due == TD + timedelta(minutes=next_after_min)


def test_round_finished_before_its_clock_ran_counts_from_then():
    assert next_due_at(None, repeat_min=30, finished_at=TD) == TD + timedelta(minutes=30)


def test_ten_thousand_tasks_are_made_each_with_an_id_of_its_own(plan):
    units = [UnitRef(f"ward-{n}", "ward") for n in range(80)]

    seeds = materialise(plan, units, incident=INCIDENT, clocks={"TD": TD})

    assert len(seeds) >= 10_000
    assert len({seed.id for seed in seeds}) == len(seeds)
