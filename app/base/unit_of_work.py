"""The one unit of work: every change of the database happens inside `with write():`, and commits only here.

Inside: load what is changed, decide, change, collect what others must learn. Nothing that waits (network, files);
only large work lets others go on between its steps (`give_way`).
After the commit the collected news is published, each kind on its own, so that one failure stays alone.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, SessionTransaction

from app.base import clock
from app.base.beside import let_others_go_on
from app.base.db import WRITE_OPTION, db, is_away, settle
from app.base.errors import AppError

log = logging.getLogger("wardlight.base")

WAIT_FOR_WRITER_SECONDS = 15.0
FIRST_PAUSE_SECONDS = 0.002
LONGEST_PAUSE_SECONDS = 0.025
RETRY_AFTER_SECONDS = 2
HOLD_AT_MOST_SECONDS = 0.01
LOCK_NOT_AVAILABLE = "55P03"


class Collector(Protocol):
    """Gathers things during a unit of work, stores them before the commit and publishes them after it.

    Collectors flush in the order of `order`, so that one may hand items to a later one.
    """

    order: int

    def flush(self, unit: UnitOfWork, items: list[Any]) -> None:
        """Write the collected items; runs inside the transaction, just before the commit."""

    def publish(self, items: list[Any]) -> None:
        """Tell the world; runs after the commit, outside any transaction."""


_Mark = tuple[dict[Collector, int], int]  # how much each collector holds, and how many actions there are


class _Part:
    """A part of the work that is open; its savepoint is made when something is changed in it.

    A class, and no generator: a storm opens two for each of its entries.
    """

    __slots__ = ("_mark", "_work", "savepoint")

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self.savepoint: SessionTransaction | None = None

    def __enter__(self) -> UnitOfWork:
        self._mark = self._work.open_part(self)
        return self._work

    def __exit__(self, kind: type[BaseException] | None, _error: BaseException | None, _trace: Any) -> None:
        self._work.close_part(self, None if kind is None else self._mark)


class UnitOfWork:
    """One transaction: its session, its instant (`now`), what was collected and what follows the commit."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._parts: list[_Part] = []
        self.now: datetime = clock.now()
        self._collected: dict[Collector, list[Any]] = {}
        self._after: list[Callable[[], None]] = []
        # What was read in here and still holds; forgotten when a part is undone.
        self.memory: dict[Any, dict[Any, Any]] = {}
        # Set by a command whose work would hold the event loop for more than a moment.
        self.is_large = False
        self._holds_since = clock.ticks()

    @property
    def session(self) -> Session:
        """What to change the database with. Only now the open parts get their savepoints: many change nothing."""
        for part in self._parts:
            if part.savepoint is None:
                part.savepoint = self._session.begin_nested()
        return self._session

    def collected(self, collector: Collector) -> list[Any]:
        """What this collector holds now, oldest first."""
        return self._collected.setdefault(collector, [])

    def collect(self, collector: Collector, item: Any) -> None:
        """Hand an item to a collector; dropped again if this part of the work is undone."""
        self._collected.setdefault(collector, []).append(item)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run an action once the commit stands; dropped if the work is undone."""
        self._after.append(action)

    def give_way(self) -> None:
        """Between two steps of large work: let everybody else go on, if it has held the event loop for long.

        They read what was before; writers wait on. (On PostgreSQL every statement lets them go on.)
        """
        if self.is_large and clock.ticks() - self._holds_since > HOLD_AT_MOST_SECONDS:
            let_others_go_on()
            self._holds_since = clock.ticks()

    def flush(self) -> None:
        """Let every collector write what it holds (repeating it finds nothing left)."""
        flushed: set[Collector] = set()
        while waiting := [collector for collector in self._collected if collector not in flushed]:
            collector = min(waiting, key=lambda one: one.order)
            collector.flush(self, self._collected[collector])
            flushed.add(collector)
            self.give_way()

    def publish(self) -> None:
        """After the commit: publish and run the actions, each in its own try."""
        actions = [*(_publisher(c, items) for c, items in self._collected.items()), *self._after]
        for action in actions:
            try:
                action()
            except Exception:
                log.exception("unit_of_work.publish_failed")

    def _forget_since(self, mark: _Mark) -> None:
        lengths, after = mark
        for collector, items in self._collected.items():
            del items[lengths.get(collector, 0) :]
        del self._after[after:]
        self.memory.clear()

    def part(self) -> _Part:
        """A part that is undone alone if it raises (to its savepoint), with everything it collected."""
        return _Part(self)

    def open_part(self, part: _Part) -> _Mark:
        """A part begins: where everything stands, so that it can be undone."""
        self._parts.append(part)
        return {collector: len(items) for collector, items in self._collected.items()}, len(self._after)

    def close_part(self, part: _Part, back_to: _Mark | None) -> None:
        """A part has ended; `back_to`: it raised, and everything is to stand as it did."""
        self._parts.pop()
        if part.savepoint is not None:
            if back_to is None:
                part.savepoint.commit()
            else:
                part.savepoint.rollback()
        if back_to is not None:
            self._forget_since(back_to)


def _publisher(collector: Collector, items: list[Any]) -> Callable[[], None]:
    return lambda: collector.publish(items)


_current: ContextVar[UnitOfWork | None] = ContextVar("wardlight_unit_of_work", default=None)
_writers_turn = threading.Lock()


def is_writing() -> bool:
    """Whether a unit of work is open here: what it reads may be undone yet, so it must not be remembered."""
    return _current.get() is not None


def write() -> AbstractContextManager[UnitOfWork]:
    """Open the unit of work, or a part of the one that is open already.

    Commits when the outermost block ends, rolls back when it raises. AppError `try_later` (503) when another
    writer holds the database for longer than WAIT_FOR_WRITER_SECONDS.
    """
    outer = _current.get()
    return _write() if outer is None else outer.part()


@contextmanager
def _write() -> Iterator[UnitOfWork]:
    db.session().rollback()  # whoever waits for the turn holds no connection of the pool meanwhile
    with _in_turn():
        unit = _begin()
        token = _current.set(unit)
        try:
            yield unit
            unit.flush()
            _commit(unit)
        except BaseException:
            unit.session.rollback()
            raise
        finally:
            _current.reset(token)
    unit.publish()


def _commit(unit: UnitOfWork) -> None:
    if unit.is_large:
        unit.session.flush()
        settle(unit.session.connection())
    unit.session.commit()


@contextmanager
def _in_turn() -> Iterator[None]:
    """Writers of this process queue here: at the database they would race (SQLite), or hold the pool (PostgreSQL)."""
    if not _writers_turn.acquire(timeout=WAIT_FOR_WRITER_SECONDS):
        raise busy()
    try:
        yield
    finally:
        _writers_turn.release()


def _begin() -> UnitOfWork:
    session = db.session()
    session.rollback()  # ends the request's read transaction: a snapshot cannot be upgraded to a write
    waited, pause, reconnected = 0.0, FIRST_PAUSE_SECONDS, False
    while True:
        try:
            session.connection(execution_options={WRITE_OPTION: True})
            return UnitOfWork(session)
        except OperationalError as error:
            session.rollback()
            if is_away(error) and not reconnected:
                reconnected = True  # the pool has just found out that its connections are gone; nothing was done yet
                continue
            if not _is_taken(error):
                raise
            if waited >= WAIT_FOR_WRITER_SECONDS or "locked" not in str(error):
                raise busy() from error
        time.sleep(pause)  # under gevent this yields: another process's write never stalls the loop
        waited, pause = waited + pause, min(pause * 2, LONGEST_PAUSE_SECONDS)


def _is_taken(error: OperationalError) -> bool:
    """Whether another process is writing: SQLite says so at once, PostgreSQL after its lock_timeout."""
    return "locked" in str(error) or getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE


def busy() -> AppError:
    """What a request gets that the database cannot take now."""
    sentence = "The server is busy. Nothing is lost: it is tried again."
    return AppError("try_later", sentence, status=503, retry_after=RETRY_AFTER_SECONDS)
