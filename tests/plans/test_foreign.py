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
TYPES = (
    "ward", "outpatients", "command-centre", "imaging", "service-desk", "pharmacy", "laboratory", "intensive-care",
)  # fmt: skip


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


WORKERS = {"icu": ("nia", "bo"), "5-west": ("sol", "max"), "pharmacy": ("kim",), "service-desk": ("omar",),
           "command-centre": ("priya", "ines")}  # fmt: skip


def answer(field):
    """What somebody writes who has the most work: the last choice, a high count."""
    kinds = {"count": 50, "choice": (field.get("choices") or [""])[-1], "time": "02:40", "tick": True}
    return kinds.get(field["type"], "yes")


def work_off(phones):
    """Everybody ticks what their card asks for and nothing locks, until nothing is left; the codes in their order."""
    done = []
    while True:
        before = len(done)
        for people in phones.values():
            for phone in people:
                phone.pull()
                done += [task["code"] for task in phone.rows("task") if may_tick(phone, task) and tick(phone, task)]
        if len(done) == before:
            return done


def may_tick(phone, task):
    """What a person does who follows the card: nothing that is held, due at a later clock, or signed by them."""
    signed = phone.boot["user"]["id"] in [sign["by"] for sign in task["signs"]]
    later = task["due_at"] is None and task["anchor"] in ("TR", "TA")
    return task["state"] in ("open", "half") and not task.get("held") and not signed and not later \
        and task["occurrence"] < 3  # fmt: skip


def tick(phone, task):
    captured = {field["key"]: answer(field) for field in task["capture"]}
    return phone.do("task.complete", task=task["id"], captured=captured, note="")["st"] == "ok"


@pytest.mark.parametrize("name", ["ed-network-ie", "lab-breakdown-de", "cah-ransomware-us"])
def test_a_foreign_plan_runs_from_declaration_to_stand_down(hospital, clock, name):
    text = (Path(__file__).parent / "foreign" / f"{name}.yaml").read_text()
    with hospital.app.app_context():
        refs = [UnitRef(unit, kind) for unit, _name, kind in UNITS]
        plan = import_plan(text, site=SITE["id"], units=refs, attestation=by_system())
    incident = hospital.declare(plan=plan.id, title="Foreign", services=["ehr"])
    phones = {unit: [hospital.phone(one) for one in people] for unit, people in WORKERS.items()}
    lead = phones["service-desk"][0]

    early = work_off(phones)
    for state in ("restored", "all_clear"):
        assert lead.do("incident.advance", incident=incident, to=state, note="")["st"] == "ok"
        work_off(phones)

    left = [(task["role"], task["code"]) for people in phones.values() for task in all_tasks(people[0])
            if task["state"] != "done" and not task.get("held") and task["occurrence"] < 3]  # fmt: skip
    assert left == []
    assert not any(sign.get("out_of_order") for task in all_tasks(phones["icu"][0]) for sign in task["signs"])
    assert "A1" in early
    assert lead.do("incident.advance", incident=incident, to="closed", note="")["st"] == "ok"


def all_tasks(phone):
    phone.pull()
    return phone.rows("task")
