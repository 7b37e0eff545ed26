"""Redis as Socket.IO's message queue, which may go and come back.

Nobody ever waits for Redis here: messages leave by a greenlet of their own, and while Redis is away they are dropped
(`catch_up` tells the phones instead).
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from socketio import RedisManager

from app.base import clock
from app.live.fanout import FanoutManager
from app.live.line import Line
from app.live.manager import IndexedManager

log = logging.getLogger("wardlight.live")

CHANNEL = "wardlight"
CONNECT_SECONDS = 2.0
LISTEN_SECONDS = 1.0
PING_EVERY_SECONDS = 5.0
SILENT_SECONDS = 12.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.25, 2.0
MOST_WAITING = 2_000
AT_ONCE = 200


class LineManager(RedisManager):  # type: ignore[misc]
    """Socket.IO's Redis manager that keeps nobody waiting and says how its line is."""

    def __init__(self, url: str, line: Line) -> None:
        super().__init__(url, channel=CHANNEL)
        self._line = line
        self._outgoing: Any = None

    def initialize(self) -> None:
        """Begin to listen, and to send in a greenlet (or thread) beside whoever has something to say."""
        self._outgoing = self.server.eio.create_queue()
        super().initialize()
        self.server.start_background_task(self._send_forever)

    def _publish(self, data: dict[str, Any]) -> None:
        if self._line.up and self._outgoing.qsize() < MOST_WAITING:
            self._outgoing.put(self.json.dumps(data))

    def _send_forever(self) -> None:
        client = self._client()
        while True:
            waiting = [self._outgoing.get()]
            while len(waiting) < AT_ONCE and self._outgoing.qsize():
                waiting.append(self._outgoing.get())
            try:
                with client.pipeline(transaction=False) as pipe:
                    for message in waiting:
                        pipe.publish(self.channel, message)
                    pipe.execute()
            except (RedisError, OSError) as error:
                log.warning("redis.not_sent", extra={"messages": len(waiting), "error": type(error).__name__})
                self._line.turn(False)  # the listener finds out whether it is there again

    def _listen(self) -> Iterator[bytes]:
        """Messages of the other processes, for ever; while Redis is away it is tried again every second or two."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                for message in self._hear():
                    pause = FIRST_PAUSE_SECONDS
                    yield message
            except (RedisError, OSError) as error:
                log.info("redis.away", extra={"error": type(error).__name__})
            self._line.turn(False)
            self.server.sleep(pause * random.uniform(0.75, 1.25))
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def _hear(self) -> Iterator[bytes]:
        """One connection's messages; it ends, or raises, when the line is cut or says nothing even to pings."""
        with self._client() as client, client.pubsub() as pubsub:
            pubsub.subscribe(self.channel)
            heard_at = pinged_at = clock.ticks()
            while clock.ticks() - heard_at < SILENT_SECONDS:
                message = pubsub.get_message(timeout=LISTEN_SECONDS)
                if message is not None:
                    heard_at = clock.ticks()
                    self._line.turn(True)
                if message is not None and message["type"] == "message":
                    yield message["data"]
                if not self._line.up:
                    return  # a message could not be sent: subscribe anew, and have the phones catch up
                if clock.ticks() - pinged_at > PING_EVERY_SECONDS:
                    pubsub.ping()
                    pinged_at = clock.ticks()

    def _client(self) -> Redis:
        return Redis.from_url(
            self.redis_url,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=SILENT_SECONDS,
            retry=Retry(NoBackoff(), 0),  # a silent reconnection would hide that messages were missed
        )

    def _handle_emit(self, message: dict[str, Any]) -> None:
        """What any process says, to the sockets of this one. `auth` to a sign-in's room: that sign-in is over."""
        super()._handle_emit(message)
        room = str(message.get("room") or "")
        if message.get("event") == "auth" and room.startswith("sess:"):
            for sid, _engine_sid in list(self.get_participants("/", room)):
                self.server.disconnect(sid, ignore_queue=True)


class FanoutLineManager(LineManager, FanoutManager):
    """Several processes, each with its own short way to its sockets."""


class IndexedLineManager(LineManager, IndexedManager):
    """Several processes, broadcasts the stock way."""
