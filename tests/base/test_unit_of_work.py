"""The one unit of work: parts are undone alone, news follows the commit, a failing listener stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError

from app.base import unit_of_work
from app.base.attestation import attest_now
from app.base.db import db
from app.base.models import Event, ServerMeta
from app.base.recount import Recount
from app.base.unit_of_work import UnitOfWork, write
from app.live.models import Row, Scope
from app.live.rows import put_row
from app.live.timeline import tell


def value_of(key: str) -> str | None:
    db.session.remove()
    return db.session.execute(select(ServerMeta.value).where(ServerMeta.key == key)).scalar()


def set_value(work: UnitOfWork, key: str, value: str) -> None:
    work.session.add(ServerMeta(key=key, value=value))
    work.session.flush()


@contextmanager
def undone() -> Iterator[UnitOfWork]:
    """A block of work that fails at its end; the failure is seen outside of it."""
    with pytest.raises(ZeroDivisionError), write() as work:  # noqa: PT012 - the block is the caller's
        yield work
        raise ZeroDivisionError


class Listener:
    """A collector that notes what it wrote and what it published."""

    def __init__(self, order: int = 50, *, fails: bool = False) -> None:
        self.order, self.fails = order, fails
        self.flushed: list[list[Any]] = []
        self.published: list[list[Any]] = []

    def flush(self, unit: UnitOfWork, items: list[Any]) -> None:
        self.flushed.append(list(items))

    def publish(self, items: list[Any]) -> None:
        if self.fails:
            raise RuntimeError("nobody listens")
        self.published.append(list(items))


def test_what_is_written_together_is_kept_together(app: Flask) -> None:
    with write() as work:
        set_value(work, "one", "1")
        set_value(work, "two", "2")

    assert (value_of("one"), value_of("two")) == ("1", "2")


def test_a_block_that_raises_leaves_nothing(app: Flask) -> None:
    listener, told = Listener(), []
    with undone() as work:
        set_value(work, "one", "1")
        work.collect(listener, "news")
        work.after_commit(lambda: told.append("said"))

    assert value_of("one") is None
    assert (listener.flushed, listener.published, told) == ([], [], [])


def test_an_inner_block_that_raises_is_undone_alone(app: Flask) -> None:
    listener, told = Listener(), []
    with write() as work:
        set_value(work, "outer", "kept")
        work.collect(listener, "outer")
        with undone() as inner:
            assert inner is work
            set_value(inner, "inner", "gone")
            inner.collect(listener, "inner")
            inner.after_commit(lambda: told.append("inner"))
        with write() as second:
            set_value(second, "second", "kept")
            second.collect(listener, "second")
            second.after_commit(lambda: told.append("second"))

    assert (value_of("outer"), value_of("inner"), value_of("second")) == ("kept", None, "kept")
    assert listener.published == [["outer", "second"]]
    assert told == ["second"]


def test_a_part_inside_a_part_is_undone_with_the_one_around_it(app: Flask) -> None:
    with write() as work:
        with undone(), write():
            set_value(work, "inmost", "gone")
        set_value(work, "after", "kept")

    assert (value_of("inmost"), value_of("after")) == (None, "kept")


def test_rows_and_events_of_an_undone_part_are_never_seen(app: Flask) -> None:
    with write() as work:
        put_row(work, "unit:icu", "kept", "note", {"text": "kept"})
        with undone():
            put_row(work, "unit:icu", "gone", "note", {"text": "gone"})
            put_row(work, "unit:5-west", "gone", "note", {"text": "gone"})
            tell(work, "incident.declared", attest_now(None, "Omar"), incident="i", level=2)

    assert db.session.execute(select(Row.id)).scalars().all() == ["kept"]
    assert db.session.execute(select(Scope.id, Scope.seq)).all() == [("unit:icu", 1)]
    assert db.session.execute(select(Event)).first() is None


def test_collectors_write_in_their_order_and_may_hand_on_to_later_ones(app: Flask) -> None:
    counted: list[set[str]] = []
    last = Listener(order=90)

    def count(work: UnitOfWork, keys: set[str]) -> None:
        counted.append(keys)
        work.collect(last, "counted")

    recount = Recount(count)
    with write() as work:
        work.collect(last, "first")
        for key in ("icu", "icu", "5-west"):
            recount.mark(work, key)

    assert counted == [{"icu", "5-west"}]
    assert last.flushed == [["first", "counted"]]


def test_a_listener_that_fails_does_not_stop_the_next(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    failing, next_one, told = Listener(fails=True), Listener(), []

    def fail() -> None:
        raise RuntimeError("no")

    with write() as work:
        set_value(work, "fact", "kept")
        work.collect(failing, "news")
        work.collect(next_one, "news")
        work.after_commit(fail)
        work.after_commit(lambda: told.append("said"))

    assert value_of("fact") == "kept"
    assert (next_one.published, told) == ([["news"]], ["said"])
    assert [record.message for record in caplog.records] == ["unit_of_work.publish_failed"] * 2


def test_a_listener_may_write_in_a_transaction_of_its_own(app: Flask) -> None:
    def follow() -> None:
        with write() as second:
            set_value(second, "follower", "kept")

    with write() as work:
        set_value(work, "fact", "kept")
        work.after_commit(follow)

    assert (value_of("fact"), value_of("follower")) == ("kept", "kept")


def test_a_collector_that_cannot_write_undoes_the_whole(app: Flask) -> None:
    def fail(work: UnitOfWork, keys: set[str]) -> None:
        raise ZeroDivisionError

    def mark_in_a_write() -> None:
        with write() as work:
            set_value(work, "fact", "gone")
            Recount(fail).mark(work, "icu")

    with pytest.raises(ZeroDivisionError):
        mark_in_a_write()

    assert value_of("fact") is None
    with write() as work:
        set_value(work, "fact", "later")
    assert value_of("fact") == "later"


def test_a_part_that_changes_nothing_costs_no_savepoint(app: Flask) -> None:
    said: list[str] = []
    with write():
        event.listen(db.engine, "savepoint", lambda _connection, name: said.append(name))
        with write() as part:
            part.collect(Listener(), "news")
        with undone() as part:
            part.collect(Listener(), "news")
        assert said == []
        with write(), write() as inmost:
            set_value(inmost, "one", "1")

    assert len(said) == 2
    assert value_of("one") == "1"


def test_what_a_part_remembers_is_forgotten_when_it_is_undone(app: Flask) -> None:
    with write() as work:
        work.memory["names"] = {"icu": "Intensive care"}
        with write():
            pass
        assert work.memory["names"] == {"icu": "Intensive care"}
        with undone():
            work.memory["names"]["icu"] = "something else"
        assert work.memory == {}


def test_large_work_lets_others_go_on_between_its_steps_and_ordinary_work_does_not(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[str] = []
    monkeypatch.setattr(unit_of_work, "HOLD_AT_MOST_SECONDS", -1)
    monkeypatch.setattr(unit_of_work, "let_others_go_on", lambda: turns.append("turn"))

    with write() as work:
        work.collect(Listener(), "news")
        work.give_way()
    assert turns == []
    with write() as work:
        work.is_large = True
        work.collect(Listener(), "news")
        work.give_way()

    assert turns == ["turn", "turn"]


def test_large_work_is_on_record_before_it_is_told(app: Flask) -> None:
    said: list[str | None] = []
    with write() as work:
        work.is_large = True
        with write() as part:
            set_value(part, "fact", "kept")
        work.session.add(ServerMeta(key="unwritten", value="kept"))
        work.after_commit(lambda: said.append(value_of("fact")))

    assert said == ["kept"]
    assert value_of("unwritten") == "kept"


def test_large_work_that_cannot_be_put_on_record_is_undone(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no references that are looked at as late as this")
    listener = Listener()

    def break_a_reference() -> None:
        with write() as work:
            work.is_large = True
            set_value(work, "fact", "gone")
            work.session.execute(text("PRAGMA defer_foreign_keys=ON"))
            work.session.execute(text("INSERT INTO task_alias (id, task) VALUES ('a', 'nobody')"))
            work.collect(listener, "news")

    with pytest.raises(IntegrityError):
        break_a_reference()

    assert value_of("fact") is None
    assert listener.published == []
    with write() as work:
        set_value(work, "fact", "later")
    assert value_of("fact") == "later"
