"""What a camera reads from paper: bytes cut into lines, each a QR code (docs/protocol.md, section 10). Pure."""

from __future__ import annotations

from hashlib import sha256
from math import ceil

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
# One code up to version 20 at correction M, which an old camera still reads; of many each stays smaller.
ONE_CODE_LETTERS, PART_LETTERS, MOST_PARTS = 970, 500, 99


def base45(data: bytes) -> str:
    """RFC 9285: two bytes are three letters, a last single one is two."""
    text = ""
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        value = int.from_bytes(pair, "big")
        for _letter in range(len(pair) + 1):
            text += LETTERS[value % 45]
            value //= 45
    return text


def frames_of(kind: str, data: bytes) -> tuple[str, ...]:
    """The lines in order. ValueError for what does not fit into the most parts there may be."""
    text, check = base45(data), sha256(data).hexdigest()[:8].upper()
    fits = len(f"WL1:{kind}:") + len(check) + len(text) + 5 <= ONE_CODE_LETTERS
    parts = 1 if fits else ceil(len(text) / PART_LETTERS)
    if parts > MOST_PARTS:
        raise ValueError("too large for codes")
    size = ceil(len(text) / parts)
    return tuple(f"WL1:{kind}:{n + 1}/{parts}:{check}:{text[n * size : (n + 1) * size]}" for n in range(parts))
