"""Work beside the event loop: what computes for tens of milliseconds, or waits for a disk, must not hold up phones."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Any, ParamSpec, TypeVar

import gevent
from gevent import get_hub, monkey
from gevent.threadpool import ThreadPool

P = ParamSpec("P")
T = TypeVar("T")

# How long to stand back for others. Not zero: for that gevent goes on with what is ready, up to fifty times, before it
# looks for requests and timers again; so the others would wait for fifty steps instead of one.
STAND_BACK_SECONDS = 0.001


def let_others_go_on() -> None:
    """Let requests and timers that wait for the event loop have their turn; without one there is nobody to wait."""
    if monkey.is_module_patched("threading"):
        gevent.sleep(STAND_BACK_SECONDS)


def beside_the_loop(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run in a native thread under gevent, else here. Nothing in it may ask the database or wait for the loop."""
    return _in(_threads, function, args, kwargs)


def wait_beside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for what waits for a slow disk or a network folder: it does not stand in the way of arithmetic."""
    return _in(_hubs_threads, function, args, kwargs)


def settle_beside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for the writer of the database, in a thread that nothing else can keep busy: all others wait for it."""
    return _in(_writers_thread, function, args, kwargs)


def _in(pool: Callable[[], ThreadPool], function: Callable[..., T], args: Any, kwargs: Any) -> T:
    if not monkey.is_module_patched("threading"):
        return function(*args, **kwargs)
    result: T = pool().apply(function, args, kwargs)
    return result


def _hubs_threads() -> ThreadPool:
    pool: ThreadPool = get_hub().threadpool
    return pool


@cache
def _writers_thread() -> ThreadPool:
    return ThreadPool(1)


@cache
def _threads() -> ThreadPool:
    """Threads of our own, one fewer than there are cores: with the hub's ten, sixty people signing in at once held
    up a ping by up to 750 ms on two cores; more threads would not hash faster either."""
    return ThreadPool(max(1, (os.cpu_count() or 1) - 1))
