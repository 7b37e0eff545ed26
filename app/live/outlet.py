"""The way out to one websocket: the only place that writes its bytes, whole frames in their order, whoever sends."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from engineio.packet import MESSAGE, Packet
from gevent.lock import RLock
from gevent.queue import JoinableQueue
from geventwebsocket.exceptions import WebSocketError
from geventwebsocket.websocket import WebSocket

from app.live.frames import text_frame
from app.live.later import later

QUEUED_FRAMES_AT_MOST = 32
QUEUED_BYTES_AT_MOST = 256 * 1024
PATIENCE_SECONDS = 10.0


class ReadyText(str):
    """The text of an Engine.IO packet that carries its websocket frame along."""

    frame: bytes = b""


class FramePacket(Packet):  # type: ignore[misc]
    """A message that was encoded and framed once for all; waits in a client's own queue if it cannot leave at once."""

    def __init__(self, text: str, frame: bytes | None = None) -> None:
        super().__init__(MESSAGE, text)
        self.ready = ReadyText(f"{MESSAGE}{text}")
        self.ready.frame = text_frame(self.ready) if frame is None else frame

    def encode(self, b64: bool = False) -> str:
        """The text with its frame, for the outlet."""
        return self.ready


class OutletQueue(JoinableQueue):  # type: ignore[misc]
    """A client's own queue, which tells the outlet when something waits in it, whoever put it there."""

    __slots__ = ("outlet",)

    def __init__(self) -> None:
        super().__init__()
        self.outlet: Outlet | None = None

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """Put a packet at the end; from now on nothing may overtake it."""
        if self.outlet is not None:
            self.outlet.busy = True
        super().put(item, block, timeout)


# Wakes the writer of a client, so that the rest of a frame leaves as soon as the network takes it.
REST_OF_FRAME = FramePacket("rest", b"")


class Outlet:
    """Writes to one websocket without waiting when it can, else through the client's own queue.

    `rest` are the bytes of a frame that the network took only in part: nothing may be written before them.
    A client that lets too much wait is behind: it gets no more news, one hint (`repair`) once it has caught up, and
    is closed if it has not done so in time. Its cursor repairs what it missed.

    `busy` is true whenever something may wait here, and stays so until `offer` has found that nothing does. Who finds
    it false may `send_now` at once: one look for each of ten thousand clients instead of three.
    """

    __slots__ = ("_episode", "_sock", "_turn", "_writing", "busy", "closed", "joined", "queue", "queued_bytes",
                 "queued_frames", "repair", "rest", "send_now")  # fmt: skip

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self.send_now = sock._sock.send  # gevent's own `send` would wait
        self.busy = True
        self._turn: RLock | None = None
        self._writing = 0
        self._episode = 0
        self.queue: OutletQueue | None = None
        self.queued_frames = 0
        self.queued_bytes = 0
        self.rest = b""
        self.repair: FramePacket | None = None
        self.joined = False
        self.closed = False

    def open(self, queue: OutletQueue) -> None:
        """From now on broadcasts may leave here, after what waits in this queue. Again is fine."""
        self.queue = queue
        queue.outlet = self

    def shut(self) -> None:
        """The client is none any more: no broadcast leaves here, not even one that has begun."""
        self.busy = True
        if self.queue is not None:
            self.queue.outlet = None
            self.queue = None

    def write(self, data: bytes) -> None:
        """Write and wait until the network has taken everything: what waited first, then `data`."""
        if self._turn is None:
            self._turn = RLock()
        self.busy = True
        self._writing += 1
        try:
            with self._turn:
                rest, self.rest = self.rest, b""
                self._sock.sendall(rest + data)
        finally:
            self._writing -= 1

    def write_queued(self, frame: bytes) -> None:
        """Write a frame that waited in the queue; after the last one a client that missed news is told to ask."""
        self.write(frame)
        self.queued_frames -= 1
        self.queued_bytes -= len(frame)
        if self.repair is not None and not self.queued_frames:
            repair, self.repair = self.repair, None
            self._episode += 1
            self.write(repair.ready.frame)

    def offer(self, packet: FramePacket, repair: FramePacket | None) -> None:
        """Send a frame now if nothing waits before it, else through the queue; never waits itself.

        `repair` is what a client that is behind gets instead; None for what must not be dropped.
        """
        if self.queue is None:
            return
        if self.rest or self._writing or self.queue.unfinished_tasks:
            self._enqueue(self.queue, packet, repair)
            return
        self.busy = False
        offer_to_all((self,), packet, repair)

    def keep(self, rest: bytes) -> None:
        """What the network did not take of a frame; its writer sends it before anything else."""
        self.rest = rest
        if self.queue is not None:
            self._enqueue(self.queue, REST_OF_FRAME, None)

    def _enqueue(self, queue: OutletQueue, packet: FramePacket, repair: FramePacket | None) -> None:
        size = len(packet.ready.frame)
        if repair is not None and (self.repair is not None or self._is_full(size)):
            if self.repair is None:
                episode = self._episode
                later(PATIENCE_SECONDS, lambda: self._end_if_behind(episode))
            self.repair = repair
            return
        self.queued_frames += 1
        self.queued_bytes += size
        queue.put(packet)

    def _is_full(self, size: int) -> bool:
        too_many = self.queued_frames >= QUEUED_FRAMES_AT_MOST
        return too_many or (self.queued_frames > 0 and self.queued_bytes + size > QUEUED_BYTES_AT_MOST)

    def _end_if_behind(self, episode: int) -> None:
        if self.repair is not None and self._episode == episode:
            self.end()

    def end_unless_joined(self) -> None:
        """End a connection that never became a client, or is one no more and has not hung up."""
        if not self.joined:
            self.end()

    def end(self) -> None:
        """Cut the connection; whoever reads from it or waits to write finds out at once."""
        if not self.closed:
            with suppress(OSError):
                self._sock.shutdown(socket.SHUT_RDWR)


def offer_to_all(outlets: Iterable[Outlet], packet: FramePacket, repair: FramePacket | None) -> None:
    """`offer` for many; what a broadcast costs is what happens here for a client that keeps up."""
    frame = packet.ready.frame
    size = len(frame)
    for outlet in outlets:
        if outlet.busy:
            outlet.offer(packet, repair)
            continue
        try:
            sent = outlet.send_now(frame)
        except BlockingIOError:
            outlet.keep(frame)
        except OSError:
            continue  # the connection is gone; its reader finds out and cleans up
        else:
            if sent != size:
                outlet.keep(frame[sent:])


class FramedWebSocket(WebSocket):  # type: ignore[misc]
    """A websocket whose bytes all leave through one outlet; it takes ready frames beside messages."""

    def __init__(self, environ: dict[str, Any], stream: Any, handler: Any) -> None:
        super().__init__(environ, stream, handler)
        self.outlet = Outlet(handler.socket)
        self.raw_write = self.outlet.write

    def receive(self) -> Any:
        """The next message, None or an error at its end. Thousands may end at once: others have their turn between."""
        message = None
        try:
            message = super().receive()
            return message
        finally:
            if message is None:
                self.handler.server.watch.stand_back()

    def send(self, message: Any, binary: bool | None = None) -> None:
        """Send a message, or the ready frame of one."""
        if not isinstance(message, ReadyText):
            super().send(message, binary)
            return
        try:
            self.outlet.write_queued(message.frame)
        except OSError as error:
            raise WebSocketError("Socket is dead") from error
