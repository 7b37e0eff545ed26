"""What steps say about each other holds together, or the plan stays out with a sentence."""

from datetime import UTC, datetime

import pytest

from app.plans.errors import PlanErrors
from app.plans.materialise import materialise
from app.plans.pack import UnitRef, card_rows, parse_plan, plan_row
from app.plans.translation import texts_of

PLAN = """\
id: gates
title: Gates
kind: unplanned
services: [ehr]
summary: S
icon: ehr
do_now: Wait.
level: 1
unit_types: [ward, pharmacy]
owner: Preparedness office
review_by: 2027-05-01
references: [Local policy 12]
attachments:
  - {code: chart, title: Paper chart, file: forms/chart.pdf, version: "3"}
cards:
  - role: pharmacist
    title: Pharmacist
    mission: M
    unit_types: [pharmacy]
    steps:
      - code: G1
        do: Enter every order.
        due: 2 h
        escalate_after: 30 min
        hand_off: charge-nurse
        capture: [{key: gaps, label: Gaps, type: count}, {key: state, label: State, type: choice, choices: [Good, Bad]}]
      - code: G2
        do: Tell the units.
        due: 1 h
        when: {step: G1, field: state, one_of: [Good]}
      - {code: G3, do: Call the lead., due: 3 h, when: {step: G1, field: gaps, at_least: 1}, depends_on: [G1]}
  - role: charge-nurse
    title: Charge nurse
    mission: M
    unit_types: [ward]
    steps:
      - code: G1
        do: Enter the doses.
        due: 4 h
        gate: [pharmacist/G1]
        forms: [chart]
        local: {5-west: The box is behind desk 2.}
      - {code: D1, do: Hand over., due: 0 min, anchor: shift, repeat: 12 h}
"""


def parsed():
    return parse_plan(PLAN, source="gates.yaml")


def test_rows_carry_what_is_written_and_nothing_else():
    cards = card_rows(parsed())
    steps = {step["key"]: step for body in cards.values() for step in body["steps"]}

    assert steps["charge-nurse/G1"]["gate"] == ["pharmacist/G1"]
    assert steps["charge-nurse/G1"]["forms"] == ["chart"]
    assert steps["charge-nurse/G1"]["local"] == {"5-west": "The box is behind desk 2."}
    assert steps["pharmacist/G1"]["escalate_after_min"] == 30
    assert steps["pharmacist/G1"]["hand_off"] == "charge-nurse"
    assert steps["pharmacist/G2"]["when"] == {"step": "G1", "field": "state", "one_of": ["Good"]}
    assert steps["pharmacist/G3"]["depends_on"] == ["G1"]
    assert "gate" not in steps["pharmacist/G1"]


def test_plan_row_says_who_keeps_it_true_and_until_when():
    row = plan_row(parsed(), "v", [])

    assert (row["owner"], row["review_by"], row["references"]) == (
        "Preparedness office",
        "2027-05-01",
        ["Local policy 12"],
    )
    assert row["attachments"] == [{"code": "chart", "title": "Paper chart", "file": "forms/chart.pdf", "version": "3"}]


def test_task_gets_its_gate_and_only_its_unit_s_own_line():
    units = [UnitRef("5-west", "ward"), UnitRef("6-east", "ward")]
    seeds = materialise(parsed(), units, incident="i", clocks={"TD": datetime(2026, 11, 21, tzinfo=UTC)})
    entries = {seed.unit: seed for seed in seeds if seed.code == "G1"}

    assert entries["5-west"].rules == {"gate": ["pharmacist/G1"], "forms": ["chart"]}
    assert entries["5-west"].local == "The box is behind desk 2."
    assert entries["6-east"].local is None
    assert {seed.rules for seed in seeds if seed.code == "D1"} == {None}


def test_every_text_that_people_read_can_be_translated():
    texts = texts_of(parsed())

    assert {"Gates", "Wait.", "Paper chart", "The box is behind desk 2.", "Gaps", "Good"} <= texts.keys()
    assert "Preparedness office" not in texts


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("gate: [pharmacist/G1]", "gate: [pharmacist/G9]", "waits for pharmacist/G9, which is not in this plan"),
        ("gate: [pharmacist/G1]", "gate: [charge-nurse/D1]", "Use depends_on for that"),
        ("gate: [pharmacist/G1]", "gate: [G1]", "names a step as role/code"),
        ("depends_on: [G1]", "depends_on: [B1]", "G3 depends on B1, which is not on the card of pharmacist"),
        ("depends_on: [G1]", "depends_on: [G3]", "waits for itself"),
        ("forms: [chart]", "forms: [map]", "uses the form map, which is not among the attachments"),
        ("one_of: [Good]", "one_of: [Fine]", '"Fine" is not a choice of state in G1'),
        ("one_of: [Good]", "at_least: 1", "only a count can be at least"),
        ("one_of: [Good]", "one_of: [Good], at_most: 2", "A condition has one_of, or at_least and at_most"),
        ("field: state", "field: mood", "looks at mood of G1, which the card of pharmacist does not record"),
        ("review_by: 2027-05-01", "review_by: next May", "is a day such as 2027-05-01"),
        ("review_by: 2027-05-01", "review_by: 2027-02-30", "is a day such as 2027-05-01"),
        ("file: forms/chart.pdf", "file: ../secrets", "is the path of a file beside the plans"),
        ("due: 2 h", "due: when it happens", "escalate_after counts from the due time"),
        ("local: {5-west: The box is behind desk 2.}", "local: here", '"local" must be a group of named values'),
        (
            'version: "3"}',
            'version: "3"}\n  - {code: chart, title: B, file: b.pdf, version: "1"}',
            "two attachments with the code chart",
        ),
    ],
)
def test_reference_that_leads_nowhere_keeps_the_plan_out(old, new, sentence):
    assert old in PLAN

    with pytest.raises(PlanErrors) as caught:
        parse_plan(PLAN.replace(old, new, 1), source="gates.yaml")

    assert any(sentence in problem.sentence for problem in caught.value.problems), caught.value.problems


def test_gates_that_wait_for_each_other_are_found_on_both_lines():
    text = PLAN.replace(
        "        escalate_after: 30 min", "        gate: [charge-nurse/G1]\n        escalate_after: 30 min"
    )

    with pytest.raises(PlanErrors) as caught:
        parse_plan(text, source="gates.yaml")

    lines = text.splitlines()
    assert [lines[problem.line - 1].strip() for problem in caught.value.problems] == ["- code: G1", "- code: G1"]
