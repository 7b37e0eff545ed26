"""Hints: small news goes out with its rows, everything else is only announced."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.base.unit_of_work import write
from app.live import hints
from app.live.hints import MAX_INLINE_BYTES, Delta, hint_of, room_of
from app.live.rows import put_row, wire_row
from tests.rows import head

ICU = "unit:icu"


def change(first: int, *row_ids: str, text: str = "x") -> Delta:
    """Rows that moved the scope from `first` on."""
    rows = [wire_row(i, "note", first + n, json.dumps({"text": text})) for n, i in enumerate(row_ids, start=1)]
    return Delta(ICU, first, first + len(row_ids), rows)


class Air:
    """What was sent, and what waits for its moment."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.waiting: list[Callable[[], None]] = []

    def pass_moment(self) -> None:
        waiting = list(self.waiting)
        self.waiting.clear()
        for action in waiting:
            action()


@pytest.fixture
def air(app: Flask) -> Iterator[Air]:
    air = Air()
    hints.connect(schedule=air.waiting.append, send=lambda room, event, body: air.sent.append((room, body)))
    yield air
    hints.flush()
    hints.connect(schedule=None, send=None)


def put(*row_ids: str, text: str = "x") -> None:
    with write() as work:
        for row_id in row_ids:
            put_row(work, ICU, row_id, "note", {"text": text})


def test_a_small_change_travels_with_its_rows() -> None:
    hint = hint_of(ICU, [change(4, "a", "b")])

    assert (hint["s"], hint["from"], hint["to"]) == (ICU, 4, 6)
    assert [(row["id"], row["seq"]) for row in hint["rows"]] == [("a", 5), ("b", 6)]


def test_changes_that_join_become_one_hint_in_whichever_order_they_came() -> None:
    hint = hint_of(ICU, [change(6, "c"), change(4, "a", "b")])

    assert (hint["from"], hint["to"]) == (4, 7)
    assert [row["id"] for row in hint["rows"]] == ["a", "b", "c"]


def test_a_row_changed_twice_travels_once_in_its_newest_form() -> None:
    hint = hint_of(ICU, [change(4, "a", text="old"), change(5, "a", text="new")])

    assert [(row["seq"], row["b"]["text"]) for row in hint["rows"]] == [(6, "new")]


def test_changes_with_a_gap_between_them_are_only_announced() -> None:
    hint = hint_of(ICU, [change(4, "a"), change(6, "b")])

    assert hint == {"s": ICU, "from": 4, "to": 7}


def test_what_is_too_large_is_only_announced() -> None:
    small, large = (
        change(0, "a", text="x" * (MAX_INLINE_BYTES - 60)),
        change(0, "a", text="é" * (MAX_INLINE_BYTES // 2)),
    )

    assert "rows" in hint_of(ICU, [small])
    assert "rows" not in hint_of(ICU, [large])


def test_what_was_too_large_takes_no_rows_of_others_along() -> None:
    assert hint_of(ICU, [Delta(ICU, 0, 168, None), change(168, "a")]) == {"s": ICU, "from": 0, "to": 169}


def test_a_whole_card_is_announced_only(air: Air) -> None:
    put(*(f"task-{number}" for number in range(40)), text="x" * 200)

    air.pass_moment()

    assert air.sent == [(ICU, {"s": ICU, "from": 0, "to": 40})]


@pytest.mark.parametrize(
    ("scope", "room"),
    [
        ("incident:0199:command", "command"),
        ("unit:icu", "unit:icu"),
        ("unit:command", "unit:command"),
        ("site:northgate", "site:northgate"),
        ("user:0199", "user:0199"),
    ],
)
def test_leaders_of_all_incidents_share_a_room(scope: str, room: str) -> None:
    assert room_of(scope) == room


def test_news_of_a_moment_goes_out_together_and_only_once(air: Air) -> None:
    put("a")
    put("b")
    assert air.sent == []

    air.pass_moment()

    assert [(room, body["from"], body["to"]) for room, body in air.sent] == [(ICU, 0, 2)]
    put("c")
    air.pass_moment()
    assert [body["from"] for _room, body in air.sent] == [0, 2]
    assert head(ICU) == air.sent[-1][1]["to"]


def test_nothing_is_said_of_work_that_was_undone(air: Air) -> None:
    """I9: a phone must never see what a rollback took back."""

    def fail() -> None:
        with write() as work:
            put_row(work, ICU, "gone", "note", {"text": "gone"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert air.waiting == []

    put("a")
    air.pass_moment()
    assert [[row["id"] for row in body["rows"]] for _room, body in air.sent] == [["a"]]


def test_nothing_is_said_before_the_commit(air: Air) -> None:
    with write() as work:
        put_row(work, ICU, "a", "note", {"text": "x"})
        work.flush()
        assert air.waiting == []

    assert len(air.waiting) == 1


def test_the_same_again_is_no_news(air: Air) -> None:
    put("a")
    air.pass_moment()
    put("a")

    assert air.waiting == []


def test_a_moment_that_could_not_be_scheduled_does_not_silence_the_next(app: Flask, air: Air) -> None:
    def refuse(_action: Callable[[], None]) -> None:
        raise RuntimeError("no thread left")

    hints.connect(schedule=refuse, send=lambda room, event, body: air.sent.append((room, body)))
    put("a")
    hints.connect(schedule=air.waiting.append, send=lambda room, event, body: air.sent.append((room, body)))
    put("b")
    air.pass_moment()

    assert [(body["from"], body["to"]) for _room, body in air.sent] == [(0, 2)]
