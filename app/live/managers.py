"""Which manager of sockets a process gets. Pure."""

from __future__ import annotations

from app.live.fanout import FanoutManager
from app.live.line import Line
from app.live.manager import IndexedManager


def make_manager(*, fast: bool, redis_url: str = "", line: Line | None = None) -> IndexedManager:
    """The manager for these settings; `fast` needs the gevent server. `line` is told how Redis fares."""
    if not redis_url:
        return FanoutManager() if fast else IndexedManager()
    from app.live.redis_line import FanoutLineManager, IndexedLineManager  # Redis is an extra of the installation

    return (FanoutLineManager if fast else IndexedLineManager)(redis_url, line or Line())
