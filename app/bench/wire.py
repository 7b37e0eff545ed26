"""A raw websocket client that speaks just enough Socket.IO: handshake, frames in, small frames out. Pure bytes."""

from __future__ import annotations

import base64
import os
import struct

OPEN_PACKET, CONNECTED_PACKET, PING_PACKET = "0", "40", "2"


class BadFrame(Exception):
    """Bytes came that are no frame of a server as RFC 6455 wants it."""


def handshake(host: str, path: str, *, origin: str = "") -> bytes:
    """The request that opens a websocket."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade"]
    lines += [f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
    lines += [f"Origin: {origin}"] if origin else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def client_frame(text: str) -> bytes:
    """A short masked text frame (the mask is zero: it hides nothing on loopback)."""
    payload = text.encode()
    if len(payload) > 125:
        raise ValueError("only short messages go up")
    return struct.pack("!BBI", 0x81, 0x80 | len(payload), 0) + payload


def take_frame(data: bytearray) -> tuple[int, bytes] | None:
    """Take one whole frame from the front: (opcode, payload); None when more bytes are needed. Raises BadFrame."""
    if len(data) < 2:
        return None
    first, second = data[0], data[1]
    if not first & 0x80 or first & 0x70 or second & 0x80:
        raise BadFrame(f"first bytes {first:#x} {second:#x}")
    start, length = 2, second
    if second == 126:
        start, length = 4, int.from_bytes(data[2:4], "big")
    elif second == 127:
        start, length = 10, int.from_bytes(data[2:10], "big")
    if len(data) < start + length or len(data) < start:
        return None
    payload = bytes(data[start : start + length])
    del data[: start + length]
    return first & 0x0F, payload
