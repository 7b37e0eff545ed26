"""Heartbeats of idle connections without a greenlet for each: stock Engine.IO lets one sleep for every client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engineio.packet import PING, Packet
from engineio.socket import Socket

from app.base import clock
from app.live.later import later


def share_pings(engine: Any) -> None:
    """Let all clients of an Engine.IO server (under gevent) share one greenlet that sends their pings."""
    start = engine.start_background_task

    def start_sparingly(target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        client = getattr(target, "__self__", None)
        if not isinstance(client, Socket) or target.__name__ != "_send_ping":
            return start(target, *args, **kwargs)
        later(float(engine.ping_interval), lambda: _ping(client))
        return None

    engine.start_background_task = start_sparingly


def _ping(client: Any) -> None:
    if not client.closing and not client.closed:
        client.last_ping = clock.now().timestamp()
        client.send(Packet(PING))
