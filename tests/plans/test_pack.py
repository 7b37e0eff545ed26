"""A plan file is understood, or every fault in it is named with its line."""

import pytest

from app.plans.errors import PlanErrors
from app.plans.pack import UnitRef, card_rows, parse_plan, plan_row, version_of

PLAN = """\
id: viewer-down
title: Viewer is down
kind: unplanned
services: [ehr-viewer]
summary: The read-only copy is gone.
icon: ehr
do_now: Use the printed pages.
works: [Phones]
level: 1
unit_types: [ward, pharmacy]
cards:
  - role: charge-nurse
    title: Charge nurse
    mission: Keep the unit informed.
    unit_types: [ward]
    steps:
      - code: B1
        do: Count the printed pages.
        due: 1 h 30 min
        safety: yes
        two_person: true
        confirm_roles: [bedside-nurse]
        capture: [{key: pages, label: Pages, type: count, min: 0}]
        repeat: 30 min
      - code: A2
        do: "No: keep the seal closed."
        due: when it happens
      - code: A1
        phase: 0-15
        do: Tell the unit.
        hint: In one sentence.
        due: 5 min
      - code: P1
        do: Print ahead.
        due: 60 min before
"""

UNITS = [UnitRef("5-west", "ward"), UnitRef("icu", "intensive-care"), UnitRef("pharmacy", "pharmacy")]


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(PlanErrors) as caught:
        parse_plan(text, source="x.yaml")
    assert {problem.file for problem in caught.value.problems} == {"x.yaml"}
    return [(problem.line, problem.sentence) for problem in caught.value.problems]


def test_plan_row_names_the_units_whose_type_the_plan_affects():
    plan = parse_plan(PLAN, source="x.yaml")

    row = plan_row(plan, "abc", UNITS)

    assert row == {
        "title": "Viewer is down",
        "kind": "unplanned",
        "services": ["ehr-viewer"],
        "version": "abc",
        "summary": "The read-only copy is gone.",
        "icon": "ehr",
        "do_now": "Use the printed pages.",
        "works": ["Phones"],
        "level": 1,
        "units": ["5-west", "pharmacy"],
        "roles": ["charge-nurse"],
    }


def test_card_row_has_every_field_of_the_protocol_in_order_of_phases_and_as_written():
    cards = card_rows(parse_plan(PLAN, source="x.yaml"))

    card = cards["viewer-down:charge-nurse"]
    steps = {step["code"]: step for step in card["steps"]}

    assert [step["code"] for step in card["steps"]] == ["P1", "A2", "A1", "B1"]
    assert steps["B1"] == {
        "key": "charge-nurse/B1",
        "code": "B1",
        "phase": "15-60",
        "title": "Count the printed pages.",
        "hint": None,
        "anchor": "TD",
        "due_min": 90,
        "safety": True,
        "two_person": True,
        "confirm_roles": ["bedside-nurse"],
        "role_only": False,
        "capture": [{"key": "pages", "label": "Pages", "type": "count", "min": 0, "required": False}],
        "repeat_min": 30,
        "until": "TA",
    }
    assert (steps["P1"]["anchor"], steps["P1"]["due_min"]) == ("planned", -60)
    assert steps["A2"]["due_min"] is None


def test_words_that_yaml_would_turn_into_other_values_stay_words():
    text = PLAN.replace("works: [Phones]", "works: [no, 12:30, 0417]")

    assert parse_plan(text, source="x.yaml").works == ("no", "12:30", "0417")


def test_equal_text_has_the_same_version_and_a_changed_letter_another():
    assert version_of(PLAN) == version_of(PLAN)
    assert len(version_of(PLAN)) == 16
    assert version_of(PLAN) != version_of(PLAN.replace("seal", "Seal"))


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("kind: unplanned", "kind: sudden", 3, '"kind" must be one of'),
        ("level: 1", "level: 5", 9, '"level" must be at most 4.'),
        ("level: 1", "level: high", 9, 'must be a whole number, not "high"'),
        ("title: Viewer is down\n", "", 1, '"title" is missing.'),
        ("icon: ehr", "icon: ehr\ncolour: red", 7, '"colour" is not a word of this file format.'),
        ("due: 1 h 30 min", "due: soon", 19, '"due" is written like 5 min, 2 h'),
        ("repeat: 30 min", "repeat: often", 24, '"repeat" is written like 30 min or 2 h'),
        ("safety: yes", "safety: maybe", 20, '"safety" must be true or false, not "maybe".'),
        ("services: [ehr-viewer]", "services: [EHR]", 4, "small letters, digits and hyphens"),
        ("services: [ehr-viewer]", "services: ehr", 4, '"services" must be a list.'),
        ("services: [ehr-viewer]", "services: []", 4, "needs at least one entry"),
        ("code: A2", "code: A1", 12, "Code A1 is used twice on the card of charge-nurse."),
        ("code: A2", "code: Z9", 25, '"code" cannot be written as "Z9".'),
        ("phase: 0-15", "phase: 1-4h", 28, "Code A1 stands for the phase 0-15, not 1-4h."),
        ("two_person: true\n", "two_person: false\n", 17, "confirm_roles needs two_person."),
        ("unit_types: [ward, pharmacy]", "unit_types: [pharmacy]", 1, "unit types the plan does not: ward"),
        ("type: count,", "type: choice,", 23, "A field of type choice needs choices"),
        ("icon: ehr", "icon: ehr\nicon: net", 7, '"icon" is written twice.'),
        ("do: Tell the unit.", "do: Tell " + "x" * 160, 30, "longer than 160 characters"),
        ("hint: In one sentence.", "hint: [", 33, "This is not readable YAML"),
    ],
)
def test_fault_is_named_with_its_line_and_a_sentence(old, new, line, sentence):
    assert PLAN.count(old) >= 1

    found = faults(PLAN.replace(old, new, 1))

    assert any(at == line and sentence in said for at, said in found), found


def test_all_faults_are_named_at_once():
    text = PLAN.replace("level: 1", "level: 9").replace("kind: unplanned", "kind: x")

    assert [line for line, _ in faults(text)] == [3, 9]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty."),
        ("- a\n- b\n", '"file" must be a group of named values.'),
        ("id: &a x\ntitle: *a\n", "References (& and *) are not allowed"),
        ("a: " + "[" * 5000, "not readable YAML"),
        ("x" * 1_000_001, "larger than one million characters"),
    ],
)
def test_text_that_is_no_plan_is_refused_in_words(text, sentence):
    assert any(sentence in said for _, said in faults(text))


def test_a_plan_cannot_be_changed_after_it_is_read():
    plan = parse_plan(PLAN, source="x.yaml")

    with pytest.raises(ValueError, match="frozen"):
        plan.title = "Something else"
