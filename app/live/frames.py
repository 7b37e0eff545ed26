"""Websocket frames of a server (RFC 6455: one final text frame, unmasked). Pure."""

from __future__ import annotations

import struct

FINAL_TEXT = 0x81
SHORT_AT_MOST = 125
MEDIUM_AT_MOST = 0xFFFF


def text_frame(text: str) -> bytes:
    """The bytes of one text message."""
    payload = text.encode()
    length = len(payload)
    if length <= SHORT_AT_MOST:
        return struct.pack("!BB", FINAL_TEXT, length) + payload
    if length <= MEDIUM_AT_MOST:
        return struct.pack("!BBH", FINAL_TEXT, 126, length) + payload
    return struct.pack("!BBQ", FINAL_TEXT, 127, length) + payload
