"""A push service that answers everything with 201 after a while, for measuring; in a process of its own.

It counts what came in; `{"ask": "count"}` on standard input prints it, and how many there were at once at most.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

DELAY_SECONDS = 0.05
ANSWER = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
COUNTS = {"received": 0, "at_once": 0, "most_at_once": 0, "bad": 0}
WANTED = (b"ttl:", b"urgency:", b"topic:", b"authorization: vapid")


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            low = head.lower()
            length = int(low.partition(b"content-length:")[2].split(b"\r\n")[0])
            await reader.readexactly(length)
            COUNTS["bad"] += not all(name in low for name in WANTED)
            COUNTS["at_once"] += 1
            COUNTS["most_at_once"] = max(COUNTS["most_at_once"], COUNTS["at_once"])
            await asyncio.sleep(DELAY_SECONDS)
            COUNTS["at_once"] -= 1
            COUNTS["received"] += 1
            writer.write(ANSWER)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _main(port: int) -> None:
    server = await asyncio.start_server(_serve, "127.0.0.1", port, backlog=512)
    print(json.dumps({"ready": port}), flush=True)
    loop = asyncio.get_running_loop()
    async with server:
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            order: dict[str, Any] = json.loads(line)
            print(json.dumps(COUNTS if order.get("ask") == "count" else {}), flush=True)


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1])))
