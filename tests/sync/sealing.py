"""A phone that seals its entries for the server, in Python."""

from __future__ import annotations

import json
import zlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.base.keys import CURVE, from_base64, to_base64
from app.sync.sealed import CODE_BYTES, INFO, KEY_BYTES, MAGIC, NONCE_BYTES, OP_FIELDS, code_of
from tests.phone import PhonePort


def seal(inside: dict[str, Any], relay_key: str, *, name: str = "Nia") -> tuple[bytes, str]:
    """The envelope, and the code that proves to its author that it arrived."""
    return seal_bytes(zlib.compress(json.dumps(inside).encode()), relay_key, name=name, count=len(inside["ops"]))


def seal_bytes(packed: bytes, relay_key: str, *, name: str, count: int) -> tuple[bytes, str]:
    """The same with anything inside."""
    own = ec.generate_private_key(CURVE)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    server = from_base64(relay_key)
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, server))
    length = KEY_BYTES + NONCE_BYTES + CODE_BYTES
    secret = HKDF(algorithm=SHA256(), length=length, salt=None, info=INFO + point + server).derive(shared)
    header = json.dumps([name, count]).encode()
    front = MAGIC + bytes([len(header)]) + header + point
    nonce = secret[KEY_BYTES : KEY_BYTES + NONCE_BYTES]
    return front + AESGCM(secret[:KEY_BYTES]).encrypt(nonce, packed, front), code_of(secret[KEY_BYTES + NONCE_BYTES :])


def inside_of(phone: PhonePort, *, offset_ms: int | None = 0) -> dict[str, Any]:
    """What a phone seals of all that waits on it."""
    body = phone.envelope([one for one in phone.outbox if one.result is None])
    return {
        "token": phone.token,
        "device": phone.device,
        "epoch": phone.epoch,
        "sent_at": body["sent_at"],
        "offset_ms": offset_ms,
        "queue": [body["queue"]["len"], body["queue"]["oldest_age_ms"]],
        "ops": [[op[field] for field in OP_FIELDS] for op in body["ops"]],
    }


def carry(carrier: PhonePort, *envelopes: bytes, held_ms: int = 0) -> Any:
    """Hand envelopes in under the carrier's push token; the response."""
    body = {"envelopes": [{"envelope": to_base64(one), "held_ms": held_ms} for one in envelopes]}
    return carrier.client.post("/api/sync/relay", json=body, headers={"Authorization": f"Bearer {carrier.token}"})
