"""A library that says what it should cover is held to it."""

import pytest

from app.plans.coverage import Expected, empty_cells, table
from app.plans.pack import parse_plan
from app.plans.reading import grade, syllables
from tests.plans.test_links import PLAN


def expected(**cells):
    return Expected.model_validate({"scenarios": [{"plan": "gates", "cells": cells}]})


@pytest.fixture
def plan():
    return parse_plan(PLAN, source="gates.yaml")


def test_cells_with_work_in_them_find_nothing(plan):
    assert list(empty_cells(expected(pharmacist=("back-entry",)), [plan])) == []


def test_empty_cell_absent_role_and_absent_plan_are_named_with_their_place(plan):
    wanted = expected(pharmacist=("back-entry", "0-15"), laboratory=("close",))

    assert list(empty_cells(wanted, [plan])) == [
        (("scenarios", 0, "cells", "pharmacist"), "gates: pharmacist has nothing to do in 0-15."),
        (("scenarios", 0, "cells", "laboratory"), "gates: laboratory has nothing to do in close."),
    ]
    assert [sentence for _, sentence in empty_cells(wanted, [])] == ["There is no plan gates."]


def test_table_marks_what_should_be_there(plan):
    lines = table(plan, {"pharmacist": ("0-15",), "laboratory": ("close",)}).splitlines()

    assert next(line for line in lines if line.startswith("pharmacist")).split()[2] == "EMPTY"
    assert next(line for line in lines if line.startswith("laboratory")).split()[-1] == "EMPTY"


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("bed", 1),
        ("nurse", 1),
        ("table", 2),
        ("called", 1),
        ("started", 2),
        ("boxes", 2),
        ("laboratory", 5),
        ("the", 1),
    ],
)
def test_syllables_are_counted_as_people_say_them(word, count):
    assert syllables(word) == count


def test_plain_words_are_early_school_and_office_words_are_not():
    assert grade(["Open the kit.", "Count the forms.", "Call the desk."]) < 2
    assert grade(["Facilitate interdisciplinary reconciliation of documentation discrepancies."]) > 20
    assert grade([]) == 0.0
