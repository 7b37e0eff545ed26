"""While Redis is away phones are told by the database: what has moved on, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.base.unit_of_work import write
from app.live.catch_up import CatchUp
from app.live.line import Line
from app.live.rows import put_row

Told = list[tuple[str, str, int]]


def change(*scopes: str, n: int) -> None:
    with write() as work:
        for scope in scopes:
            put_row(work, scope, "memo", "document", {"n": n})


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def line() -> Line:
    return Line(up=True)


@pytest.fixture
def catch_up(app: Flask, line: Line, told: Told) -> CatchUp:
    def send(room: str, body: dict[str, Any]) -> None:
        assert body["from"] == body["to"] and "rows" not in body
        told.append((room, body["s"], body["to"]))

    return CatchUp(line, rooms=lambda: ["unit:icu", "command", "some-socket"], send=send)


def test_nothing_is_read_while_redis_works(catch_up: CatchUp, told: Told) -> None:
    change("unit:icu", n=1)

    catch_up.turn()

    assert told == []


def test_at_its_loss_everything_is_told_once_then_only_what_changes(catch_up: CatchUp, line: Line, told: Told) -> None:
    change("unit:icu", "unit:lab", "incident:1:command", n=1)
    line.turn(False)

    catch_up.turn()
    assert sorted(told) == [("command", "incident:1:command", 1), ("unit:icu", "unit:icu", 1)]
    told.clear()
    catch_up.turn()
    assert told == []
    change("unit:icu", "unit:lab", n=2)
    catch_up.turn()
    assert told == [("unit:icu", "unit:icu", 2)]


def test_when_it_is_found_again_everything_is_told_a_last_time(catch_up: CatchUp, line: Line, told: Told) -> None:
    change("unit:icu", n=1)
    line.turn(False)
    catch_up.turn()
    told.clear()

    line.turn(True)
    catch_up.turn()
    catch_up.turn()

    assert told == [("unit:icu", "unit:icu", 1)]
