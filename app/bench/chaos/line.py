"""One request over a bad line: what may become of it, and what the phone learns of it."""

from __future__ import annotations

import asyncio

DEADLINE_SECONDS = 9.0
SLOW_SECONDS = 0.8
HANG_SECONDS = 2.0
# How often in a hundred requests; what is left goes well.
FAULTS = {"lost": 4, "answer lost": 4, "cut": 4, "doubled": 4, "slow": 3, "hangs": 1}
_BREAKING = ("lost", "answer lost", "cut", "hangs")


class NoAnswer(Exception):
    """The phone learns nothing: the server may have acted or not."""


async def ask(port: int, data: bytes, fault: str | None) -> tuple[int, bytes]:
    """Status and body of the answer. NoAnswer when none of ours came whole within the deadline."""
    if fault == "lost":
        raise NoAnswer
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            if fault == "slow":
                await asyncio.sleep(SLOW_SECONDS)
            if fault == "doubled":
                await _exchange(port, data, None)
            return await _exchange(port, data, fault)
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        raise NoAnswer from error


async def _exchange(port: int, data: bytes, fault: str | None) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        head = await reader.readuntil(b"\r\n\r\n")
        if fault == "hangs":
            await asyncio.sleep(HANG_SECONDS)
        if fault in _BREAKING:
            raise ConnectionResetError(fault)
        return int(head[9:12]), await reader.readexactly(_length(head))
    except asyncio.LimitOverrunError as error:
        raise ConnectionResetError("no head of an answer") from error
    finally:
        writer.close()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
