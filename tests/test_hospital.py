"""Founding a hospital, its plans in and out, its first administrator, its doctor."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import demo, hospital
from app.base.errors import AppError
from app.base.settings import Settings
from app.doctor import examine
from app.plans.errors import PlanErrors
from app.plans.library import LIBRARY
from tests.cast import PLAN


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "hospital")


def found(settings: Settings, library: Path) -> None:
    hospital.found(settings, site="northgate", name="Northgate", tz="Europe/London", library=library)


@pytest.fixture
def small_library(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "ehr-unplanned.yaml").write_text(PLAN)
    return folder


def test_plans_come_out_as_the_very_files_that_went_in(settings: Settings, small_library: Path, tmp_path: Path) -> None:
    found(settings, small_library)

    written = hospital.export_plans(settings, tmp_path / "out")

    assert [path.read_bytes() for path in written] == [PLAN.encode()]


def test_importing_a_plan_again_changes_nothing(settings: Settings, small_library: Path) -> None:
    found(settings, small_library)
    file = small_library / "ehr-unplanned.yaml"

    again = hospital.import_plans(settings, [file])

    assert [(plan.id, plan.changed) for plan in again] == [("ehr-unplanned", False)]


def test_a_faulty_plan_is_refused_with_file_and_line_and_leaves_the_old_one(
    settings: Settings, small_library: Path, tmp_path: Path
) -> None:
    found(settings, small_library)
    bad = tmp_path / "bad.yaml"
    bad.write_text(PLAN.replace("kind: unplanned", "kind: sometimes"))

    with pytest.raises(PlanErrors) as caught:
        hospital.import_plans(settings, [bad])

    assert (caught.value.problems[0].file, caught.value.problems[0].line) == (str(bad), 3)
    out = hospital.export_plans(settings, tmp_path / "out")
    assert out[0].read_text() == PLAN


def test_founding_twice_is_harmless_and_an_unknown_zone_is_refused(settings: Settings, small_library: Path) -> None:
    found(settings, small_library)
    found(settings, small_library)

    with pytest.raises(ValueError, match="time zone"):
        hospital.found(settings, site="northgate", name="Northgate", tz="Mars/Olympus", library=small_library)


def test_the_doctor_finds_a_founded_hospital_well_and_an_empty_one_not(
    settings: Settings, small_library: Path, tmp_path: Path
) -> None:
    found(settings, small_library)
    well = {finding.what: finding.ok for finding in examine(settings)}
    empty = {finding.what: finding.ok for finding in examine(Settings(data_dir=tmp_path / "empty"))}

    assert (well["database"], well["site"], well["plans"]) == (True, True, True)
    assert (empty["database"], empty["site"], empty["plans"]) == (False, False, False)


def test_a_short_password_is_refused_for_the_administrator(settings: Settings, small_library: Path) -> None:
    found(settings, small_library)

    with pytest.raises(AppError, match="weak_password"):
        hospital.add_administrator(settings, username="ines", name="Ines", unit="command-centre", password="short")


def test_the_demo_never_runs_beside_a_real_hospital(settings: Settings, small_library: Path) -> None:
    found(settings, small_library)

    with pytest.raises(demo.RefusedError, match="real"):
        demo.prepare(settings, seed=42, reset=False, async_mode="threading")
    with pytest.raises(demo.RefusedError, match="not a demo"):
        demo.prepare(settings, seed=42, reset=True, async_mode="threading")


def test_the_demo_is_the_same_for_the_same_seed_and_goes_on_with_what_it_finds(tmp_path: Path) -> None:
    one = Settings(data_dir=tmp_path / "one", demo=True)
    first = demo.prepare(one, seed=42, reset=False, async_mode="threading")
    again = demo.prepare(one, seed=7, reset=False, async_mode="threading")

    boots = []
    for app in (first, again):
        body = {"username": "nia", "password": "demo", "device": {"id": "phone-1"}}
        boots.append(app.test_client().post("/api/login", json=body).get_json())

    assert boots[0]["user"]["id"] == boots[1]["user"]["id"]
    assert boots[0]["epoch"] == boots[1]["epoch"]
    assert boots[0]["user"]["roles"] == ["bedside-nurse"]
    assert (LIBRARY / "demo" / "northgate.yaml").is_file()
