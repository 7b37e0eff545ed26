"""Slugs of two types may be equal in one scope: rows are named by type and id."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from app.base.unit_of_work import write
from app.live import hints
from app.live.queries import delta_rows, snapshot_page
from app.live.rows import drop_row, put_row

SCOPE = "ref:northgate"
LAB = "laboratory"


@pytest.fixture(autouse=True)
def rows_of_two_types(app: Flask) -> None:
    with write() as work:
        put_row(work, SCOPE, LAB, "unit", {"name": "Laboratory"})
        put_row(work, SCOPE, LAB, "role", {"leader": False})
        put_row(work, SCOPE, "imaging", "unit", {"name": "Imaging"})


def delta(after: int) -> list[dict[str, Any]]:
    return [json.loads(row) for row in delta_rows(SCOPE, after=after, limit=100)[0]]


def test_a_unit_and_a_role_of_one_name_stand_side_by_side() -> None:
    assert [(row["t"], row["id"]) for row in delta(0)] == [("unit", LAB), ("role", LAB), ("unit", "imaging")]


def test_dropping_one_leaves_the_other_and_the_tombstone_names_its_type() -> None:
    with write() as work:
        drop_row(work, SCOPE, LAB, "unit")

    assert delta(3) == [{"id": LAB, "t": "unit", "seq": 4, "del": 1}]
    assert [row["t"] for row in delta(0) if row["id"] == LAB] == ["role", "unit"]


def test_pages_of_a_snapshot_neither_repeat_nor_leave_out() -> None:
    seen, after = [], ""
    while True:
        page = snapshot_page(SCOPE, after_id=after, limit=1)
        seen += [(row["t"], row["id"]) for row in map(json.loads, page.rows)]
        if page.next_id is None:
            break
        after = page.next_id

    assert seen == [("role", LAB), ("unit", "imaging"), ("unit", LAB)]


def test_a_hint_keeps_both() -> None:
    texts = [json.dumps(row) for row in delta(0)]

    hint = hints.hint_of(SCOPE, [hints.Delta(SCOPE, 0, 3, texts)])

    assert [(row["t"], row["id"]) for row in hint["rows"]] == [("unit", LAB), ("role", LAB), ("unit", "imaging")]
