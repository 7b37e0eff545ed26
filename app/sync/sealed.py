"""Envelopes: entries sealed on their author's phone for this server alone, to be carried by any other phone. Pure.

What is inside, and the bytes around it: docs/protocol.md, section 10. Only the server can open one. Who carries it sees
whose it is and how many entries it holds, and can change neither.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import BaseModel, ConfigDict, Field

from app.base.instants import from_wire, to_wire
from app.base.keys import CURVE, to_base64
from app.sync.envelope import LONGEST_AGE_MS, PushRequest

MAGIC = b"W\x01"
INFO = b"wardlight entries 1"
POINT_BYTES = 65
KEY_BYTES, NONCE_BYTES, CODE_BYTES, TAG_BYTES = 32, 12, 6, 16
LARGEST_BYTES = 16_384
LARGEST_INSIDE_BYTES = 65_536
LARGEST_OFFSET_MS = 50 * 366 * 24 * 3600 * 1000
# Letters that nobody mixes up when they are read out.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
OP_FIELDS = ("id", "n", "kind", "v", "at", "age_ms", "base", "args")


class Unreadable(Exception):
    """The envelope is damaged, altered, or was not sealed for this server."""


@dataclass(frozen=True)
class Opened:
    """What was inside, and the code that only the author's phone can know beside us."""

    inside: Inside
    code: str


class Inside(BaseModel):
    """What the author's phone sealed; `offset_ms` is the server's time minus the phone's, as far as it knew."""

    model_config = ConfigDict(strict=True)

    token: str = Field(min_length=1, max_length=200)
    device: str = Field(min_length=1, max_length=64)
    epoch: str | None = Field(default=None, max_length=64)
    sent_at: str = Field(max_length=40)
    offset_ms: int | None = Field(default=None, ge=-LARGEST_OFFSET_MS, le=LARGEST_OFFSET_MS)
    queue: tuple[int, int] = Field(strict=False)
    ops: list[list[Any]] = Field(min_length=1, max_length=1000)


def digest_of(envelope: bytes) -> str:
    """The name of an envelope: the same bytes have the same one."""
    return to_base64(sha256(envelope).digest())


def open_envelope(envelope: bytes, key: ec.EllipticCurvePrivateKey) -> Opened:
    """What is inside. Unreadable when a single bit is not as it was sealed."""
    if len(envelope) > LARGEST_BYTES or envelope[:2] != MAGIC or len(envelope) < 3:
        raise Unreadable
    start = 3 + envelope[2]
    point, closed = envelope[start : start + POINT_BYTES], envelope[start + POINT_BYTES :]
    if len(point) < POINT_BYTES or len(closed) < TAG_BYTES:
        raise Unreadable
    try:
        secrets = shared_bytes(key, point, info=INFO, length=KEY_BYTES + NONCE_BYTES + CODE_BYTES)
        nonce = secrets[KEY_BYTES : KEY_BYTES + NONCE_BYTES]
        packed = AESGCM(secrets[:KEY_BYTES]).decrypt(nonce, closed, envelope[: start + POINT_BYTES])
        inside = Inside.model_validate_json(_unpacked(packed))
    except (InvalidTag, ValueError, zlib.error) as error:  # a ValidationError is a ValueError
        raise Unreadable from error
    return Opened(inside, code_of(secrets[KEY_BYTES + NONCE_BYTES :]))


def shared_bytes(
    key: ec.EllipticCurvePrivateKey, point: bytes, *, info: bytes, length: int, about: bytes = b""
) -> bytes:
    """Secret bytes, for one use, that we share with the maker of a public key alone; ValueError for no such key."""
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
    own = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info + point + own + about).derive(shared)


def _unpacked(packed: bytes) -> bytes:
    """Inflated, never beyond what an honest phone sends."""
    inflate = zlib.decompressobj()
    text = inflate.decompress(packed, LARGEST_INSIDE_BYTES)
    if not inflate.eof or inflate.unused_data:
        raise ValueError("not one whole text")
    return text


def code_of(six_bytes: bytes) -> str:
    """Six letters to read out: that whole envelope is on record."""
    return "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in six_bytes)


def push_request(inside: Inside, *, received_at: datetime, held_ms: int) -> PushRequest:
    """The request the author's phone would make now, had it contact: the ages have grown by the time on the way.

    The phone's own clock measures the way where it knew its distance to ours; else the carrier's says how long it held
    the envelope. ValueError when it is no request.
    """
    sent, offset = from_wire(inside.sent_at), inside.offset_ms
    try:
        way = timedelta(milliseconds=held_ms if offset is None else 0)
        if offset is not None:
            way = max(timedelta(0), received_at - sent - timedelta(milliseconds=offset))
        now_there = sent + way if offset is None else received_at - timedelta(milliseconds=offset)
    except OverflowError:
        raise ValueError("no such time") from None
    way_ms = min(LONGEST_AGE_MS, round(way / timedelta(milliseconds=1)))
    length, oldest = inside.queue
    ops = [dict(zip(OP_FIELDS, op, strict=True)) for op in inside.ops]
    for op in ops:
        op["age_ms"] = op["age_ms"] + way_ms if isinstance(op["age_ms"], int) else None
    body = {
        "proto": 1, "device": inside.device, "epoch": inside.epoch, "sent_at": to_wire(now_there),
        "queue": {"len": length, "oldest_age_ms": oldest + way_ms}, "ops": ops,
    }  # fmt: skip
    return PushRequest.model_validate_json(json.dumps(body))
