"""The library that comes with Wardlight is complete, clean and covered."""

import shutil

import pytest
from click.testing import CliRunner

from app.plans.catalogue import parse_roles, parse_services, parse_unit_types
from app.plans.cli import plans as plans_group
from app.plans.coverage import coverage
from app.plans.demo_file import parse_demo
from app.plans.durations import due_minutes, span_minutes
from app.plans.errors import PlanErrors
from app.plans.format import PHASES
from app.plans.forms.pdf import fault_of_pdf
from app.plans.library import LIBRARY, check, check_library, plan_files, read_text
from app.plans.schema import schema_text
from app.plans.translation import placed_texts, texts_of

LEADERS = {"it-lead", "incident-commander", "administrator", "service-desk", "communications"}
# Every role whose card the domain reference fills, and the phases that every such card has.
ROLES = {
    "charge-nurse", "bedside-nurse", "unit-clerk", "prescriber", "pharmacist", "laboratory", "blood-bank", "imaging",
    "registration", "bed-management", "service-desk", "it-lead", "it-specialist", "it-security", "biomedical",
    "facilities", "incident-commander", "communications", "liaison", "safety-officer", "records", "logistics",
    "finance",
}  # fmt: skip


@pytest.fixture(scope="module")
def plans():
    return {plan.id: plan for plan in check(LIBRARY).plans}


@pytest.fixture(scope="module")
def demo():
    return parse_demo(read_text(LIBRARY / "demo" / "northgate.yaml"), source="northgate.yaml")


def test_every_plan_of_the_library_is_without_findings():
    assert [str(finding) for finding in check_library(LIBRARY)] == []


def test_ehr_plan_covers_every_role_in_every_phase(plans):
    table = dict(coverage(plans["ehr-unplanned"]))

    assert table.keys() >= ROLES
    holes = [(r, p) for r, counts in table.items() for p, n in zip(PHASES, counts, strict=True) if not n and p != "pre"]
    assert [(role, phase) for role, phase in holes if role in ROLES] == []


def test_first_hour_of_the_ehr_plan_fits_its_people(plans):
    table = dict(coverage(plans["ehr-unplanned"]))

    assert table["charge-nurse"][PHASES.index("0-15")] == 9
    assert sum(table["bedside-nurse"][PHASES.index("0-15") : PHASES.index("1-4h")]) >= 8


def test_due_times_lie_in_their_phase(plans):
    starts = {"0-15": (0, 15), "15-60": (15, 60), "1-4h": (60, 240), "4-12h": (240, 720), "12h+": (720, 43200)}
    for plan in plans.values():
        for card in plan.cards:
            for step in card.steps:
                if step.in_phase in starts and step.due_min is not None and step.counted_from == "TD":
                    first, last = starts[step.in_phase]
                    assert first <= step.due_min <= last, (plan.id, card.role, step.code)


def test_what_two_people_sign_can_be_signed_by_somebody_there(plans, demo):
    types = {unit.id: unit.type for unit in demo.units}
    holders = {(types[m.unit], m.role) for person in demo.people for m in person.memberships}
    for plan in plans.values():
        for card in plan.cards:
            for step in card.steps:
                for unit_type in card.unit_types if step.confirm_roles else ():
                    there = [role for role in step.confirm_roles if (unit_type, role) in holders]
                    assert there, (plan.id, card.role, step.code, unit_type)


def test_plans_name_only_services_of_the_catalogue(plans):
    known = {service.code for service in parse_services(read_text(LIBRARY / "services.yaml"), source="services.yaml")}

    assert {code for plan in plans.values() for code in plan.services} <= known


def test_every_card_has_a_unit_and_a_holder_in_the_demo_hospital(plans, demo):
    types = {unit.id: unit.type for unit in demo.units}
    held = {(types[m.unit], m.role) for person in demo.people for m in person.memberships}
    for plan in plans.values():
        for card in plan.cards:
            missing = {unit_type for unit_type in card.unit_types if (unit_type, card.role) not in held}
            assert not missing, (plan.id, card.role, missing)


def test_the_accounts_everybody_knows_hold_what_they_should(demo):
    held = {person.username: [(m.role, m.unit) for m in person.memberships] for person in demo.people}

    known = {
        "omar": [("it-lead", "service-desk")],
        "priya": [("incident-commander", "command-centre")],
        "ines": [("administrator", "command-centre")],
        "dana": [("charge-nurse", "icu")],
        "nia": [("bedside-nurse", "icu")],
        "sol": [("bedside-nurse", "5-west")],
        "max": [("bedside-nurse", "5-west")],
        "kim": [("pharmacist", "pharmacy")],
        "ade": [("laboratory", "laboratory")],
        "rhea": [("registration", "registration")],
        "uri": [],
    }
    assert {name: held[name] for name in known} == known


def test_demo_hospital_uses_known_roles_and_unit_types(demo):
    roles = {role.code for role in parse_roles(read_text(LIBRARY / "roles.yaml"), source="roles.yaml")}
    types = {one.code for one in parse_unit_types(read_text(LIBRARY / "unit_types.yaml"), source="unit_types.yaml")}

    assert {unit.type for unit in demo.units} == types
    assert {m.role for person in demo.people for m in person.memberships} <= roles
    assert len(demo.people) >= 60
    assert len(demo.units) == 14


