"""Advice on steps that a tired person cannot do as they are written."""

import pytest

from app.plans.catalogue import Vocabulary
from app.plans.format import Plan
from app.plans.lint import lint_plan
from app.plans.pack import parse_document
from app.plans.yaml_text import read_yaml

VOCABULARY = Vocabulary(roles=frozenset({"charge-nurse"}), unit_types=frozenset({"ward"}))

PLAN = """\
id: p
title: P
kind: unplanned
services: [ehr]
summary: S
icon: ehr
do_now: Wait.
level: 1
unit_types: [{unit_type}]
cards:
  - role: {role}
    title: T
    mission: M
    unit_types: [{unit_type}]
    steps:
"""
STEP = "      - {{code: {code}, do: {do}, {more}}}\n"


def findings(*steps, role="charge-nurse", unit_type="ward"):
    text = PLAN.format(role=role, unit_type=unit_type) + "".join(steps)
    document = read_yaml(text, source="p.yaml")
    plan = parse_document(document, Plan, source="p.yaml")
    return [(one.line, one.rule) for one in lint_plan(plan, document, VOCABULARY, source="p.yaml")]


def step(do="Count the beds.", more="due: 5 min", code="A1"):
    return STEP.format(code=code, do=f'"{do}"', more=more)


def test_a_plain_step_finds_nothing():
    assert findings(step()) == []


@pytest.mark.parametrize(
    ("do", "more", "rule"),
    [
        ("Count " + "big " * 24 + "beds.", "due: 5 min", "long-step"),
        ("Open the kit; count the forms.", "due: 5 min", "two-actions"),
        ("Open the kit and count the forms.", "due: 5 min", "two-actions"),
        ("Open the kit, then count the forms.", "due: 5 min", "two-actions"),
        ("Open the kit. Count the forms.", "due: 5 min", "two-actions"),
        ("Count the beds.", "safety: true", "missing-due"),
        ("Count the beds.", "due: when it happens, repeat: 2 h", "repeat-without-hour"),
        ("Count.", "due: 5 min, capture: [{key: a, label: Patient name, type: text}]", "patient-data"),
        ("Count.", "due: 5 min, capture: [{key: a, label: MRN, type: text}]", "patient-data"),
        ("Count.", "due: 5 min, capture: [{key: dob, label: Born, type: text}]", "patient-data"),
        ("Count.", "due: 5 min, two_person: true, confirm_roles: [wizard]", "unknown-role"),
    ],
)
def test_step_that_cannot_be_done_as_written_is_found(do, more, rule):
    assert findings(step(do, more)) == [(16, rule)]


@pytest.mark.parametrize(
    "do",
    [
        "Print census, MAR, allergies and code status.",
        "Write date, time and signature on every page.",
        "Tell families what is down and what works.",
        "Keep the seal. Nobody else opens it.",
    ],
)
def test_one_action_with_several_things_is_one_action(do):
    assert findings(step(do)) == []


@pytest.mark.parametrize("label", ["Patients seen", "ID bands replaced", "Runner", "Pending results", "Results sent"])
def test_counts_and_staff_are_no_patient_data(label):
    assert findings(step(more=f"due: 5 min, capture: [{{key: a, label: {label}, type: count}}]")) == []


def test_due_when_it_happens_is_a_due_time():
    assert findings(step(more="due: when it happens")) == []


def test_unknown_role_and_unit_type_are_found_where_they_are_written():
    assert findings(step(), role="wizard", unit_type="tower") == [(9, "unknown-unit-type"), (11, "unknown-role")]


def test_card_with_too_many_steps_in_one_phase_is_found():
    steps = [step(code=f"A{number}") for number in range(1, 17)]

    assert findings(*steps) == [(11, "long-card")]
