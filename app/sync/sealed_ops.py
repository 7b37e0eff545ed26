"""Ops that their author's phone sealed when its author signed out: opened at the door, then ops like any other. Pure.

The bytes: docs/protocol.md, section 14. Nobody but the server can open one, whoever holds the device; whoever is signed
in there can hand it in.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.base.keys import from_base64
from app.sync.envelope import Op, PushRequest
from app.sync.sealed import POINT_BYTES, TAG_BYTES, Unreadable, shared_bytes

SEALED = "sealed"
INFO = b"wardlight entry 1"
KEY_BYTES, NONCE_BYTES = 32, 12
FIELDS = ("kind", "v", "base", "args")


def open_request(request: PushRequest, author: str, key: ec.EllipticCurvePrivateKey) -> PushRequest:
    """The request with its sealed ops opened. One that can't be opened stays as it is, and is refused by itself."""
    if all(op.kind != SEALED for op in request.ops):
        return request
    return request.model_copy(update={"ops": [_opened(op, author, key) for op in request.ops]})


def _opened(op: Op, author: str, key: ec.EllipticCurvePrivateKey) -> Op:
    if op.kind != SEALED:
        return op
    try:
        inside = open_op(op.id, op.args.get("sealed"), author, key)
        return Op.model_validate({"id": op.id, "n": op.n, "at": op.at, "age_ms": op.age_ms, **inside})
    except (Unreadable, ValueError):
        return op


def own_op(op_id: str, sealed: str, author: str, key: ec.EllipticCurvePrivateKey) -> dict[str, Any] | None:
    """What is inside an op of this author; None for anything else."""
    try:
        return open_op(op_id, sealed, author, key)
    except Unreadable:
        return None


def open_op(op_id: str, sealed: Any, author: str, key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """What is inside: `kind`, `v`, `base`, `args`. Unreadable when it is not that author's op of that id, unaltered."""
    try:
        data = from_base64(sealed) if isinstance(sealed, str) else b""
        point, closed = data[:POINT_BYTES], data[POINT_BYTES:]
        if len(closed) < TAG_BYTES:
            raise Unreadable
        secrets = shared_bytes(key, point, info=INFO, about=op_id.encode(), length=KEY_BYTES + NONCE_BYTES)
        plain = AESGCM(secrets[:KEY_BYTES]).decrypt(secrets[KEY_BYTES:], closed, f"{op_id}\n{author}".encode())
        inside = json.loads(plain)
    except (InvalidTag, ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(inside, dict) or inside.get("kind") == SEALED:
        raise Unreadable
    return {name: inside.get(name) for name in FIELDS}
