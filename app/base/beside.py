"""Work beside the event loop: what computes for tens of milliseconds, or waits for a disk, must not hold up phones."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar

from gevent import get_hub, monkey
from gevent.threadpool import ThreadPool

P = ParamSpec("P")
T = TypeVar("T")


def beside_the_loop(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run in a native thread under gevent, else here. Nothing in it may ask the database or wait for the loop."""
    if monkey.is_module_patched("threading"):
        result: T = _threads().apply(function, args, kwargs)
        return result
    return function(*args, **kwargs)


def wait_beside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same for what waits for a slow disk or a network folder: it does not stand in the way of arithmetic."""
    if monkey.is_module_patched("threading"):
        result: T = get_hub().threadpool.apply(function, args, kwargs)
        return result
    return function(*args, **kwargs)


@cache
def _threads() -> ThreadPool:
    """Threads of our own, one fewer than there are cores: with the hub's ten, sixty people signing in at once held
    up a ping by up to 750 ms on two cores; more threads would not hash faster either."""
    return ThreadPool(max(1, (os.cpu_count() or 1) - 1))
