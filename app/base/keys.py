"""The server's two key pairs: one signs what phones must be able to prove, one opens what phones seal for the server.

The private halves live in the data directory beside the other secrets, never in git or logs; a backup holds them. The
public halves reach each phone at its sign-in, which keeps them.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.base.signing import make_once

SIGNING_FILE = "signing.key"
RELAY_FILE = "relay.key"
CURVE = ec.SECP256R1()
KEY_BYTES = 32


def to_base64(data: bytes) -> str:
    """Base64 with the letters of an address, without padding: how bytes stand in our JSON."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def from_base64(text: str) -> bytes:
    """The bytes of such a text; ValueError when it is none."""
    data = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if to_base64(data) != text:
        raise ValueError("not base64")  # the decoder passes over what it does not know
    return data


@dataclass(frozen=True)
class ServerKeys:
    """The two private keys. `signing` speaks for the server, `relay` opens envelopes (docs/protocol.md, section 10)."""

    signing: Ed25519PrivateKey
    relay: ec.EllipticCurvePrivateKey

    def sign(self, purpose: str, text: str) -> str:
        """The signature of a text for one purpose; it is worth nothing for another one."""
        return to_base64(self.signing.sign(signed_bytes(purpose, text)))

    def public(self) -> dict[str, str]:
        """What phones keep: `sign` (Ed25519, 32 bytes) and `relay` (P-256, the uncompressed point of 65 bytes)."""
        relay = self.relay.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"sign": to_base64(self.signing.public_key().public_bytes_raw()), "relay": to_base64(relay)}


def signed_bytes(purpose: str, text: str) -> bytes:
    """Exactly what is signed: the purpose in a line of its own, then the text as it travels."""
    return f"wardlight {purpose} 1\n{text}".encode()


def load_keys(data_dir: Path) -> ServerKeys:
    """The keys of this installation, made with owner-only rights at the first start. ValueError for a damaged file."""
    signing = _kept(data_dir / SIGNING_FILE, lambda: secrets.token_bytes(KEY_BYTES))
    relay = _kept(data_dir / RELAY_FILE, _new_relay_key)
    return ServerKeys(
        Ed25519PrivateKey.from_private_bytes(signing),
        ec.derive_private_key(int.from_bytes(relay, "big"), CURVE),
    )


def _new_relay_key() -> bytes:
    return ec.generate_private_key(CURVE).private_numbers().private_value.to_bytes(KEY_BYTES, "big")


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The key in a file; of two processes that start at once, one makes it and both read it."""
    if not path.exists():
        make_once(path, to_base64(make()))
    key = from_base64(path.read_text(encoding="ascii").strip())
    if len(key) != KEY_BYTES:
        raise ValueError(f"The key in {path} is damaged. Put it back from a backup.")
    return key