def test_demo_file_with_a_fault_names_its_line():
    text = read_text(LIBRARY / "demo" / "northgate.yaml").replace("id: northgate", "id: North Gate", 1)

    with pytest.raises(PlanErrors) as caught:
        parse_demo(text, source="northgate.yaml")

    line = next(number for number, one in enumerate(text.splitlines(), 1) if "North Gate" in one)
    assert [problem.line for problem in caught.value.problems] == [line]


def test_leaders_are_the_roles_that_see_an_incident_as_a_whole():
    roles = parse_roles(read_text(LIBRARY / "roles.yaml"), source="roles.yaml")

    assert {role.code for role in roles if role.leader} == LEADERS
    assert len({role.code for role in roles}) == len(roles)


def test_schema_file_is_the_schema_of_the_models():
    assert read_text(LIBRARY / "schema" / "plan.schema.json") == schema_text()


def test_check_command_shows_coverage_and_ends_well():
    result = CliRunner().invoke(plans_group, ["check", str(LIBRARY)])

    assert result.exit_code == 0, result.output
    assert "charge-nurse" in result.output
    assert "0 findings." in result.output


def test_check_command_fails_on_a_faulty_file_and_names_the_line(tmp_path):
    file = tmp_path / "ehr-unplanned.yaml"
    text = read_text(LIBRARY / "plans" / "ehr-unplanned.yaml")
    file.write_bytes(text.replace("level: 2", "level: 9", 1).encode())

    result = CliRunner().invoke(plans_group, ["check", str(file)])

    assert result.exit_code == 1
    assert f"{file}:" in result.output
    assert '"level" must be at most 4.' in result.output


def test_file_whose_name_is_not_its_plan_is_found(tmp_path):
    shutil.copy(LIBRARY / "plans" / "ehr-unplanned.yaml", tmp_path / "other.yaml")
    shutil.copytree(LIBRARY / "plans" / "forms", tmp_path / "forms")

    assert [finding.rule for finding in check_library(tmp_path)] == ["file-name"]


def test_folder_without_plans_is_said_so(tmp_path):
    assert [finding.rule for finding in check_library(tmp_path)] == ["no-plans"]


def test_file_that_is_no_text_is_said_so(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")

    assert [finding.sentence for finding in check_library(tmp_path)] == ["The file is not UTF-8 text."]


def test_schema_command_prints_the_schema():
    assert CliRunner().invoke(plans_group, ["schema"]).output == schema_text()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("5 min", 5), ("2 h", 120), ("1 h 30 min", 90), ("7 d", 10080), ("60 min before", -60), ("when it happens", None)],
)
def test_due_times_are_read_as_people_write_them(text, minutes):
    assert due_minutes(text) == minutes


@pytest.mark.parametrize("text", ["soon", "5", "5min", "1.5 h", "", "90 min after"])
def test_what_is_no_span_of_time_is_refused(text):
    with pytest.raises(ValueError, match="no span of time"):
        span_minutes(text)


def test_plan_files_come_by_name():
    names = [file.stem for file in plan_files(LIBRARY)]

    assert names == sorted(names)
    assert "ehr-unplanned" in names


def test_plans_ask_tell_and_hand_on_where_practice_calls_for_it(plans):
    steps = [(plan.id, card.role, step) for plan in plans.values() for card in plan.cards for step in card.steps]

    for word in ("when", "hand_off", "escalate_after"):
        assert {plan for plan, _role, step in steps if getattr(step, word)} == plans.keys(), word
    assert [(plan, role, step.code) for plan, role, step in steps if step.escalate_after and not step.safety] == []
    weeks = {plan for plan, _role, step in steps if step.comes_each_shift}
    assert weeks == {"cyber-attack", "natural-disaster", "pandemic-surge"}
    used = {code for _plan, _role, step in steps for code in step.forms}
    assert used == {file.stem for file in (LIBRARY / "plans" / "forms").glob("*.pdf")}


def test_a_step_is_handed_to_a_card_that_people_hold(plans, demo):
    types = {unit.id: unit.type for unit in demo.units}
    held = {(types[m.unit], m.role) for person in demo.people for m in person.memberships}
    for plan in plans.values():
        cards = {card.role: card for card in plan.cards}
        for card in plan.cards:
            for step in card.steps:
                if step.hand_off:
                    taker = cards[step.hand_off]
                    assert not step.role_only, (plan.id, card.role, step.code)
                    assert {(one, taker.role) for one in taker.unit_types} & held, (plan.id, card.role, step.code)


def test_the_forms_of_the_library_are_plain_files_set_from_their_words():
    for file in (LIBRARY / "plans" / "forms").glob("*.pdf"):
        assert fault_of_pdf(file.read_bytes()) is None, file.name


def test_every_text_of_a_plan_has_a_place_of_its_own(plans):
    places = placed_texts(plans["ehr-unplanned"])

    assert places["charge-nurse/A7/capture/viewer/1"].text == "Does not open"
    assert places.keys() >= {
        "title",
        "works/0",
        "attachments/order-log",
        "charge-nurse/mission",
        "charge-nurse/A8/hint",
    }
    assert {one.text for one in places.values()} == texts_of(plans["ehr-unplanned"]).keys()
