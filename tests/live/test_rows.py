"""Rows of a scope: each change moves the cursor once, nothing else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st

from app.base.unit_of_work import write
from app.live.commands import compact_tombstones
from app.live.queries import scope_heads
from app.live.rows import drop_row, put_row
from tests.conftest import FakeClock
from tests.rows import delta, head, snapshot

ICU = "unit:icu"


def put(*row_ids: str, text: str = "x", scope: str = ICU) -> None:
    with write() as work:
        for row_id in row_ids:
            put_row(work, scope, row_id, "note", {"text": text})


def drop(*row_ids: str) -> None:
    with write() as work:
        for row_id in row_ids:
            drop_row(work, ICU, row_id, "note")


def test_a_new_row_is_the_next_change_of_its_scope(app: Flask) -> None:
    put("a")
    put("b")

    rows, _ = delta(ICU)

    assert rows == [
        {"id": "a", "t": "note", "seq": 1, "b": {"text": "x"}},
        {"id": "b", "t": "note", "seq": 2, "b": {"text": "x"}},
    ]
    assert head(ICU) == 2


def test_the_same_body_again_moves_no_cursor(app: Flask) -> None:
    put("a")

    put("a")

    assert head(ICU) == 1


def test_the_order_of_fields_is_no_change(app: Flask) -> None:
    for body in ({"text": "x", "by": "nia"}, {"by": "nia", "text": "x"}):
        with write() as work:
            put_row(work, ICU, "a", "note", body)

    assert head(ICU) == 1


def test_a_row_changed_often_in_one_transaction_is_one_change(app: Flask) -> None:
    with write() as work:
        for text in ("one", "two", "three"):
            put_row(work, ICU, "a", "note", {"text": text})

    assert [row["b"] for row in delta(ICU)[0]] == [{"text": "three"}]
    assert head(ICU) == 1


def test_a_changed_row_moves_to_the_end_and_is_sent_once(app: Flask) -> None:
    put("a", "b")
    put("a", text="new")

    rows, _ = delta(ICU, after=0)

    assert [(row["id"], row["seq"]) for row in rows] == [("b", 2), ("a", 3)]


def test_scopes_count_for_themselves(app: Flask) -> None:
    put("a", "b")
    put("a", scope="unit:5-west")

    assert (head(ICU), head("unit:5-west"), head("unit:pharmacy")) == (2, 1, 0)


def test_a_dropped_row_leaves_a_tombstone_that_phones_get(app: Flask) -> None:
    put("a", "b")
    drop("a")

    assert delta(ICU, after=2)[0] == [{"id": "a", "seq": 3, "del": 1}]
    assert list(snapshot(ICU)) == ["b"]


def test_dropping_what_is_not_there_does_nothing(app: Flask) -> None:
    put("a")
    drop("a")
    drop("a", "never")

    assert head(ICU) == 2


def test_a_row_put_and_dropped_at_once_was_never_there(app: Flask) -> None:
    with write() as work:
        put_row(work, ICU, "a", "note", {"text": "x"}, fresh=True)
        drop_row(work, ICU, "a", "note")

    assert (delta(ICU)[0], head(ICU)) == ([], 0)


def test_a_row_comes_back_after_its_tombstone(app: Flask) -> None:
    put("a")
    drop("a")
    put("a")

    assert delta(ICU)[0] == [{"id": "a", "t": "note", "seq": 3, "b": {"text": "x"}}]
    assert list(snapshot(ICU)) == ["a"]


def test_a_row_that_moves_to_another_scope_leaves_the_first(app: Flask) -> None:
    put("a")
    with write() as work:
        drop_row(work, ICU, "a", "note")
        put_row(work, "unit:5-west", "a", "note", {"text": "x"})

    assert list(snapshot(ICU)) == []
    assert list(snapshot("unit:5-west")) == ["a"]


def test_a_delta_that_is_cut_says_how_far_it_reached(app: Flask) -> None:
    put(*"abcde")

    first, reached = delta(ICU, after=0, limit=2)
    assert ([row["id"] for row in first], reached) == (["a", "b"], 2)
    last, end = delta(ICU, after=4, limit=2)
    assert ([row["id"] for row in last], end) == (["e"], None)


def test_a_delta_of_exactly_the_limit_is_not_cut(app: Flask) -> None:
    put("a", "b")

    assert delta(ICU, limit=2)[1] is None


@pytest.mark.parametrize("page_rows", [1, 2, 3, 7])
def test_pages_of_a_snapshot_hold_every_live_row_once(app: Flask, page_rows: int) -> None:
    put(*"abcdef")
    drop("c")

    assert sorted(snapshot(ICU, page_rows=page_rows)) == list("abdef")


def test_a_body_in_any_writing_comes_back_as_it_was(app: Flask) -> None:
    text = 'Señal perdida — “5 Oeste” \u2028 🕯 \\ " \n'
    put("a", text=text)

    assert snapshot(ICU)["a"]["b"] == {"text": text}


def test_compaction_removes_old_tombstones_and_raises_the_floor_above_them(app: Flask, clock: FakeClock) -> None:
    put("a", "b")
    drop("a")
    clock.advance(days=15)
    put("c")
    drop("c")

    assert compact_tombstones() == 1
    assert scope_heads([ICU])[ICU] == (5, 3)
    assert [row["id"] for row in delta(ICU, after=3)[0]] == ["c"]
    assert compact_tombstones() == 0
    assert compact_tombstones(timedelta(0)) == 0, "a tombstone of this very instant stays"


CHANGES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "one", "two"]), st.booleans()), min_size=1, max_size=4
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.lists(
            st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "one", "two"]), st.booleans()),
            min_size=1,
            max_size=4,
        ),
        max_size=8,
    ),
    asks=st.sets(st.integers(0, 8)),
)
def test_a_snapshot_is_the_replay_of_all_deltas(
    app: Flask, steps: list[list[tuple[str, str, bool]]], asks: set[int]
) -> None:
    """I15, I10: whoever asked after whichever steps holds what a snapshot gives."""
    scope = f"unit:{head('counter')}"
    put(f"{head('counter')}", scope="counter")
    held: dict[str, object] = {}
    cursor = 0
    for number, step in enumerate([*steps, []]):
        with write() as work:
            for row_id, text, goes in step:
                if goes:
                    drop_row(work, scope, row_id, "note")
                else:
                    put_row(work, scope, row_id, "note", {"text": text})
        if number in asks or number == len(steps):
            rows, _ = delta(scope, after=cursor)
            assert [row["seq"] for row in rows] == sorted({row["seq"] for row in rows})
            for row in rows:
                held.pop(row["id"], None)
                if "del" not in row:
                    held[row["id"]] = row
            cursor = head(scope)

    assert held == snapshot(scope)
