"""Work beside the event loop: what computes for long or waits for a disk must not hold up the phones of the house."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar

from gevent import get_hub, monkey
from gevent.threadpool import ThreadPool

P = ParamSpec("P")
T = TypeVar("T")


def compute_beside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call something that computes without the interpreter's lock (hashing, compressing) in a native thread."""
    if monkey.is_module_patched("threading"):
        result: T = _computing().apply(function, args, kwargs)
        return result
    return function(*args, **kwargs)


def wait_beside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call something that waits for a slow disk or a network folder in a native thread."""
    if monkey.is_module_patched("threading"):
        result: T = get_hub().threadpool.apply(function, args, kwargs)
        return result
    return function(*args, **kwargs)


@cache
def _computing() -> ThreadPool:
    """Threads of our own, one fewer than there are cores: with the hub's ten, sixty people signing in at once held
    up a ping by up to 750 ms on two cores; more threads would not hash faster either."""
    return ThreadPool(max(1, (os.cpu_count() or 1) - 1))
