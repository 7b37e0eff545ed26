"""Identifiers: time-ordered ones for new facts, name-derived ones that several phones must agree on."""

from __future__ import annotations

import os
import re
from hashlib import sha1
from itertools import count
from uuid import UUID

from app.base import clock
from app.base.instants import to_ms

# Fixed for ever (docs/protocol.md): a run or a task that two phones start alone gets the same id on both.
NAMESPACE = UUID("6f1f6a52-3b0e-5c43-9d0a-57a1d1160000")


_turn = count()
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def uuid7() -> str:
    """A new time-ordered UUID (RFC 9562, version 7); ids made in one millisecond keep their order."""
    stamp_ms = to_ms(clock.now())
    # 26 bits of counter around the variant: it must not wrap while the clock stands still, as it does in tests.
    turn = next(_turn) & 0x3FFFFFF
    stamp, middle = f"{stamp_ms:012x}", f"7{turn >> 14:03x}-{0x8000 | turn & 0x3FFF:04x}"
    return f"{stamp[:8]}-{stamp[8:]}-{middle}-{os.urandom(6).hex()}"


def named_id(name: str) -> str:
    """The UUID version 5 of a name in our namespace; the same name gives the same id everywhere."""
    value = bytearray(sha1(NAMESPACE.bytes + name.encode(), usedforsecurity=False).digest()[:16])
    value[6] = (value[6] & 0x0F) | 0x50
    value[8] = (value[8] & 0x3F) | 0x80
    return _dashed(value)


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID in its usual 36-character form."""
    return _UUID.fullmatch(text) is not None


def _dashed(value: bytes | bytearray) -> str:
    # the UUID class would double the time of an id, and a declaration makes ten thousand
    text = value.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
